//! Addresses that are named only to say that nobody is to write to them: in go the words around one, out comes whether
//! that is what they say.
//!
//! A false alarm would hide an address that reports should go to, so nothing counts but words right beside it.

use crate::value::sentence::has_any;

/// Words of the same clause that speak of what was, up to the address.
const PAST: &[&str] = &[
    "previously reported to",
    "previously sent to",
    "previously mailed to",
    "formerly reported to",
    "formerly sent to",
    "were reported to",
    "was reported to",
    "were sent to",
    "was sent to",
    "used to be",
    "used to go to",
    "old report",
    "older report",
    "earlier report",
    "previous report",
    "former address",
    "previous address",
    "old address",
    "no longer use",
    "no longer read",
    "no longer monitor",
    "no longer accept",
];

/// Words that end right before it.
const RIGHT_BEFORE: &[&str] =
    &["instead of", "rather than", "not to", "not at", "replaces", "previously", "formerly"];

/// What nobody should do with it.
const NOT_TO: &[&str] = &[
    "do not use",
    "don't use",
    "do not write",
    "don't write",
    "do not mail",
    "don't mail",
    "do not email",
    "don't email",
    "do not e-mail",
    "don't e-mail",
    "do not contact",
    "don't contact",
    "do not send",
    "don't send",
    "do not report",
    "don't report",
    "never write",
    "never mail",
    "never email",
    "never send",
];

/// What may stand between that and the address, for "do not send passwords to …" names one that is read.
const BETWEEN: &[&str] = &[
    "to",
    "the",
    "our",
    "my",
    "an",
    "any",
    "anything",
    "it",
    "them",
    "this",
    "these",
    "address",
    "mailbox",
    "old",
    "more",
    "further",
    "new",
    "security",
    "vulnerability",
    "vulnerabilities",
    "bug",
    "bugs",
    "issue",
    "issues",
    "report",
    "reports",
    "mail",
    "mails",
    "email",
    "emails",
    "e-mail",
    "message",
    "messages",
    "at",
];

/// How a sentence goes on after an address that is gone.
const GONE: &[&str] = &[
    "is no longer",
    "are no longer",
    "was retired",
    "is retired",
    "has been retired",
    "is deprecated",
    "is defunct",
    "is closed",
    "was closed",
    "has been closed",
    "is not monitored",
    "is unmonitored",
    "is not in use",
    "is not read",
    "no longer",
    "deprecated)",
    "retired)",
    "inactive)",
    "old)",
];

/// Whether the words of its sentence before and after an address say so.
pub(super) fn is_retired(before: &str, after: &str) -> bool {
    let before = before.to_lowercase().replace('’', "'");
    let clause = before.rsplit([';', '—', '–']).next().unwrap_or_default();
    let clause = clause.rsplit(" but ").next().unwrap_or_default();
    let bare = clause.trim_end_matches(|c: char| !c.is_alphanumeric());
    if has_any(clause, PAST) || RIGHT_BEFORE.iter().any(|words| ends_with(bare, words)) {
        return true;
    }
    let after = after.to_lowercase();
    let forbidden = NOT_TO.iter().filter_map(|words| bare.rfind(words).map(|at| at + words.len()));
    let only = forbidden.max().is_some_and(|at| {
        let mut words = bare[at..].split_whitespace();
        !bare[at..].contains([',', ':']) && words.all(|word| BETWEEN.contains(&word))
    });
    // "Do not use … for questions" leaves it its purpose.
    let rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ends = rest.is_empty()
        || after.starts_with(['.', ';', ','])
        || ["any", "for report"].iter().any(|word| rest.starts_with(word));
    let rest = ["which ", "that ", "address ", "mailbox ", "list "]
        .iter()
        .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    only && ends || GONE.iter().any(|words| rest.starts_with(words))
}

/// Whether a text ends with these words, and not within another.
fn ends_with(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|head| !head.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::is_retired;

    fn says(text: &str) -> bool {
        let (before, after) = text.split_once("x@acme.example").unwrap();
        is_retired(before, after)
    }

    #[test]
    fn an_address_of_the_past_is_told_from_one_that_is_read() {
        for text in [
            "This address replaces x@acme.example.",
            "Issues previously reported to x@acme.example need not be sent again.",
            "Old reports went to x@acme.example.",
            "Do not use x@acme.example.",
            "Please don’t send reports to `x@acme.example` any more.",
            "Write here instead of x@acme.example.",
            "x@acme.example is no longer monitored.",
            "The list x@acme.example (retired) is an archive.",
            "Before 2020 it was x@acme.example, which is no longer read.",
            "We no longer read x@acme.example",
        ] {
            assert!(says(text), "{text}");
        }
        for text in [
            "Mail x@acme.example.",
            "Do not open an issue, mail x@acme.example.",
            "Do not report it in public; write to x@acme.example.",
            "Do not report vulnerabilities in issues: x@acme.example.",
            "Do not send passwords to x@acme.example.",
            "Do not use x@acme.example for questions.",
            "We used to have a form, but now it is x@acme.example.",
            "Mail x@acme.example instead of opening an issue.",
            "Reports are sent to x@acme.example, and no longer discussed in issues.",
            "Acme, formerly Umbrella: x@acme.example.",
        ] {
            assert!(!says(text), "{text}");
        }
    }
}
