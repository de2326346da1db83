//! `SHA256SUMS`: hashes of published files, for `sha256sum -c`.
//!
//! In go records, out comes one line for each, in the order given. Which files belong in it, and its signature, are the
//! release's business. Of a file that asks for it, the hashes stand beside it too.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha512};

use super::manifest::side_by_side::append;
use super::manifest::{FileRecord, hex};
use crate::plan::{BESIDE, Digest};
use crate::routes::OutPath;

/// The file in the form of GNU coreutils: `<hex>  <path>`, one line each.
///
/// A name with a backslash or a line break would end its line early. Coreutils writes such a line with a backslash
/// before it and the name escaped, and so does this.
pub fn checksums(records: &[FileRecord]) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() * 112);
    append(&mut out, records, |some| some.iter().map(line).collect::<String>().into_bytes());
    out
}

/// The line of one file.
fn line(record: &FileRecord) -> String {
    let (hash, path) = (hex(&record.sha256), record.path.as_str());
    if path.contains(['\\', '\n', '\r']) {
        let path = path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
        return format!("\\{hash}  {path}\n");
    }
    format!("{hash}  {path}\n")
}

/// The hashes of one file with this digest, to lie beside it: the end of the name and the bytes, each one line `<hex>  <name>` for
/// `sha256sum -c` in that folder.
pub fn beside(path: &OutPath, bytes: &[u8], digest: Digest) -> [(&'static str, Vec<u8>); 2] {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let line = |digest: &[u8]| format!("{}  {name}\n", hex(digest)).into_bytes();
    let [sha256, sha512] = BESIDE;
    [(sha256, line(&digest.sha256)), (sha512, line(&Sha512::digest(bytes)))]
}

/// The records that a file lists, in its order, if it is what [`checksums`] writes for them. `None` if a line is about
/// no record, or says another thing of it.
pub fn listed<'a>(file: &[u8], records: &'a [FileRecord]) -> Option<Vec<&'a FileRecord>> {
    let by_path: BTreeMap<&str, &FileRecord> =
        records.iter().map(|record| (record.path.as_str(), record)).collect();
    let text = std::str::from_utf8(file).ok()?;
    let mut found = Vec::new();
    for line in text.lines() {
        let (odd, line) = line.strip_prefix('\\').map_or((false, line), |rest| (true, rest));
        let (_, name) = line.split_once("  ")?;
        let name = if odd { unescape(name) } else { name.to_owned() };
        found.push(*by_path.get(name.as_str())?);
    }
    let written: Vec<FileRecord> = found.iter().map(|record| (*record).clone()).collect();
    (checksums(&written) == file).then_some(found)
}

/// A name as it was before [`checksums`] escaped it.
fn unescape(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                other => out.extend(other),
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::content_file;

    fn record(path: &str) -> FileRecord {
        FileRecord { path: content_file(path).file(), size: 1, sha256: [0xab; 32] }
    }

    #[test]
    fn lines_are_those_of_coreutils() {
        let hash = "ab".repeat(32);
        let text = String::from_utf8(checksums(&[record("a b.txt"), record("käse.txt")])).unwrap();
        assert_eq!(text, format!("{hash}  a b.txt\n{hash}  käse.txt\n"));
    }

    #[test]
    fn a_name_cannot_forge_a_line() {
        let hash = "ab".repeat(32);
        let text = String::from_utf8(checksums(&[record("a\\b"), record("x\ny\r")])).unwrap();
        assert_eq!(text, format!("\\{hash}  a\\\\b\n\\{hash}  x\\ny\\r\n"));
    }

    #[test]
    fn what_is_listed_reads_back() {
        let records = [record("a b.txt"), record("a\\b"), record("x\ny\r")];
        let file = checksums(&records);
        assert_eq!(listed(&file, &records), Some(records.iter().collect()));
        assert_eq!(listed(&file, &records[1..]), None);
        let other = String::from_utf8(file).unwrap().replacen("ab", "ac", 1);
        assert_eq!(listed(other.as_bytes(), &records), None);
        assert_eq!(listed(b"", &records), Some(Vec::new()));
        assert_eq!(listed(b"\n", &records), None);
    }

    #[test]
    fn no_file_is_no_line() {
        assert!(checksums(&[]).is_empty());
    }
}
