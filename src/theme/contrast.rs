//! Colours that a site gives itself: in go the embedded style sheet and the site's `custom.css`, out come the pairs of text
//! and ground that not everybody can read, in the light or in the dark.
//!
//! Only what is surely known is judged: the custom properties that the embedded sheet uses, written as `#rgb` or `#rrggbb`.
//! Whoever writes other rules answers for them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Diagnostics;
use crate::rules::policy::LOW_CONTRAST;
use crate::source::{FileId, Sources, Span, text};

/// A longer sheet is not judged.
const LONGEST: usize = 1024 * 1024;

/// Text and the ground that it stands on, as the embedded sheet puts them together.
const PAIRS: [(&str, &str); 18] = [
    ("text", "bg"),
    ("text", "surface"),
    ("muted", "bg"),
    ("muted", "surface"),
    ("link", "bg"),
    ("link", "surface"),
    ("on-accent", "accent"),
    ("on-critical", "critical"),
    ("on-high", "high"),
    ("on-medium", "medium"),
    ("on-low", "low"),
    ("on-none", "none"),
    ("good", "bg"),
    ("good", "good-bg"),
    ("warn", "warn-bg"),
    ("bad", "bg"),
    ("bad", "bad-bg"),
    ("text", "info-bg"),
];

/// The least contrast of text of usual size: WCAG 2.2 §1.4.3.
const LEAST: f64 = 4.5;

/// A pair that is hard to read.
#[derive(Debug, PartialEq)]
struct Faint {
    /// Names of the properties, text first.
    pair: (&'static str, &'static str),
    /// From 1, no difference, to 21.
    contrast: f64,
    /// Whether that is so where the reader asks for dark pages.
    dark: bool,
    /// The declaration in `custom.css` that comes last of the two.
    place: Range<usize>,
}

/// Reports what is found in the sheet of a site, at its declarations; `embedded` is the sheet that comes before it.
pub(super) fn check(embedded: &[u8], custom: FileId, sources: &Sources, diags: &mut Diagnostics) {
    // A sheet in another encoding or too long to be one of colours is not judged.
    let (Ok(embedded), Ok(text)) = (text::decode(embedded), text::decode(&sources.file(custom).bytes)) else {
        return;
    };
    if text.len() > LONGEST {
        return;
    }
    for faint in find(&embedded, &text) {
        let (text, ground) = faint.pair;
        let mode = if faint.dark { "dark" } else { "light" };
        // Rounded down: 4.49 is not enough.
        let tenths = (faint.contrast * 10.0).floor() / 10.0;
        let message =
            format!("`--{text}` on `--{ground}` has a contrast of {tenths:.1} to 1 on {mode} pages");
        let help = format!("choose colours with at least {LEAST} to 1");
        diags.push(LOW_CONTRAST.at(Span::new(custom, faint.place), message).help(help));
    }
}

/// The pairs of which `custom` sets a colour, and whose contrast is below [`LEAST`].
fn find(embedded: &str, custom: &str) -> Vec<Faint> {
    let (embedded, custom) = (colours(embedded), colours(custom));
    let mut found = Vec::new();
    for dark in [false, true] {
        // What stands outside of the query for dark pages holds in the dark too, and the site's sheet comes last.
        let mut known: BTreeMap<&str, (&Colour<'_>, bool)> = BTreeMap::new();
        for (sheet, own) in [(&embedded, false), (&custom, true)] {
            let light = sheet.iter().filter(|colour| !colour.dark);
            let last = sheet.iter().filter(|colour| dark && colour.dark);
            known.extend(light.chain(last).map(|colour| (colour.name, (colour, own))));
        }
        found.extend(PAIRS.into_iter().filter_map(|pair| {
            let (text, ground) = (known.get(pair.0)?, known.get(pair.1)?);
            let own = [text, ground].into_iter().filter(|(_, own)| *own);
            let place = own.map(|(colour, _)| &colour.place).max_by_key(|place| place.start)?;
            let contrast = contrast(text.0.value?, ground.0.value?);
            (contrast < LEAST).then(|| Faint { pair, contrast, dark, place: place.clone() })
        }));
    }
    found
}

/// A custom property of `:root`.
struct Colour<'a> {
    name: &'a str,
    /// `None` for what is no hexadecimal colour.
    value: Option<[u8; 3]>,
    dark: bool,
    place: Range<usize>,
}

/// The declarations of custom properties in `:root`, and whether they are for dark pages alone.
fn colours(css: &str) -> Vec<Colour<'_>> {
    let mut found = Vec::new();
    // What opened the blocks around the place, outermost first.
    let mut around: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut rest = 0..css.len();
    while let Some(at) = css[rest.clone()].find(['{', '}', ';', '/']).map(|at| rest.start + at) {
        rest.start = at + 1;
        if css[at..].starts_with("/*") {
            rest.start = css[at..].find("*/").map_or(css.len(), |end| at + end + 2);
            if css[start..at].trim().is_empty() {
                start = rest.start;
            }
            continue;
        }
        let part = &css[start..at];
        match css.as_bytes()[at] {
            b'/' => continue,
            b'{' => around.push(part.trim()),
            sign => {
                found.extend(declared(part, start, &around));
                if sign == b'}' {
                    around.pop();
                }
            }
        }
        start = at + 1;
    }
    found
}

/// A declaration within `:root`, alone or in a query for dark pages.
fn declared<'a>(part: &'a str, start: usize, around: &[&str]) -> Option<Colour<'a>> {
    let (query, selector) = match around {
        [selector] => (None, selector),
        [query, selector] => (Some(query), selector),
        _ => return None,
    };
    let dark = match query {
        None => false,
        Some(query) if query.replace(' ', "") == "@media(prefers-color-scheme:dark)" => true,
        Some(_) => return None,
    };
    let (name, value) = part.split_once(':')?;
    let name = name.trim().strip_prefix("--").filter(|_| *selector == ":root")?;
    let begin = start + (part.len() - part.trim_start().len());
    Some(Colour { name, value: hex(value.trim()), dark, place: begin..start + part.trim_end().len() })
}

fn hex(value: &str) -> Option<[u8; 3]> {
    let digits: Option<Vec<u8>> = value
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16).and_then(|it| u8::try_from(it).ok()))
        .collect();
    match digits?[..] {
        [r, g, b] => Some([r, g, b].map(|it| it * 17)),
        [a, b, c, d, e, f] => Some([a * 16 + b, c * 16 + d, e * 16 + f]),
        _ => None,
    }
}

/// WCAG 2.2: contrast ratio.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2.2: relative luminance.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMBEDDED: &str = include_str!("../../themes/default/static/secsite.css");

    #[test]
    fn the_embedded_colours_can_be_read() {
        // Given again as a site's own, each pair of them is judged.
        assert_eq!(find("", EMBEDDED), []);
        let names: Vec<&str> =
            colours(EMBEDDED).iter().filter(|it| it.value.is_some()).map(|it| it.name).collect();
        for (text, ground) in PAIRS {
            assert_eq!(names.iter().filter(|name| **name == text).count(), 2, "{text}");
            assert_eq!(names.iter().filter(|name| **name == ground).count(), 2, "{ground}");
        }
    }

    #[test]
    fn extremes_are_those_of_the_standard() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([119; 3], [255; 3]) - 4.478).abs() < 0.001);
    }

    #[test]
    fn a_faint_pair_is_found_where_it_was_written() {
        let check = |css: &str, expect: &[(&str, &str, bool, &str)]| {
            let found = find(EMBEDDED, css);
            let found: Vec<_> =
                found.iter().map(|it| (it.pair.0, it.pair.1, it.dark, &css[it.place.clone()])).collect();
            assert_eq!(found, expect, "{css}");
        };
        check(
            ":root { --bg: #fffff8; }\n@media (prefers-color-scheme: dark) { :root { --bg: #101010 } }",
            &[],
        );
        check(
            ":root { --link: #999; }\n@media (prefers-color-scheme: dark) { :root { --link: #7ab8ff } }",
            &[("link", "bg", false, "--link: #999"), ("link", "surface", false, "--link: #999")],
        );
        // Set once, it holds in the dark too.
        check(
            "/* ours; { */ :root { --link: #003366 }",
            &[("link", "bg", true, "--link: #003366"), ("link", "surface", true, "--link: #003366")],
        );
        check(":root { --link: rebeccapurple; --link: var(--x) }", &[]);
        check(".card { --link: #fff } @media print { :root { --link: #fff } }", &[]);
        check("", &[]);
        check("}}}{{ --: ; /* ", &[]);
    }
}
