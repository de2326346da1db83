//! Ids that the policy gives to its own things: products and keys. They become parts of paths.
//!
//! In goes an `id`, out comes a [`Slug`] that is the same file on every file system and the same segment in
//! every URL. Nothing is transliterated: an id that is changed silently is an id that nobody finds.

use std::fmt;

use super::Invalid;
use super::id::is_device;
use super::shown::shown;

/// 1 to 64 of `a-z`, `0-9` and `-_.`, with a letter or digit at both ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Checks the shape.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let stem = text.split('.').next().unwrap_or_default();
        let fault = if text.is_empty() || text.len() > 64 {
            "it must have 1 to 64 characters"
        } else if !text.chars().all(|c| alphanumeric(c) || "-_.".contains(c)) {
            "it may hold small letters, digits, `-`, `_` and `.` only"
        } else if !text.starts_with(alphanumeric) || !text.ends_with(alphanumeric) {
            "it must begin and end with a letter or digit"
        } else if text.contains("..") {
            "it has two dots in a row"
        } else if is_device(stem) {
            "Windows reserves that name for a device"
        } else if stem == "index" {
            "`index` names the page of the folder itself"
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(Invalid::new(
            format!("{} cannot be an id: {fault}", shown(text)),
            "write a short id such as `core` or `example-cli`; the name beside it may be any text",
        ))
    }

    /// An id for a thing of this name: its letters and digits with hyphens in between, or `main` where that makes none.
    pub fn of_name(name: &str) -> Self {
        let dashed: String =
            name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let parts: Vec<&str> = dashed.split('-').filter(|part| !part.is_empty()).collect();
        let id: String = parts.join("-").chars().take(40).collect();
        Self::parse(id.trim_end_matches('-')).unwrap_or_else(|_| Self("main".to_owned()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn is_one_path_segment_everywhere() {
        for text in ["core", "cli", "node.js", "a", "7zip", "example_sys", "a-b"] {
            assert!(Slug::parse(text).is_ok(), "{text:?}");
        }
        for text in [
            "",
            "Core",
            "../../x",
            "/abs",
            "a/b",
            "a\\b",
            "con",
            "nul.txt",
            "x.",
            "x ",
            ".well-known",
            "index",
            "a..b",
            "-x",
            "é",
            "а",
        ] {
            assert!(Slug::parse(text).is_err(), "{text:?}");
        }
        assert!(Slug::parse(&"x".repeat(65)).is_err());
    }

    #[test]
    fn names_make_ids() {
        for (name, id) in [("Node.js", "node-js"), ("日本", "main"), ("A b--c", "a-b-c"), ("Index", "main")]
        {
            assert_eq!(Slug::of_name(name).as_str(), id);
        }
        let (long, cut) = (format!("{} b", "a".repeat(39)), "a".repeat(39));
        assert_eq!(Slug::of_name(&long).as_str(), cut);
    }
}
