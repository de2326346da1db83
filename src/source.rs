//! Every input byte of a run, by path, and the date of the run.
//!
//! `io::read` makes [`Sources`]; from there on nothing looks at a disk or a clock. A [`Span`] names a stretch of one
//! file; it is carried by every decoded value, so that a finding made much later still knows its line.

pub mod fields;
pub mod front_matter;
pub mod text;

use std::collections::BTreeMap;
use std::ops::{Deref, Range};

use jiff::Timestamp;

/// Which file, as an index into [`Sources`]. Order is the order of paths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte of its text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `file`. Inputs are capped far below 4 GiB, so offsets fit; a wild one is clamped, not wrapped.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The first byte of a file, for findings about the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

/// A value and where it was written.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    /// Where.
    pub span: Span,
    /// What.
    pub value: T,
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One input file.
#[derive(Debug)]
pub struct SourceFile {
    /// Path from the site's root, with `/` between its parts.
    pub path: String,
    /// The bytes as they are on disk.
    pub bytes: Vec<u8>,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Everything that a run reads.
#[derive(Debug)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The date of the build: `--date`, `SOURCE_DATE_EPOCH`, or the clock.
    pub date: Timestamp,
    /// When keys, reviews and signatures must hold: that date, but for a site whose signatures were made earlier. Its
    /// pages say what they said then, and its keys must be good now.
    pub judged: Timestamp,
    /// The system's clock. An embargo ends only when both this and `date` have passed it.
    pub clock: Timestamp,
}

impl Sources {
    /// Sources from file contents by path, and the two dates.
    pub fn new(files: BTreeMap<String, Vec<u8>>, date: Timestamp, clock: Timestamp) -> Self {
        let files = files.into_iter().map(|(path, bytes)| SourceFile { path, bytes }).collect();
        Self { files, date, judged: date, clock }
    }

    /// All files, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), file))
    }

    /// The files below a folder; `folder` ends with `/`.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (FileId, &'a SourceFile)> {
        let first = self.files.partition_point(|file| file.path.as_str() < folder);
        let rest = self.files.iter().enumerate().skip(first);
        rest.take_while(move |(_, file)| file.path.starts_with(folder))
            .map(|(i, file)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), file))
    }

    /// The file at exactly this path.
    pub fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let i = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((FileId(u32::try_from(i).ok()?), &self.files[i]))
    }

    /// The file of an id. Ids are only made by these sources, so there is one.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Line and column of a span's start.
    pub fn position(&self, span: Span) -> Position {
        let text = text::lenient(&self.file(span.file).bytes);
        let mut end = (span.start as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}
