//! How our JSON files look: indented by two, one line feed at the end, keys in the order of the fields.

use serde::Serialize;

/// What most files have room in, in bytes.
const USUAL: usize = 8 * 1024;

/// The bytes of a plain structure: strings, numbers, lists, and maps whose keys are strings.
pub(super) fn write(value: &impl Serialize) -> Vec<u8> {
    write_with_room(USUAL, value)
}

/// The same of a structure that will take about so many bytes. A buffer that grows is copied again and again, and at the
/// size of a list of all advisories that costs more than to fill it.
pub(super) fn write_with_room(room: usize, value: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::with_capacity(room);
    // A Vec takes every byte, and plain structures have no keys that JSON cannot hold.
    serde_json::to_writer_pretty(&mut out, value).expect("plain structures are JSON");
    out.push(b'\n');
    out
}
