//! Text that somebody meant to replace and forgot: "[INSERT EMAIL]", "<SECURITY_CONTACT>", "to be configured".
//!
//! In goes any text, out comes where its first placeholder stands. A miss costs a warning less, a false alarm stops a
//! build; so each pattern is one that real policies were found to hold, and no natural sentence.

use std::ops::Range;

/// What is found anywhere, in any case: the phrases that begin so. Few letters begin any.
fn phrases(first: [u8; 2]) -> &'static [&'static str] {
    match &first {
        b"[i" => &["[insert"],
        b"<i" => &["<insert"],
        b"{i" => &["{insert"],
        b"[y" => &["[your ", "[your_", "[your-"],
        b"<y" => &["<your ", "<your_", "<your-"],
        b"to" => &["to be configured"],
        b"yo" => &YOURS,
        b"re" => &["replace this text"],
        b"lo" => &["lorem ipsum"],
        _ => &[],
    }
}

const YOURS: [&str; 8] = [
    "your-email",
    "your_email",
    "youremail",
    "your.email",
    "yourdomain",
    "your-domain",
    "your_domain",
    "your name here",
];

/// What follows "replace with" when an author is spoken to, and not a reader of prose.
const REPLACEMENTS: [&str; 9] =
    ["actual", "the actual", "your", "real", "the real", "a real", "own", "correct", "project"];

/// The bytes of the first placeholder of `text`.
pub fn find(text: &str) -> Option<Range<usize>> {
    // ASCII lower case keeps every byte where it is.
    let lower = text.to_ascii_lowercase();
    [
        phrase(&lower),
        replace_with(text, &lower),
        marker(text),
        shouted(text),
        conditional_address(text, &lower),
        conditional_blank(&lower),
    ]
    .into_iter()
    .flatten()
    .min_by_key(|range| range.start)
}

/// The first of the [`phrases`]. One walk over the text, because every text passes here and a search for each phrase was a
/// twentieth of a build.
fn phrase(lower: &str) -> Option<Range<usize>> {
    let bytes = lower.as_bytes();
    bytes.windows(2).enumerate().find_map(|(start, two)| {
        let phrases = phrases([two[0], two[1]]);
        let phrase = phrases.iter().find(|phrase| bytes[start..].starts_with(phrase.as_bytes()))?;
        Some(start..start + phrase.len())
    })
}

/// "replace with actual email", "(replace with …)", "REPLACE_WITH_EMAIL".
fn replace_with(text: &str, lower: &str) -> Option<Range<usize>> {
    const LENGTH: usize = "replace with".len();
    let starts = lower.match_indices("replace").map(|(start, _)| start);
    starts
        .filter(|&start| {
            lower[start..].starts_with("replace with") || lower[start..].starts_with("replace_with")
        })
        .find(|&start| {
            let after = lower[start + LENGTH..].trim_start();
            let bracketed = text[..start].trim_end().ends_with(['(', '[', '<', '{']);
            let loud = text[start..start + LENGTH].bytes().all(|b| !b.is_ascii_lowercase());
            bracketed
                || loud
                || REPLACEMENTS.iter().any(|word| after.strip_prefix(word).is_some_and(ends_word))
        })
        .map(|start| start..start + LENGTH)
}

/// `TODO` and `FIXME` as a note to oneself: alone on a line, or before one of `:`, `]`, `)`, `>`.
fn marker(text: &str) -> Option<Range<usize>> {
    ["TODO", "FIXME"]
        .iter()
        .flat_map(|marker| text.match_indices(marker))
        .filter(|(start, marker)| {
            let before = &text[..*start];
            let after = &text[start + marker.len()..];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let alone =
                line.trim().is_empty() && after.split('\n').next().unwrap_or_default().trim().is_empty();
            let begins = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            begins && (alone || after.starts_with([':', ']', ')', '>']))
        })
        .map(|(start, marker)| start..start + marker.len())
        .min_by_key(|range| range.start)
}

/// `<SECURITY_CONTACT>`: capitals and at least one underscore in angle or square brackets. Generic parameters of code,
/// such as `Vec<MAX_SIZE>`, follow a word and are let be.
fn shouted(text: &str) -> Option<Range<usize>> {
    text.char_indices().filter(|(_, c)| matches!(c, '<' | '[')).find_map(|(start, open)| {
        let close = if open == '<' { '>' } else { ']' };
        let inner = &text[start + 1..];
        let length = inner.find(|c: char| !(c.is_ascii_uppercase() || c == '_'))?;
        let word = &inner[..length];
        let follows_word = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let found = inner[length..].starts_with(close)
                && word.trim_matches('_').contains('_')
                && !follows_word
                // `[NAME_OF](…)` is a link.
                && !inner[length + 1..].starts_with('(');
        found.then_some(start..start + length + 2)
    })
}

/// "(if available)" straight after an address: nobody knows whether it is. After "proof of concept" it is an offer.
fn conditional_address(text: &str, lower: &str) -> Option<Range<usize>> {
    const PHRASE: &str = "(if available)";
    lower
        .match_indices(PHRASE)
        .map(|(start, _)| start)
        .find(|&start| {
            let word = text[..start].split_whitespace().next_back().unwrap_or_default();
            word.contains('@') && word.contains('.')
        })
        .map(|start| start..start + PHRASE.len())
}

/// "[If applicable]" where a key or an address should stand: `PGP Key: [If applicable]`. In a form it tells what to fill in.
fn conditional_blank(lower: &str) -> Option<Range<usize>> {
    const LABELS: [&str; 8] = ["key", "pgp", "gpg", "fingerprint", "email", "e-mail", "mail", "contact"];
    ["[if applicable]", "[if available]"]
        .iter()
        .flat_map(|phrase| lower.match_indices(phrase))
        .filter(|(start, phrase)| {
            let line = lower[..*start].rsplit('\n').next().unwrap_or_default();
            let label = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':'));
            let linked = lower[start + phrase.len()..].starts_with(['(', '[']);
            line[label.len()..].contains(':') && LABELS.iter().any(|word| label.ends_with(word)) && !linked
        })
        .map(|(start, phrase)| start..start + phrase.len())
        .min_by_key(|range| range.start)
}

/// The bytes of all placeholders of `text`, as many as `most`, in order.
pub fn find_all(text: &str, most: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while found.len() < most {
        let Some(range) = text.get(from..).and_then(find) else { break };
        let range = range.start + from..range.end + from;
        from = range.end;
        found.push(range);
    }
    found
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
mod tests;
