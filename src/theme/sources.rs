//! A site's own theme folder: templates and static files that override the embedded ones, and `theme.toml`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::rules::input;
use crate::source::fields::{Decode, Decoder, Fields, document};
use crate::source::{FileId, Sources, Span, text};
use crate::value::line::Line;

/// What a site brings along.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// Templates by name, with their text for places of errors.
    templates: BTreeMap<String, (FileId, String)>,
    /// Static files by path.
    files: BTreeMap<String, FileId>,
    /// Whether there is anything at all.
    found: bool,
}

impl Own {
    /// Reads `themes/<name>/`.
    pub(super) fn read(sources: &Sources, name: &str, diags: &mut Diagnostics) -> Self {
        let mut own = Self::default();
        let folder = format!("themes/{name}/");
        for (id, file) in sources.below(&folder) {
            own.found = true;
            let path = &file.path[folder.len()..];
            if let Some(path) = path.strip_prefix("static/") {
                own.files.insert(path.to_owned(), id);
            } else if let Some(path) = path.strip_prefix("templates/") {
                if let Some(text) = decode(id, &file.bytes, diags) {
                    own.templates.insert(path.to_owned(), (id, text));
                }
            } else if path == "theme.toml"
                && let Some(text) = decode(id, &file.bytes, diags)
            {
                let _: (Option<Manifest>, bool) =
                    document(&text, &mut Decoder { file: id, offset: 0, diags });
            }
        }
        own
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.found
    }

    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.iter().map(|(name, (_, text))| (name.as_str(), text.as_str()))
    }

    /// The sheet that every page links to after the embedded one; `None` if there is none, or if the site replaces the
    /// embedded one.
    pub(super) fn custom_css(&self) -> Option<FileId> {
        self.files.get("custom.css").filter(|_| !self.files.contains_key("secsite.css")).copied()
    }

    pub(super) fn files(&self, sources: &Sources) -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
        self.files.iter().map(|(path, id)| (path.clone(), Cow::Owned(sources.file(*id).bytes.clone())))
    }

    /// The place of a template's line (from 1) and column (from 0, in characters), if the template is the site's.
    pub(super) fn place(&self, template: &str, line: usize, column: usize) -> Option<Span> {
        let (id, text) = self.templates.get(template)?;
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or_default();
        let offset: usize = rest.chars().take(column).map(char::len_utf8).sum();
        let end = rest.find('\n').unwrap_or(rest.len()).max(offset);
        Some(Span::new(*id, start + offset..start + end))
    }
}

fn decode(id: FileId, bytes: &[u8], diags: &mut Diagnostics) -> Option<String> {
    match text::decode(bytes) {
        Ok(text) => Some(text.into_owned()),
        Err((range, problem)) => {
            diags.push(input::FILE_ENCODING.at(Span::new(id, range), problem.message).help(problem.help));
            None
        }
    }
}

/// `theme.toml`: says what the theme is called, and nothing else yet.
struct Manifest;

impl Decode for Manifest {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let _: Option<Line> = f.optional("name");
        f.finish();
        Some(Self)
    }
}
