//! What a section is about, by the words of its heading: in goes a heading, in any of a dozen languages, out comes one of
//! the kinds that policies share, or none. A heading that could mean several things means nothing here.

/// The kinds of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Supported versions.
    Support,
    /// How to report.
    Reporting,
    /// What a report should hold.
    Include,
    /// What happens then, and when.
    Response,
    /// When what becomes public.
    Disclosure,
    /// What counts as a vulnerability.
    InScope,
    /// What does not.
    OutOfScope,
    /// Both.
    Scope,
    /// What researchers may do.
    SafeHarbor,
    /// Rewards.
    Bounty,
    /// Addresses.
    Contact,
    /// OpenPGP.
    Keys,
    /// Where advisories appear.
    Announce,
    /// How severity is graded.
    Severity,
    /// People who are thanked.
    Thanks,
    /// Known weaknesses.
    Limitation,
    /// Audits.
    Audit,
    /// Advice to users and developers: nothing in it is promised to reporters.
    Practices,
}

/// Words and their kind; the first that a heading holds decides, so the longer stand before the shorter.
const WORDS: &[(&str, Kind)] = &[
    ("out of scope", Kind::OutOfScope),
    ("out-of-scope", Kind::OutOfScope),
    ("not in scope", Kind::OutOfScope),
    ("non-qualifying", Kind::OutOfScope),
    ("not qualify", Kind::OutOfScope),
    ("exclusion", Kind::OutOfScope),
    ("non-issue", Kind::OutOfScope),
    ("not a vulnerability", Kind::OutOfScope),
    ("not considered", Kind::OutOfScope),
    ("in scope", Kind::InScope),
    ("in-scope", Kind::InScope),
    ("qualifying", Kind::InScope),
    ("scope", Kind::Scope),
    ("safe harbo", Kind::SafeHarbor),
    ("safe-harbo", Kind::SafeHarbor),
    ("legal", Kind::SafeHarbor),
    ("bounty", Kind::Bounty),
    ("bounties", Kind::Bounty),
    ("reward", Kind::Bounty),
    ("compensation", Kind::Bounty),
    ("hall of fame", Kind::Thanks),
    ("acknowledgment", Kind::Thanks),
    ("acknowledgement", Kind::Thanks),
    ("recognition", Kind::Thanks),
    ("credit", Kind::Thanks),
    ("thanks", Kind::Thanks),
    ("limitation", Kind::Limitation),
    ("known risk", Kind::Limitation),
    ("caveat", Kind::Limitation),
    ("security concern", Kind::Limitation),
    ("best practice", Kind::Practices),
    ("security practices", Kind::Practices),
    ("hardening", Kind::Practices),
    ("recommendation", Kind::Practices),
    ("guideline", Kind::Practices),
    ("considerations", Kind::Practices),
    ("security feature", Kind::Practices),
    ("security measure", Kind::Practices),
    ("security testing", Kind::Practices),
    ("scanning", Kind::Practices),
    ("dependenc", Kind::Practices),
    ("resources", Kind::Practices),
    ("compliance", Kind::Practices),
    ("configuration", Kind::Practices),
    ("audit", Kind::Audit),
    ("what to include", Kind::Include),
    ("to include", Kind::Include),
    ("required evidence", Kind::Include),
    ("required information", Kind::Include),
    ("information to", Kind::Include),
    ("report content", Kind::Include),
    ("good report", Kind::Include),
    ("what to send", Kind::Include),
    ("what to expect", Kind::Response),
    ("response", Kind::Response),
    ("sla", Kind::Response),
    ("timeline", Kind::Response),
    ("handling", Kind::Response),
    ("triage", Kind::Response),
    ("レスポンス", Kind::Response),
    ("대응", Kind::Response),
    ("disclosure policy", Kind::Disclosure),
    ("disclosure timeline", Kind::Disclosure),
    ("responsible disclosure", Kind::Disclosure),
    ("coordinated", Kind::Disclosure),
    ("embargo", Kind::Disclosure),
    ("公開", Kind::Disclosure),
    ("공개", Kind::Disclosure),
    ("severity", Kind::Severity),
    ("pgp", Kind::Keys),
    ("gpg", Kind::Keys),
    ("security keys", Kind::Keys),
    ("advisories", Kind::Announce),
    ("announce", Kind::Announce),
    ("notification", Kind::Announce),
    ("receiving", Kind::Announce),
    ("unsupported version", Kind::Support),
    ("supported", Kind::Support),
    ("version support", Kind::Support),
    ("support policy", Kind::Support),
    ("maintained", Kind::Support),
    ("maintenance", Kind::Support),
    ("lifecycle", Kind::Support),
    ("soportad", Kind::Support),
    ("suportad", Kind::Support),
    ("supportée", Kind::Support),
    ("prises en charge", Kind::Support),
    ("prise en charge", Kind::Support),
    ("unterstützt", Kind::Support),
    ("поддержива", Kind::Support),
    ("支持", Kind::Support),
    ("サポート", Kind::Support),
    ("지원", Kind::Support),
    ("how to report", Kind::Reporting),
    ("report", Kind::Reporting),
    ("disclos", Kind::Reporting),
    ("submit", Kind::Reporting),
    ("signal", Kind::Reporting),
    ("melden", Kind::Reporting),
    ("meldung", Kind::Reporting),
    ("relatar", Kind::Reporting),
    ("reportar", Kind::Reporting),
    ("сообщ", Kind::Reporting),
    ("报告", Kind::Reporting),
    ("報告", Kind::Reporting),
    ("보고", Kind::Reporting),
    ("제보", Kind::Reporting),
    ("contact", Kind::Contact),
    ("kontakt", Kind::Contact),
    ("contato", Kind::Contact),
    ("contacto", Kind::Contact),
    ("контакт", Kind::Contact),
    ("联系", Kind::Contact),
    ("連絡", Kind::Contact),
    ("연락", Kind::Contact),
    ("emergency", Kind::Response),
];

/// The kind of a section with this heading.
pub(super) fn kind(heading: &str) -> Option<Kind> {
    let lower = heading.to_lowercase();
    let found = WORDS.iter().find(|(word, _)| contains(&lower, word));
    found.map(|(_, kind)| *kind)
}

/// Whether a word begins there: `sla` is not in "translations", but `limitation` is in "limitations".
fn contains(text: &str, word: &str) -> bool {
    let begins = |at: usize| !word.is_ascii() || !text[..at].ends_with(|c: char| c.is_alphanumeric());
    let ends =
        |at: usize| word.len() > 3 || !text[at + word.len()..].starts_with(|c: char| c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| begins(at) && ends(at))
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn headings_are_known_in_many_languages() {
        for (heading, expect) in [
            ("Supported Versions", Some(Kind::Support)),
            ("🔒 Reporting a Vulnerability / 報告方法", Some(Kind::Reporting)),
            ("Versões suportadas", Some(Kind::Support)),
            ("Unterstützte Versionen", Some(Kind::Support)),
            ("サポート対象バージョン", Some(Kind::Support)),
            ("3. Out of Scope (Invalid Reports)", Some(Kind::OutOfScope)),
            ("Responsible Disclosure", Some(Kind::Disclosure)),
            ("Disclosing a problem", Some(Kind::Reporting)),
            ("Translations", None),
            ("Architecture", None),
        ] {
            assert_eq!(kind(heading), expect, "{heading}");
        }
    }
}
