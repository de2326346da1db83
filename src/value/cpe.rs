//! Names of the Common Platform Enumeration, version 2.3 (NISTIR 7695 §6.2, formatted string).
//!
//! In goes a formatted string of 13 parts, out comes a [`Cpe`] that can name one version. Older URI names are refused.

use std::fmt;

use super::Invalid;
use super::shown::shown;

/// Longest name, in bytes.
const LONGEST: usize = 1024;
/// Which of the 13 parts is the version.
const VERSION: usize = 5;
/// Which of the 13 parts is the language; it has a shape of its own.
const LANGUAGE: usize = 8;

/// A CPE 2.3 formatted string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpe(String);

impl Cpe {
    /// Checks the number and the shape of the parts.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(fault) => Err(Invalid::new(
                format!("{} is not a CPE 2.3 name: {fault}", shown(text)),
                "write 13 parts with colons between, such as `cpe:2.3:a:example:core:*:*:*:*:*:*:*:*`",
            )),
        }
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same product at `version`, whose punctuation is quoted as NISTIR 7695 asks.
    pub fn with_version(&self, version: &str) -> String {
        let mut quoted = String::with_capacity(version.len());
        for c in version.chars() {
            if !(c.is_ascii_alphanumeric() || "._-".contains(c)) {
                quoted.push('\\');
            }
            quoted.push(c);
        }
        let mut parts = parts(&self.0);
        if let Some(part) = parts.get_mut(VERSION) {
            *part = &quoted;
        }
        parts.join(":")
    }
}

impl fmt::Display for Cpe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn fault(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return Some("it is too long".to_owned());
    }
    let parts = parts(text);
    if parts.len() != 13 {
        return Some(format!("it has {} parts of 13", parts.len()));
    }
    if parts[..2] != ["cpe", "2.3"] {
        return Some("it does not begin with `cpe:2.3:`".to_owned());
    }
    if !matches!(parts[2], "a" | "o" | "h" | "*" | "-") {
        return Some(format!("its part {} is none of `a`, `o`, `h`", shown(parts[2])));
    }
    let bad = (3..13)
        .find(|&place| !if place == LANGUAGE { is_language(parts[place]) } else { is_value(parts[place]) })?;
    Some(format!("part {} of 13, {}, is malformed", bad + 1, shown(parts[bad])))
}

/// Splits at colons that are not quoted.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (place, byte) in text.bytes().enumerate() {
        if byte == b':' && !quoted {
            parts.push(&text[start..place]);
            start = place + 1;
        }
        quoted = byte == b'\\' && !quoted;
    }
    parts.push(&text[start..]);
    parts
}

/// `*`, `-`, or letters, digits, `-._` and quoted punctuation, with wildcards at the ends only.
fn is_value(value: &str) -> bool {
    if matches!(value, "*" | "-") {
        return true;
    }
    let front = value.strip_prefix('*').unwrap_or_else(|| value.trim_start_matches('?'));
    // A quoted wildcard at the end is an ordinary character; the loop below sees its backslash without it.
    let ends_quoted = front.len() >= 2
        && front[..front.len() - front.chars().next_back().map_or(0, char::len_utf8)].ends_with('\\');
    let core = if ends_quoted {
        front
    } else {
        front.strip_suffix('*').unwrap_or_else(|| front.trim_end_matches('?'))
    };
    let mut characters = core.chars();
    while let Some(c) = characters.next() {
        let fine = match c {
            '\\' => characters.next().is_some_and(|c| c.is_ascii_punctuation()),
            c => c.is_ascii_alphanumeric() || "-._".contains(c),
        };
        if !fine {
            return false;
        }
    }
    !core.is_empty()
}

/// `*`, `-`, or a language of two or three letters with an optional region.
fn is_language(value: &str) -> bool {
    let (language, region) = value.split_once('-').unwrap_or((value, "xx"));
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
    matches!(value, "*" | "-")
        || ((2..=3).contains(&language.len()) && letters(language))
            && (region.len() == 2 && letters(region)
                || region.len() == 3 && region.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Cpe;

    #[test]
    fn reads_formatted_strings() {
        let cpe = Cpe::parse("cpe:2.3:a:example:core:*:*:*:*:*:*:*:*").unwrap();
        assert_eq!(cpe.with_version("1.0+b"), "cpe:2.3:a:example:core:1.0\\+b:*:*:*:*:*:*:*");
        for text in [
            r"cpe:2.3:a:foo\:bar:big\$money:2010:*:*:*:*:ipod_touch:80gb:*",
            "cpe:2.3:o:x:y:1.?:-:*:en-GB:*:*:*:*",
            r"cpe:2.3:a:x:y\*:*:*:*:*:*:*:*:*",
        ] {
            assert!(Cpe::parse(text).is_ok(), "{text:?}");
        }
        for text in [
            "",
            "cpe:/a:example:core",
            "cpe:2.3:a:example:core:*:*:*:*:*:*:*",
            "cpe:2.2:a:b:c:*:*:*:*:*:*:*:*",
            "cpe:2.3:x:b:c:*:*:*:*:*:*:*:*",
            "cpe:2.3:a::c:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:b c:c:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:b*b:c:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:b:c:*:*:*:english:*:*:*:*",
            "cpe:2.3:a:b:c:*:*:*:*:*:*:*:\\",
        ] {
            assert!(Cpe::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(cpe:2.3:a:)?([a-z*?\\\\é-]{0,3}:?){0,14}") {
            let _ = Cpe::parse(&text);
        }
    }
}
