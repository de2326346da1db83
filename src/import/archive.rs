//! A zip archive in memory: in go its bytes, out come the documents in it by name, or why the whole is refused.
//!
//! Nothing is extracted, so no name leads anywhere; a name that would is refused all the same, for such an archive is
//! nobody's export. What an entry says of its own size is not believed: reading stops at the bound.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::Problem;
use crate::value::shown::shown;

/// Largest document, in bytes.
pub const LARGEST: u64 = 16 << 20;
/// Most bytes of all documents together.
pub const TOGETHER: u64 = 512 << 20;
/// Largest archive, in bytes as it lies on the disk.
pub const LARGEST_ARCHIVE: u64 = 256 << 20;
/// Most entries of an archive.
pub const MOST: usize = 200_000;

/// Whether the bytes begin as an archive does, an empty one included.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The documents: entries whose name ends in `.json`, in the order of the archive. `archive` is how it is called.
///
/// # Errors
/// The first thing that is wrong with the archive, with the entry's name.
pub fn documents(archive: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let refuse = |message: String, help: &str| Problem {
        source: archive.to_owned(),
        line: 1,
        message,
        help: help.to_owned(),
    };
    let damaged = |error: zip::result::ZipError| {
        refuse(format!("the archive cannot be read: {error}"), "download it again")
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if zip.len() > MOST {
        let message = format!("the archive has {} entries, more than {MOST}", zip.len());
        return Err(refuse(message, "import it in parts"));
    }
    let mut documents = Vec::new();
    let mut together = 0;
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        if !is_inside(&name) {
            let message = format!("the entry {} leads out of the archive", shown(&name));
            return Err(refuse(message, "no export holds such a name; ask where the archive is from"));
        }
        if entry.is_dir() || !is_document(&name) {
            continue;
        }
        if entry.is_symlink() {
            let message = format!("the entry {} is a link", shown(&name));
            return Err(refuse(message, "pack the file itself"));
        }
        let mut document = Vec::new();
        if let Err(error) = entry.by_ref().take(LARGEST + 1).read_to_end(&mut document) {
            let message = format!("the entry {} cannot be read: {error}", shown(&name));
            return Err(refuse(message, "download the archive again"));
        }
        if document.len() as u64 > LARGEST {
            let message = format!("the entry {} has more than {LARGEST} bytes", shown(&name));
            return Err(refuse(message, "no advisory is that long; leave it out"));
        }
        together += document.len() as u64;
        if together > TOGETHER {
            let message = format!("the archive holds more than {TOGETHER} bytes, as of {}", shown(&name));
            return Err(refuse(message, "import it in parts"));
        }
        documents.push((format!("{archive}/{name}"), document));
    }
    Ok(documents)
}

/// Whether a file of this name is read.
#[must_use]
pub fn is_document(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("json"))
}

/// Whether a name stays beneath the folder that an archive would be extracted to, on every system.
fn is_inside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    !drive
        && !name.starts_with('/')
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| part != "..")
}

#[cfg(test)]
mod tests;
