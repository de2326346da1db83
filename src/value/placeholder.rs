//! Text that somebody meant to replace and forgot: "[INSERT EMAIL]", "<SECURITY_CONTACT>", "to be configured".
//!
//! In goes any text, out comes where its first placeholder stands. A miss costs a warning less, a false alarm stops a
//! build; so each pattern is one that real policies were found to hold, and no natural sentence.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

/// What is found anywhere, in any case, and begins with a bracket.
const BRACKETED: [&str; 26] = [
    "[insert",
    "<insert",
    "{insert",
    "[your ",
    "[your_",
    "[your-",
    "<your ",
    "<your_",
    "<your-",
    "[add your ",
    "(add your email",
    "(add your contact",
    "(add your address",
    "(update with actual",
    "(update with the actual",
    "(update with a real",
    "(update with real",
    "(update with the real",
    "(update with your email",
    "(update with your contact",
    "(update with your actual",
    "(update this email",
    "(change to your",
    "(change this to your",
    "(change to actual",
    "(change to the actual",
];

/// The same without a bracket: what is searched for, and the phrases that begin so.
const WORDS: [(&Searched, &[&str]); 4] = [
    (&TO_BE_CONFIGURED, &["to be configured"]),
    (&YOUR, &YOURS),
    (&REPLACE, &["replace this text"]),
    (&LOREM_IPSUM, &["lorem ipsum"]),
];

/// A word that every text is searched for, prepared once.
type Searched = LazyLock<Finder<'static>>;

static TO_BE_CONFIGURED: Searched = LazyLock::new(|| Finder::new("to be configured"));
static YOUR: Searched = LazyLock::new(|| Finder::new("your"));
static REPLACE: Searched = LazyLock::new(|| Finder::new("replace"));
static LOREM_IPSUM: Searched = LazyLock::new(|| Finder::new("lorem ipsum"));
static TODO: Searched = LazyLock::new(|| Finder::new("TODO"));
static FIXME: Searched = LazyLock::new(|| Finder::new("FIXME"));
static DIGITS: Searched = LazyLock::new(|| Finder::new("XXXX XXXX XXXX"));

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
        blank(&lower),
        digits(text, &lower),
    ]
    .into_iter()
    .flatten()
    .min_by_key(|range| range.start)
}

/// The first of [`BRACKETED`] and [`WORDS`]. Every text passes here, and nearly all of it is neither a bracket nor one of the
/// words.
fn phrase(lower: &str) -> Option<Range<usize>> {
    let bytes = lower.as_bytes();
    let brackets = memchr3_iter(b'[', b'<', b'{', bytes).chain(memchr_iter(b'(', bytes));
    let brackets = brackets.map(|start| (start, BRACKETED.as_slice()));
    let words =
        WORDS.iter().flat_map(|(word, phrases)| word.find_iter(bytes).map(move |start| (start, *phrases)));
    let found = brackets.chain(words).filter_map(|(start, phrases)| {
        // The second letter tells nearly all of them apart from what stands there.
        let likely = phrases.iter().filter(|phrase| phrase.as_bytes().get(1) == bytes.get(start + 1));
        let phrase = likely.copied().find(|phrase| bytes[start..].starts_with(phrase.as_bytes()))?;
        Some(start..start + phrase.len())
    });
    found.min_by_key(|range| range.start)
}

/// "replace with actual email", "(replace with …)", "REPLACE_WITH_EMAIL".
fn replace_with(text: &str, lower: &str) -> Option<Range<usize>> {
    const LENGTH: usize = "replace with".len();
    REPLACE
        .find_iter(lower.as_bytes())
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
    [&TODO, &FIXME]
        .into_iter()
        .flat_map(|marker| {
            marker.find_iter(text.as_bytes()).map(|start| start..start + marker.needle().len())
        })
        .filter(|marker| {
            let before = &text[..marker.start];
            let after = &text[marker.end..];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let alone =
                line.trim().is_empty() && after.split('\n').next().unwrap_or_default().trim().is_empty();
            let begins = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            begins && (alone || after.starts_with([':', ']', ')', '>']))
        })
        .min_by_key(|range| range.start)
}

/// `<SECURITY_CONTACT>`: capitals and at least one underscore in angle or square brackets. Generic parameters of code,
/// such as `Vec<MAX_SIZE>`, follow a word and are let be.
fn shouted(text: &str) -> Option<Range<usize>> {
    memchr2_iter(b'<', b'[', text.as_bytes()).find_map(|start| {
        let close = if text[start..].starts_with('<') { '>' } else { ']' };
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

/// What makes the address before it no address: "(if available)", "(to be set up)". After "proof of concept" the first is
/// an offer.
fn conditional_address(text: &str, lower: &str) -> Option<Range<usize>> {
    const PHRASES: [&str; 10] = [
        "(if available)",
        "(to be set up)",
        "(to be created)",
        "(configure)",
        "(configure this",
        "(change this",
        "(replace this",
        "(placeholder",
        "(dummy address)",
        "(not yet active)",
    ];
    opened(lower, b'(', &PHRASES).find(|phrase| {
        let word = text[..phrase.start].split_whitespace().next_back().unwrap_or_default();
        word.contains('@') && word.contains('.')
    })
}

/// Where one of `phrases` stands, all of which begin with `sign`, an ASCII character, in order.
fn opened(lower: &str, sign: u8, phrases: &[&str]) -> impl Iterator<Item = Range<usize>> {
    memchr_iter(sign, lower.as_bytes()).filter_map(move |start| {
        let phrase = phrases.iter().find(|phrase| lower[start..].starts_with(**phrase))?;
        Some(start..start + phrase.len())
    })
}

/// "[security contact email]": what only the author can fill in, and no link.
fn blank(lower: &str) -> Option<Range<usize>> {
    const BLANKS: [&str; 8] = [
        "[security contact]",
        "[security contact email]",
        "[security email]",
        "[security email address]",
        "[security team email]",
        "[key fingerprint]",
        "[pgp key fingerprint]",
        "[pgp fingerprint]",
    ];
    opened(lower, b'[', &BLANKS).find(|blank| {
        // `[name](…)`, `[text][name]`, and `[name]` where `[name]: …` stands below.
        let link = lower[blank.end..].starts_with(['(', '[', ':'])
            || lower[..blank.start].ends_with(']')
            || lower.contains(&format!("\n{}:", &lower[blank.clone()]));
        !link
    })
}

/// `XXXX XXXX XXXX` where the digits of a fingerprint should stand. Elsewhere it may be the number of any card.
fn digits(text: &str, lower: &str) -> Option<Range<usize>> {
    DIGITS.find_iter(text.as_bytes()).find_map(|start| {
        let line = lower[..start].rsplit('\n').next().unwrap_or_default();
        (line.contains("fingerprint") || line.contains("pgp") || line.contains("gpg"))
            .then_some(start..start + DIGITS.needle().len())
    })
}

/// "[If applicable]" where a key or an address should stand: `PGP Key: [If applicable]`. In a form it tells what to fill in.
fn conditional_blank(lower: &str) -> Option<Range<usize>> {
    const LABELS: [&str; 8] = ["key", "pgp", "gpg", "fingerprint", "email", "e-mail", "mail", "contact"];
    opened(lower, b'[', &["[if applicable]", "[if available]"]).find(|phrase| {
        let line = lower[..phrase.start].rsplit('\n').next().unwrap_or_default();
        let label = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':'));
        let linked = lower[phrase.end..].starts_with(['(', '[']);
        line[label.len()..].contains(':') && LABELS.iter().any(|word| label.ends_with(word)) && !linked
    })
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
