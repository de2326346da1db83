//! The name of a `product_version_range`: in goes `vers:semver/>=1.0|<2.0` or what vendors write in its place, out come
//! ranges and single versions that are left out, or why it is neither.

use crate::import::interval;
use crate::value::comparators::Comparators;
use crate::value::range::{End, Range};
use crate::value::scheme::Scheme;
use crate::value::shown::shown;

/// Ranges, and comparators of versions that are none of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stretches {
    pub ranges: Vec<Range>,
    pub excluded: Vec<String>,
}

/// Reads the name.
pub(super) fn read(text: &str, scheme: Scheme) -> Result<Stretches, String> {
    let text = text.trim();
    let list = match text.strip_prefix("vers:") {
        Some(rest) => rest.split_once('/').map_or(rest, |(_, list)| list),
        None => text,
    };
    let everything =
        || Stretches { ranges: vec![Range { introduced: "0".to_owned(), end: End::Open }], excluded: vec![] };
    if matches!(list.to_ascii_lowercase().as_str(), "*" | "all" | "all versions" | "all/*") {
        return Ok(everything());
    }
    let mut found = Stretches::default();
    let mut begun: Option<String> = None;
    for part in list.split('|').map(str::trim).filter(|part| !part.is_empty()) {
        let part = decoded(part);
        if let Some(version) = part.strip_prefix("!=") {
            found.excluded.push(format!("= {}", interval::bare(version, scheme)));
            continue;
        }
        let fault = || format!("{} is no range of versions", shown(text));
        let bare = !part.starts_with(['<', '>', '=', '≤', '≥']);
        if bare && part.contains(char::is_whitespace) {
            return Err(fault());
        }
        let spelled = if bare { format!("= {part}") } else { part.clone() };
        let one = Comparators::parse(&spelled).map_err(|_| fault())?;
        let range = interval::of_comparators(&one, scheme)?;
        match (&range.end, one.as_slice().len()) {
            (End::Open, 1) => {
                if let Some(introduced) = begun.replace(range.introduced) {
                    found.ranges.push(Range { introduced, end: End::Open });
                }
            }
            // An upper bound ends what was begun before it.
            (_, 1) if range.introduced == "0" => {
                let introduced = begun.take().unwrap_or(range.introduced);
                found.ranges.push(Range { introduced, end: range.end });
            }
            _ => found.ranges.push(range),
        }
    }
    found.ranges.extend(begun.map(|introduced| Range { introduced, end: End::Open }));
    if found.ranges.is_empty() {
        if found.excluded.is_empty() {
            return Err(format!("{} is no range of versions", shown(text)));
        }
        found.ranges = everything().ranges;
    }
    Ok(found)
}

/// Percent-encoded characters as what they stand for, where that is UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits =
            after.get(..2).filter(|_| *byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        match read(text, Scheme::Semver) {
            Ok(found) => found.ranges.iter().map(Range::comparators).chain(found.excluded).collect(),
            Err(why) => vec![why],
        }
    }

    #[test]
    fn names_of_ranges() {
        for (text, expected) in [
            ("vers:semver/>=1.0.0|<1.4.2|>=2.0.0|<=2.1.0", vec![">= 1.0.0, < 1.4.2", ">= 2.0.0, <= 2.1.0"]),
            ("vers:semver/<1.4.2|3.0.0|>=4.0.0", vec!["< 1.4.2", ">= 3.0.0, <= 3.0.0", ">= 4.0.0"]),
            ("vers:cargo/2.0.0%2Bx", vec![">= 2.0.0+x, <= 2.0.0+x"]),
            ("vers:npm/*", vec![">= 0"]),
            ("All versions", vec![">= 0"]),
            ("vers:npm/!=1.2.3", vec![">= 0", "= 1.2.3"]),
            ("<2.3.1", vec!["< 2.3.1"]),
            (">=1.0.0, <2.0.0", vec![">= 1.0.0, < 2.0.0"]),
            ("vers:npm/", vec!["`vers:npm/` is no range of versions"]),
            ("before the flood", vec!["`before the flood` is no range of versions"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(words("vers:npm/>1.2.3"), [">= 1.2.4-0"]);
    }
}
