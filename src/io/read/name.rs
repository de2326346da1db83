//! File names that a site may have: in goes one name, out comes why it would not mean the same everywhere, if so.
//!
//! Only looks at names; the disk is not asked.

use std::ffi::OsStr;
use std::path::Path;

use crate::io::{escape, folder};

/// Why `name` would not survive a checkout on another system, a terminal or a URL; `None` for a sound one.
pub(super) fn odd(name: &OsStr) -> Option<String> {
    let Some(name) = name.to_str() else {
        return Some("its name is not UTF-8".to_owned());
    };
    if let Some(c) = name.chars().find(|&c| escape::misleads(c)) {
        return Some(format!("its name has the unprintable character U+{:04X}", u32::from(c)));
    }
    if name.contains('\\') {
        return Some("its name has a backslash".to_owned());
    }
    if name.ends_with(['.', ' ']) {
        return Some("its name ends in a dot or a space, which Windows drops".to_owned());
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    if is_device(stem) {
        return Some(format!("`{}` is the name of a device on Windows", escape::text(stem)));
    }
    None
}

/// Whether nobody means `name` to be published: hidden files and what editors leave behind. The folder `.well-known`
/// of `content` is hidden only by its name.
pub(super) fn skipped(path: &Path, name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let leftover = name.ends_with(b"~")
        || name.ends_with(b".swp")
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"));
    leftover || (name.starts_with(b".") && path != Path::new("content/.well-known"))
}

/// The path with `/` between its names; `None` if it is not UTF-8.
pub(super) fn slashed(path: &Path) -> Option<String> {
    path.to_str().map(|_| folder::slashed(path))
}

fn is_device(stem: &str) -> bool {
    let is = |stem: &str, names: &[&str]| names.iter().any(|name| stem.eq_ignore_ascii_case(name));
    let numbered = stem.strip_suffix(|c: char| c.is_ascii_digit());
    is(stem, &["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"])
        || numbered.is_some_and(|stem| is(stem, &["COM", "LPT"]))
}
