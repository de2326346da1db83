//! Every file decoded by itself.
//!
//! Advisories are read in parallel: each file's problems are its own, and they are put together in the order of paths,
//! so that the number of threads shows in no output.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::advisory::Advisory;
use super::page::Page;
use super::policy::Policy;
use crate::diag::Diagnostics;
use crate::rules::input;
use crate::source::body::Body;
use crate::source::fields::{Decode, Decoder, document};
use crate::source::{FileId, SourceFile, Sources, Span, front_matter, text};
use crate::value::share::SHARE;

/// The decoded inputs of a run.
#[derive(Debug)]
pub struct Parsed {
    /// `policy.toml`, where it could be read.
    pub policy: Option<Policy>,
    /// Whether `policy.toml` is missing or no TOML at all: then nothing else counts.
    pub policy_unreadable: bool,
    /// `advisories/**/*.md`, those that could be read.
    pub advisories: Vec<Arc<File<Advisory>>>,
    /// Files below `advisories/` that could not be read. Their text is not shown where others may see it.
    pub broken_advisories: Vec<FileId>,
    /// `content/**/*.md` with front matter.
    pub pages: Vec<File<Page>>,
    /// `content/**/*.md` without front matter: not pages, but sections may include them.
    pub fragments: Vec<File<()>>,
    /// Everything else below `content/`, copied as it is.
    pub assets: Vec<FileId>,
}

/// A decoded file.
#[derive(Debug, Clone)]
pub struct File<T> {
    /// Which file.
    pub id: FileId,
    /// Its path.
    pub path: String,
    /// Its front matter.
    pub front: T,
    /// Its Markdown.
    pub body: Body,
    /// Where the Markdown begins in the file's text.
    pub body_offset: usize,
    /// Whether every key could be read. Else a key that seems to be missing may be one that was reported.
    pub sound: bool,
}

/// What came of one advisory's file.
#[derive(Debug)]
pub struct Decoded {
    /// The advisory, if it could be read.
    pub file: Option<Arc<File<Advisory>>>,
    /// What was found in it.
    pub found: Diagnostics,
}

/// Whether the file at this path is an advisory's.
pub fn is_advisory(path: &str) -> bool {
    path.starts_with("advisories/") && path.ends_with(".md")
}

/// Decodes one advisory.
pub fn advisory(id: FileId, file: &Arc<SourceFile>) -> Decoded {
    let mut found = Diagnostics::default();
    let file = parse_file::<Advisory>(id, file, &mut found).map(Arc::new);
    Decoded { file, found }
}

/// Decodes all sources.
pub fn parse(sources: &Sources, diags: &mut Diagnostics) -> Parsed {
    let files: Vec<_> = sources.below("advisories/").filter(|(_, file)| is_advisory(&file.path)).collect();
    let decoded =
        files.into_par_iter().with_max_len(SHARE).map(|(id, file)| (id, advisory(id, file))).collect();
    gather(sources, decoded, diags)
}

/// Decodes all other sources, and puts them beside the advisories that have been decoded, each with its file, in the
/// order of paths.
pub fn gather(sources: &Sources, decoded: Vec<(FileId, Decoded)>, diags: &mut Diagnostics) -> Parsed {
    let (policy, policy_unreadable) = match sources.find("policy.toml") {
        Some((id, file)) => parse_policy(id, file, diags),
        // Reading has refused such a folder already.
        None => (None, true),
    };
    let mut advisories = Vec::new();
    let mut broken_advisories = Vec::new();
    for (id, Decoded { file, found }) in decoded {
        diags.append(found);
        match file {
            Some(file) => advisories.push(file),
            None => broken_advisories.push(id),
        }
    }
    let (mut pages, mut fragments, mut assets) = (Vec::new(), Vec::new(), Vec::new());
    for (id, file) in sources.below("content/") {
        if !file.path.ends_with(".md") {
            assets.push(id);
        } else if file.bytes.starts_with(b"+++") || file.bytes.starts_with(b"\xef\xbb\xbf+++") {
            pages.extend(parse_file::<Page>(id, file, diags));
        } else if let Some(text) = decode_text(id, file, diags) {
            fragments.push(File {
                id,
                path: file.path.clone(),
                front: (),
                body: Body::of(&text, file),
                body_offset: 0,
                sound: true,
            });
        }
    }
    Parsed { policy, policy_unreadable, advisories, broken_advisories, pages, fragments, assets }
}

fn decode_text<'a>(id: FileId, file: &'a SourceFile, diags: &mut Diagnostics) -> Option<Cow<'a, str>> {
    match text::decode(&file.bytes) {
        Ok(text) => Some(text),
        Err((range, problem)) => {
            let span = Span::new(id, range);
            diags.push(input::FILE_ENCODING.at(span, problem.message).help(problem.help));
            None
        }
    }
}

fn parse_policy(id: FileId, file: &SourceFile, diags: &mut Diagnostics) -> (Option<Policy>, bool) {
    let Some(text) = decode_text(id, file, diags) else { return (None, true) };
    let (policy, sound) = document(&text, &mut Decoder { file: id, offset: 0, diags });
    (policy, !sound)
}

fn parse_file<T: Decode>(id: FileId, file: &Arc<SourceFile>, diags: &mut Diagnostics) -> Option<File<T>> {
    let text = decode_text(id, file, diags)?;
    let halves = match front_matter::split(&text) {
        Ok(halves) => halves,
        Err((range, problem)) => {
            let span = Span::new(id, range);
            diags.push(input::FRONT_MATTER.at(span, problem.message).help(problem.help));
            return None;
        }
    };
    let found = diags.len();
    let (front, parsed) =
        document(&text[halves.front.clone()], &mut Decoder { file: id, offset: halves.front.start, diags });
    if !parsed {
        return None;
    }
    let sound = diags.len() == found;
    let body = Body::of(&text[halves.body.clone()], file);
    Some(File { id, path: file.path.clone(), front: front?, body, body_offset: halves.body.start, sound })
}
