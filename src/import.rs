//! Advisories of other formats become ours: in go `(path, bytes)` of foreign files, out come files in the format of
//! secsite's own advisories, a report of what became of every statement, and what could not be read.
//!
//! Nothing here touches a disk, overwrites anything, or drops a statement without saying so. What is shared by all
//! formats lies beside this file; what only one format needs lies under its name.

use std::collections::BTreeMap;

pub mod archive;
pub mod body;
mod csaf;
mod cve;
pub mod documents;
mod draft;
pub mod front_matter;
mod ghsa;
pub mod host;
mod interval;
mod json;
pub mod loss;
mod osv;
pub mod range;
pub mod reference;
pub mod rustsec;
pub mod security_md;

use loss::{Loss, Report};

/// One advisory, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Where it belongs beneath the site's root: `advisories/2021/RUSTSEC-2021-0001.md`.
    pub path: String,
    /// The whole file: front matter and body, lines ended by LF.
    pub text: String,
    /// The advisory's id, which is also the file's name.
    pub id: String,
    /// What became of each statement of the source, in the order of its lines.
    pub losses: Vec<Loss>,
}

/// Why a file, or a part of it, could not be imported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The source file, as it was named by the caller.
    pub source: String,
    /// Line in that file, counted from 1.
    pub line: usize,
    /// What is wrong: lower case, no full stop, the offending text in backticks.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Imports files of the RustSec advisory database: a `toml` fence, then Markdown that begins with the title.
///
/// Paths should keep the database's folders (`crates/NAME/ID.md`, `rust/NAME/ID.md`), for those tell packages of
/// crates.io from parts of the Rust toolchain. A file with a problem is left out; the others are not held up by it.
/// Advisories come back ordered by id, problems by file and line.
#[must_use]
pub fn rustsec(files: &[(String, Vec<u8>)]) -> (Vec<Imported>, Report, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for (path, bytes) in files {
        match rustsec::source::Source::read(path, bytes) {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    // By path, so that of two files with one id the same one wins whatever order a folder was read in.
    sources.sort_by(|a, b| a.path.cmp(&b.path));

    let mut documents = Vec::new();
    for source in &sources {
        match source.parse() {
            Ok(document) => documents.push((source, document)),
            Err(mut found) => problems.append(&mut found),
        }
    }

    // Every id of the set is known before the first file is mapped: an alias may name a file that comes later.
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for (source, document) in &documents {
        if let Some(id) = rustsec::id(document) {
            owners.entry(id.to_owned()).or_insert(&source.path);
        }
    }

    let mut imported = Vec::new();
    for (source, document) in &documents {
        match rustsec::convert(source, document, &owners) {
            Ok(advisory) => imported.push(advisory),
            Err(mut found) => problems.append(&mut found),
        }
    }
    imported.sort_by(|a, b| a.id.cmp(&b.id));
    problems.sort();
    let report = Report::new(files.len(), &imported);
    (imported, report, problems)
}

#[cfg(test)]
mod tests;
