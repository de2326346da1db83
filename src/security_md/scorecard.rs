//! The rule by which OpenSSF Scorecard grades a security policy, version 5 of its `Security-Policy` check.
//!
//! In goes the text of SECURITY.md, out come 0 to 10 points: six for an address to write to, three for words besides
//! addresses, one for two mentions of vulnerabilities, disclosure or a number of at most four digits.

use std::collections::BTreeSet;

/// What counts in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grade {
    /// How many different links and addresses.
    pub addresses: usize,
    /// Whether there is text besides these.
    pub text: bool,
    /// How often vulnerabilities, disclosure or a number are mentioned.
    pub mentions: usize,
}

impl Grade {
    /// The points, 0 to 10.
    pub fn points(self) -> u32 {
        u32::from(self.addresses > 0) * 6 + u32::from(self.text) * 3 + u32::from(self.mentions >= 2)
    }
}

/// Grades the text of SECURITY.md.
pub fn grade(text: &str) -> Grade {
    let mut addresses = links(text);
    addresses.extend(emails(text));
    let length: usize = addresses.iter().map(|address| address.len()).sum();
    let besides = !addresses.is_empty() && text.len() > length + 2 * addresses.len();
    Grade { addresses: addresses.len(), text: besides, mentions: mentions(text) }
}

/// Whether Scorecard looks for a policy at this path of a repository.
pub fn is_found(path: &str) -> bool {
    let path = path.to_lowercase();
    if path == "doc/security.rst" {
        return true;
    }
    let name = [".github/", "docs/"].iter().find_map(|folder| path.strip_prefix(folder)).unwrap_or(&path);
    let ending = name.strip_prefix("security.");
    ending.is_some_and(|ending| matches!(ending, "md" | "markdown" | "adoc" | "rst"))
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
    let score = |text| grade(text).points();
    assert_eq!(score(""), 0);
    assert_eq!(score("https://example.org/security"), 6);
    assert_eq!(score("Write to security@example.org about a vulnerability."), 9);
    assert_eq!(score("Write to security@example.foundation about vulnerabilities within 90 days."), 1);
    assert_eq!(score("Report vulnerabilities to security@example.org; disclosure after 90 days."), 10);
}

#[test]
fn looks_where_scorecard_does() {
    for path in
        ["SECURITY.md", ".github/SECURITY.md", "docs/security.rst", "doc/security.rst", "Security.ADOC"]
    {
        assert!(is_found(path), "{path}");
    }
    for path in ["policy/SECURITY.md", "doc/SECURITY.md", "SECURITY.txt", "docs/.github/SECURITY.md"] {
        assert!(!is_found(path), "{path}");
    }
}
