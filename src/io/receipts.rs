//! The notes that secsite leaves for its next run: in go a name and a few words, out come the words.
//!
//! One small file in the user's cache folder. Whoever deletes it loses time and nothing else, so nothing here fails: what
//! cannot be read is not there, and what cannot be written is forgotten.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::Path;

use super::confine::Root;
use super::state::make;
use super::user_folder::{self, CACHE};
use super::write;

/// How many notes are kept, the newest first.
const MOST: usize = 64;

/// The largest file that is read, in bytes; ours stay far below.
const CAP: u64 = 64 << 10;

const NAME: &str = "receipts";

/// What was noted under a name, which is one word.
pub fn read(name: &str) -> Option<String> {
    let text = whole(&user_folder::folder(&CACHE)?)?;
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned))
}

/// Notes words of one line under a name.
pub fn keep(name: &str, words: &str) {
    let Some(folder) = user_folder::folder(&CACHE) else { return };
    let before = whole(&folder).unwrap_or_default();
    let others = before.lines().filter(|line| line.split(' ').next() != Some(name)).take(MOST - 1);
    let text: String = std::iter::once(format!("{name} {words}").as_str())
        .chain(others)
        .flat_map(|line| [line, "\n"])
        .collect();
    let _ = make(&folder).and_then(|()| write::note(&folder, NAME, text.as_bytes()));
}

fn whole(folder: &Path) -> Option<String> {
    if !folder.is_dir() {
        return None;
    }
    String::from_utf8(Root::open(folder).ok()?.read(Path::new(NAME), CAP).ok()?).ok()
}

/// What tells this program from any other that the user may run next: its version, and the file it was started from.
pub fn program() -> Option<String> {
    let meta = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), meta.len(), meta.modified().ok()?))
}
