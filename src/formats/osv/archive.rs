//! `all.zip`: every record as a file, the same bytes on every machine.

use super::{by_id, bytes};
use crate::formats::zip;
use crate::site::Site;

/// The archive: records in the order of their ids.
pub(super) fn write(site: &Site) -> Vec<u8> {
    zip::archive(&by_id(site), |(id, advisory)| (format!("{id}.json"), bytes(site, advisory)))
}
