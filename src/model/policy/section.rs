//! `[[section]]` and `[security_md]`: order and prose of the policy page and of SECURITY.md.

use crate::rules::input;
use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::value::Invalid;
use crate::value::line::Line;

/// `[[section]]`.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading.
    pub title: Spanned<Line>,
    /// The heading's level, 1 to 6.
    pub level: u8,
    /// Its text, or the file that holds it.
    pub text: SectionText,
}

/// Where a section's Markdown is.
#[derive(Debug, Clone)]
pub enum SectionText {
    /// In the policy itself.
    Body(Spanned<String>),
    /// In a file under `content/`, kept byte for byte.
    File(Spanned<Line>),
    /// There is none: a heading alone.
    Empty,
}

impl Decode for Section {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let title = f.required("title");
        let level: Option<u32> = f.optional("level");
        let (body, file) = (f.optional("body"), f.optional("file"));
        if f.has("body") && f.has("file") {
            let problem = Invalid::new("a section has both `body` and `file`", "keep one of them");
            f.report(&input::BAD_VALUE, problem);
        }
        let level = match level {
            Some(level @ 1..=6) => level as u8,
            None => 2,
            Some(level) => {
                let problem =
                    Invalid::new(format!("`level` is {level}"), "headings have a level from 1 to 6");
                f.report(&input::BAD_VALUE, problem);
                2
            }
        };
        f.finish();
        let text = match (body, file) {
            (Some(body), _) => SectionText::Body(body),
            (None, Some(file)) => SectionText::File(file),
            (None, None) => SectionText::Empty,
        };
        Some(Self { title: title?, level, text })
    }
}

/// `[security_md]`.
#[derive(Debug, Clone)]
pub struct SecurityMd {
    /// The file, from the root.
    pub file: Line,
    /// Whole policy, or a few lines that link to the portal.
    pub mode: Mode,
    /// First lines of the file, such as a licence comment.
    pub header: Option<String>,
}

words! {
    /// What SECURITY.md holds.
    pub enum Mode {
        /// Every fact and section.
        Full = "full",
        /// A few lines that link to the portal.
        Pointer = "pointer",
    }
}

impl Default for SecurityMd {
    fn default() -> Self {
        Self { file: Line::literal("SECURITY.md"), mode: Mode::Full, header: None }
    }
}

impl Decode for SecurityMd {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let default = Self::default();
        let security_md = Self {
            file: f.optional("file").unwrap_or(default.file),
            mode: f.optional("mode").unwrap_or(default.mode),
            header: f.optional("header"),
        };
        f.finish();
        Some(security_md)
    }
}
