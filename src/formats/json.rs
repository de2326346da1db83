//! How our JSON files look: indented by two, one line feed at the end, keys in the order of the fields.

use serde::Serialize;

/// The bytes of a plain structure: strings, numbers, lists, and maps whose keys are strings.
pub(super) fn write(value: &impl Serialize) -> Vec<u8> {
    // A Vec takes every byte, and plain structures have no keys that JSON cannot hold.
    let mut out = serde_json::to_vec_pretty(value).expect("plain structures are JSON");
    out.push(b'\n');
    out
}
