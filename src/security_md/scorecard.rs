//! The rule by which OpenSSF Scorecard grades a security policy, version 5 of its `Security-Policy` check.
//!
//! In goes the text of SECURITY.md, out come 0 to 10 points: six for an address to write to, three for words besides
//! addresses, one for two mentions of vulnerabilities, disclosure or a number of at most four digits.

use std::collections::BTreeSet;

/// The points.
pub(super) fn score(text: &str) -> u32 {
    let mut addresses = links(text);
    addresses.extend(emails(text));
    let length: usize = addresses.iter().map(|address| address.len()).sum();
    let mut points = 0;
    if !addresses.is_empty() {
        points += 6;
        if text.len() > length + 2 * addresses.len() {
            points += 3;
        }
    }
    if mentions(text) >= 2 {
        points += 1;
    }
    points
}

fn links(text: &str) -> BTreeSet<&str> {
    let inner = |c: char| c.is_ascii_alphanumeric() || "./?=_%:-".contains(c);
    let starts = text.match_indices("http").map(|(start, _)| start);
    let link = |start: usize| {
        let rest = &text[start..];
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
        let end = rest[scheme.len()..].find(|c| !inner(c)).map_or(rest.len(), |end| end + scheme.len());
        Some(&rest[..end])
    };
    starts.filter_map(link).collect()
}

fn emails(text: &str) -> BTreeSet<&str> {
    let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let email = |at: usize| {
        let start = text[..at].rfind(|c| !local(c)).map_or(0, |before| before + 1);
        let end = text[at + 1..].find(|c| !domain(c)).map_or(text.len(), |end| at + 1 + end);
        let top = text[at + 1..end].trim_end_matches('.').rsplit_once('.')?.1;
        let sound = (2..=6).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic());
        (start < at && sound).then_some(&text[start..end])
    };
    text.match_indices('@').filter_map(|(at, _)| email(at)).collect()
}

fn mentions(text: &str) -> usize {
    let lower = text.to_lowercase();
    let words = lower.matches("vuln").count() + lower.matches("disclos").count();
    // The pattern has no boundary before the number, so the last digits of a longer one count too.
    let numbers = lower.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words + numbers.filter(|word| word.ends_with(|c: char| c.is_ascii_digit())).count()
}

#[test]
fn grades_as_scorecard_does() {
    assert_eq!(score(""), 0);
    assert_eq!(score("https://example.org/security"), 6);
    assert_eq!(score("Write to security@example.org about a vulnerability."), 9);
    assert_eq!(score("Write to security@example.foundation about vulnerabilities within 90 days."), 1);
    assert_eq!(score("Report vulnerabilities to security@example.org; disclosure after 90 days."), 10);
}
