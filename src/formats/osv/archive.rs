//! `all.zip`: every record as a file, the same bytes on every machine.

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use rayon::prelude::*;
use zip::write::{SimpleFileOptions, ZipFileBuilder};
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::{by_id, bytes};
use crate::site::Site;
use crate::site::advisory::Advisory;

/// How many records are compressed before they are written: enough for all cores, few enough to hold.
const AT_ONCE: usize = 512;

/// The archive: names in order, one fixed date, no owner.
pub(super) fn write(site: &Site) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for records in by_id(site).chunks(AT_ONCE) {
        let pack = |(id, advisory): &(Cow<'_, str>, &Advisory)| {
            let mut file = ZipFileBuilder::new(format!("{id}.json"), options)?;
            file.write_all(&bytes(site, advisory))?;
            file.finish()
        };
        let packed: Vec<zip::result::ZipResult<_>> = records.par_iter().map(pack).collect();
        for file in packed {
            // Memory takes every byte, ids are short and unique, and a record is far below 4 GiB.
            zip.add_prepared_file(file.expect("a record fits")).expect("it is the only one of its name");
        }
    }
    // As above.
    zip.finish().expect("memory takes the directory").into_inner()
}
