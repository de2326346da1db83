//! `SHA256SUMS`: hashes of published files, for `sha256sum -c`.
//!
//! In go records, out comes one line for each, in the order given. Which files belong in it, and its signature, are the
//! release's business; nothing is hashed here.

use super::manifest::{FileRecord, hex};

/// The file in the form of GNU coreutils: `<hex>  <path>`, one line each.
///
/// A name with a backslash or a line break would end its line early. Coreutils writes such a line with a backslash
/// before it and the name escaped, and so does this.
pub fn checksums(records: &[FileRecord]) -> Vec<u8> {
    let mut out = String::with_capacity(records.len() * 112);
    for record in records {
        let path = record.path.as_str();
        let odd = path.contains(['\\', '\n', '\r']);
        if odd {
            out.push('\\');
        }
        out.push_str(&hex(&record.sha256));
        out.push_str("  ");
        if odd {
            out.push_str(&path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"));
        } else {
            out.push_str(path);
        }
        out.push('\n');
    }
    out.into_bytes()
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
    fn no_file_is_no_line() {
        assert!(checksums(&[]).is_empty());
    }
}
