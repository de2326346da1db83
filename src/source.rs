//! Every input byte of a run, by path, and the date of the run.
//!
//! `io::read` makes [`Sources`]; from there on nothing looks at a disk or a clock. A [`Span`] names a stretch of one
//! file; it is carried by every decoded value, so that a finding made much later still knows its line.

pub mod body;
pub mod fields;
pub mod front_matter;
pub mod text;

use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

use jiff::Timestamp;
use memchr::memchr_iter;

/// Which file of [`Sources`]. Order is the order of paths.
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

/// How far ids lie apart, so that a file that comes later gets one between those of its neighbours, and all others keep
/// theirs.
const STRIDE: u32 = 1024;

/// Everything that a run reads.
#[derive(Debug, Clone)]
pub struct Sources {
    /// In the order of paths, and of ids.
    files: Vec<(FileId, Arc<SourceFile>)>,
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
        let files = files.into_iter().map(|(path, bytes)| Arc::new(SourceFile { path, bytes }));
        Self { files: numbered(files), date, judged: date, clock }
    }

    /// The same at a later time, with other bytes where `changes` has some, and without the files where it has none.
    /// Every file that was there before keeps its id, unless there are so many new ones that all ids are given anew.
    #[must_use]
    pub fn changed(&self, mut changes: BTreeMap<String, Option<Vec<u8>>>, clock: Timestamp) -> Self {
        let mut files = Vec::with_capacity(self.files.len() + changes.len());
        for (id, file) in &self.files {
            match changes.remove(&file.path) {
                None => files.push((Some(*id), Arc::clone(file))),
                Some(None) => {}
                Some(Some(bytes)) => {
                    files.push((Some(*id), Arc::new(SourceFile { path: file.path.clone(), bytes })));
                }
            }
        }
        let added = changes.into_iter().filter_map(|(path, bytes)| Some(SourceFile { path, bytes: bytes? }));
        files.extend(added.map(|file| (None, Arc::new(file))));
        files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        let files = between(&files).unwrap_or_else(|| numbered(files.into_iter().map(|(_, file)| file)));
        Self { files, date: clock, judged: clock, clock }
    }

    /// All files, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().map(|(id, file)| (*id, &**file))
    }

    /// All files, to be held beyond these sources.
    pub fn shared(&self) -> impl Iterator<Item = (FileId, &Arc<SourceFile>)> {
        self.files.iter().map(|(id, file)| (*id, file))
    }

    /// The files below a folder; `folder` ends with `/`.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (FileId, &'a Arc<SourceFile>)> {
        let first = self.files.partition_point(|(_, file)| file.path.as_str() < folder);
        let rest = self.files.iter().skip(first).take_while(move |(_, file)| file.path.starts_with(folder));
        rest.map(|(id, file)| (*id, file))
    }

    /// The file at exactly this path.
    pub fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let at = self.files.binary_search_by(|(_, file)| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at).map(|(id, file)| (*id, &**file))
    }

    /// The file of an id that these sources gave, or those that they were made of.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NONE: SourceFile = SourceFile { path: String::new(), bytes: Vec::new() };
        self.get(id).unwrap_or(&NONE)
    }

    /// The file of an id, if it is still there.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        let at = self.files.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.files.get(at).map(|(_, file)| &**file)
    }

    /// Line and column of a span's start.
    pub fn position(&self, span: Span) -> Position {
        let text = text::lenient(&self.file(span.file).bytes);
        let before = text::begin(&text, span.start as usize);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = memchr_iter(b'\n', before.as_bytes()).count() + 1;
        Position { line, column: before[line_start..].chars().count() + 1 }
    }
}

/// Files with ids of their own, far apart.
fn numbered(files: impl Iterator<Item = Arc<SourceFile>>) -> Vec<(FileId, Arc<SourceFile>)> {
    // Inputs are capped far below the number of files that would exhaust the ids.
    let id = |at: usize| FileId(u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(STRIDE));
    files.enumerate().map(|(at, file)| (id(at), file)).collect()
}

/// Files of which some have an id; each other gets one between those around it. `None` where there is no room.
fn between(files: &[(Option<FileId>, Arc<SourceFile>)]) -> Option<Vec<(FileId, Arc<SourceFile>)>> {
    let mut next: Vec<u32> = Vec::with_capacity(files.len());
    let mut after = u32::MAX;
    for (id, _) in files.iter().rev() {
        after = id.map_or(after, |id| id.0);
        next.push(after);
    }
    let mut last: Option<u32> = None;
    let mut given = Vec::with_capacity(files.len());
    for ((id, file), above) in files.iter().zip(next.into_iter().rev()) {
        let id = match (id, last) {
            (Some(id), _) => id.0,
            // Nothing comes before the first.
            (None, None) => return None,
            // Who adds one file often adds another after it: more room is left there.
            (None, Some(last)) => last.checked_add((above.saturating_sub(last) / 16).clamp(1, STRIDE))?,
        };
        if last.is_some_and(|last| id <= last) {
            return None;
        }
        last = Some(id);
        given.push((FileId(id), Arc::clone(file)));
    }
    Some(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(paths: &[&str]) -> Sources {
        let files = paths.iter().map(|path| ((*path).to_owned(), path.as_bytes().to_vec())).collect();
        Sources::new(files, Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn files_keep_their_ids_while_others_come_and_go() {
        let before = sources(&["a", "b", "d"]);
        let id = |sources: &Sources, path: &str| sources.find(path).map(|(id, _)| id);
        let mut now = before.clone();
        for round in 0..20 {
            let changes =
                [(format!("c{round:02}"), Some(vec![round])), ("b".into(), None)].into_iter().collect();
            now = now.changed(changes, Timestamp::UNIX_EPOCH);
        }
        assert_eq!(id(&now, "a"), id(&before, "a"));
        assert_eq!(id(&now, "d"), id(&before, "d"));
        assert_eq!(id(&now, "b"), None);
        assert!(now.files().map(|(id, _)| id).is_sorted());
        assert!(now.files().all(|(id, file)| now.file(id).path == file.path));
    }

    #[test]
    fn ids_that_run_out_are_given_anew() {
        let before = sources(&["b", "c"]);
        let first = before.changed([("a".to_owned(), Some(vec![]))].into(), Timestamp::UNIX_EPOCH);
        let many = (0..5000).map(|n| (format!("b{n:05}"), Some(vec![]))).collect();
        let many = before.changed(many, Timestamp::UNIX_EPOCH);
        for (sources, count) in [(first, 3), (many, 5002)] {
            assert_eq!(sources.files().count(), count);
            let ids: Vec<FileId> = sources.files().map(|(id, _)| id).collect();
            assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
