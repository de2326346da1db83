//! JSON, read into what a format's reader wants to know.

use serde::Deserialize;

/// A file's bytes as `T`. That they are UTF-8 (RFC 8259 §8.1) is found out once for the file, not string by string.
pub(super) fn read<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    serde_json::from_str(text).map_err(|error| error.to_string())
}
