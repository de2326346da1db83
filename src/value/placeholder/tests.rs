use proptest::prelude::*;

use super::find;

fn check(text: &str, expect: &str) {
    assert_eq!(find(text).map_or("", |range| &text[range]), expect, "{text:?}");
}

#[test]
fn finds_what_real_policies_forgot() {
    check("Mail security@example.com (replace with actual email)", "replace with");
    check("Replace with your contact", "Replace with");
    check("<!-- REPLACE WITH THE ADDRESS -->", "REPLACE WITH");
    check("REPLACE_WITH_EMAIL", "REPLACE_WITH");
    check("Reviewed: [INSERT DATE]", "[INSERT");
    check("Write to <SECURITY_CONTACT>.", "<SECURITY_CONTACT>");
    check("Write to [SECURITY_EMAIL].", "[SECURITY_EMAIL]");
    check("PGP key: to be configured", "to be configured");
    check("your-email@host.example", "your-email");
    check("security@yourdomain.com", "yourdomain");
    check("[Your Organization]", "[Your ");
    check("TODO: write this", "TODO");
    check("TODO", "TODO");
    check("a\n  TODO\nb", "TODO");
    check("[TODO]", "TODO");
    check("security@example.org (if available)", "(if available)");
    check("é TODO: ü [INSERT", "TODO");
    check("Mail **security@example.com** (update with actual email)", "(update with actual");
    check("Mail admin@example.com (update this email)", "(update this email");
    check("Mail security@example.com (change to your address)", "(change to your");
    check("Email: [Add your security email]", "[Add your ");
    check("Email: security@example.com (configure)", "(configure)");
    check("Reports go to security@example.org (to be set up)", "(to be set up)");
    check("For security matters: security@example.com (dummy address).", "(dummy address)");
    check("Send details to [security contact email]", "[security contact email]");
    check("**PGP Key**: [Key Fingerprint]", "[Key Fingerprint]");
    check("PGP key: https://example.org/key\n   Fingerprint: XXXX XXXX XXXX XXXX XXXX", "XXXX XXXX XXXX");
}

#[test]
fn leaves_honest_sentences_alone() {
    for text in [
        "Include a proof of concept (if available).",
        "A proof of concept (if available)",
        "1. Steps to reproduce (if available)\n2. Affected versions",
        "[SECURITY] <Project Name>: <Vulnerability Class>",
        "The parser should replace with a bounded copy what was a plain one.",
        "Replace `strcpy` with `strlcpy`.",
        "A cross-site scripting flaw in the TODO list of the dashboard",
        "`Vec<MAX_SIZE>` and `[u8; BUF_LEN]` and arr[MAX_LEN]",
        "Report a security issue to security@example.org.",
        "Set `your` own limit.",
        "mastodon",
        "The tracker (to be set up) and the wiki (change this if needed) are public.",
        "(update with your package manager)",
        "Mail the [security contact](mailto:security@example.org) or the [team][security email].",
        "Mail the [security email].\n\n[security email]: mailto:security@example.org",
        "A card number such as XXXX XXXX XXXX 1234 was logged.",
        "",
    ] {
        check(text, "");
    }
}

proptest! {
    #[test]
    fn ranges_lie_on_characters(text in "([<\\[({é ]|replace[ _]with|TODO|:|[A-Z]{1,3}_[A-Z]{1,3}|[>\\])}]|@a\\.b|\\(if available\\)|insert|your ){0,12}") {
        if let Some(range) = find(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }
}

#[test]
fn every_phrase_is_found_in_any_case() {
    let words = super::WORDS.iter().flat_map(|(word, phrases)| phrases.iter().map(|it| (word.needle(), *it)));
    for (begins, phrase) in super::BRACKETED.iter().map(|it| (&it.as_bytes()[..1], *it)).chain(words) {
        assert!(phrase.as_bytes().starts_with(begins) && (phrase.len() > 1), "{phrase}");
        assert!(begins.len() > 1 || b"[<{(".contains(&begins[0]), "{phrase}");
        assert_eq!(find(&format!("so {} it", phrase.to_uppercase())), Some(3..3 + phrase.len()), "{phrase}");
    }
}
