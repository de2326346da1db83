//! Keys that the text speaks of where no [[key]] is: offered, linked, or left blank.

use std::ops::Range;

use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::Block;
use crate::rules::key as rules;
use crate::site::lint::Subject;
use crate::site::lint::prose::{Told, labelled};
use crate::site::lint::words::sentence;

/// What promises a certificate to encrypt to.
const OFFERS: [&str; 8] = [
    "our pgp key",
    "our gpg key",
    "our openpgp key",
    "pgp key available",
    "gpg key available",
    "encrypt your report",
    "encrypt your e-mail",
    "encrypt your email",
];

/// The rules that look at lines, and at the policy as a whole.
pub(in crate::site::lint) fn check(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    // Where there is a [[key]], its own rules speak of it.
    if subject.policy.keys.is_empty() {
        key_blank(subject, told, diags);
        if !told.iter().any(|told| has_fingerprint(told.text.source)) {
            key_offered(subject, told, diags);
            key_no_fingerprint(subject, told, diags);
        }
    }
}

/// The first words of a text that offer a certificate, and the block that they stand in.
fn offer<'t>(told: &'t Told<'_>) -> Option<(&'t Block, Range<usize>)> {
    told.blocks.iter().find_map(|block| {
        let lower = told.words(block.range.clone()).to_ascii_lowercase();
        let offers = OFFERS.iter().filter_map(|offer| lower.find(offer).map(|at| at..at + offer.len()));
        let part =
            offers.min_by_key(|part| part.start).filter(|part| !is_denied(sentence(&lower, part.start)))?;
        Some((block, block.range.start + part.start..block.range.start + part.end))
    })
}

/// `key-missing`, where a certificate is offered and nothing leads to it.
fn key_offered(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    for told in told {
        let Some((_, part)) = offer(told).filter(|(block, _)| !told.leads(block)) else { continue };
        let message = format!("`{}` is said, and there is no [[key]]", &told.text.source[part.clone()]);
        let help = "export the certificate into `keys/` and name it in a [[key]], or take the words out";
        diags.push(rules::KEY_MISSING.at(told.span(part, subject), message).help(help));
    }
}

/// `key-missing`, where a line has a place for a key and nothing in it: `PGP Key: [If applicable]`.
fn key_blank(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    for told in told {
        for block in &told.blocks {
            for (at, line) in told.lines(block) {
                let Some((label, begins, value)) = labelled(line) else { continue };
                if is_key(label) && is_blank(value) {
                    let message = format!("`{}` stands where a key should", short(value, 40));
                    let help =
                        "export the certificate into `keys/` and name it in a [[key]], or take the line out";
                    let part = at + begins..at + begins + value.len();
                    diags.push(rules::KEY_MISSING.at(told.span(part, subject), message).help(help));
                }
            }
        }
    }
}

fn is_key(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let named = ["pgp", "gpg", "encryption key", "public key"].iter().any(|name| lower.contains(name));
    named && label.split_whitespace().count() <= 5
}

/// A bracket that is no link, or a word for "later".
fn is_blank(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let bracketed = [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(open, close)| {
        let inner = lower.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains(['[', ']', ':', '@', '/']) && !inner.is_empty())
    });
    let later =
        ["tbd", "tba", "coming soon", "if applicable", "to be added", "to be published", "to be announced"];
    let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
    bracketed && !lower.chars().any(|c| c.is_ascii_digit()) || later.contains(&plain)
}

fn key_no_fingerprint(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    let mut found = None;
    for told in told {
        let linked = || offer(told).filter(|(block, _)| told.leads(block)).map(|(_, part)| part);
        found = found.or_else(|| Some((told.text, certificate(told).or_else(linked)?)));
    }
    let Some((text, part)) = found else { return };
    let message = "a key is given, and no fingerprint tells whether it is the right one";
    let help = "put the certificate into `keys/` and name it in a [[key]] with its `fingerprint`";
    diags.push(rules::KEY_NO_FINGERPRINT.at(text.span(part, subject), message).help(help));
}

/// Where a text holds a certificate, or the address of one.
fn certificate(told: &Told<'_>) -> Option<Range<usize>> {
    const ARMOR: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    let source = told.text.source;
    if let Some(at) = source.find(ARMOR) {
        return Some(at..at + ARMOR.len());
    }
    told.blocks.iter().find_map(|block| {
        let words = told.words(block.range.clone());
        let lower = words.to_ascii_lowercase();
        let about = ["pgp", "gpg"].iter().any(|name| lower.contains(name)) && lower.contains("key");
        let mut start = 0;
        let addresses = lower.split(|c: char| c.is_whitespace() || "()<>[]\"'".contains(c)).map(|word| {
            let at = start;
            start += word.len() + 1;
            (at, word.trim_end_matches(['.', ',', ';', ':']))
        });
        let mut addresses = addresses.filter(|_| about);
        let (at, word) = addresses.find(|(_, word)| is_certificate(word))?;
        Some(block.range.start + at..block.range.start + at + word.len())
    })
}

/// `https://example.org/security.asc`, `/pks/lookup?op=get&search=…`; a detached signature of a release is none.
fn is_certificate(word: &str) -> bool {
    let path = word.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let signs =
        [".tar", ".zip", ".gz", ".xz", ".txt", ".jar", ".exe", ".sum"].iter().any(|end| file.contains(end));
    let certificate = [".asc", ".gpg", ".pgp"]
        .iter()
        .any(|end| file.strip_suffix(end).is_some_and(|stem| !stem.is_empty()));
    certificate && !signs || word.contains("/pks/lookup?")
}

/// 40 hexadecimal digits, in groups or not.
fn has_fingerprint(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            c if c.is_ascii_hexdigit() => digits += 1,
            ' ' | '\u{a0}' | ':' | '\n' | '`' if digits > 0 => {}
            _ => digits = 0,
        }
        if digits == 40 {
            return true;
        }
    }
    false
}

/// "We have no PGP key" offers nothing.
fn is_denied(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|word| matches!(word, "no" | "not" | "never" | "without" | "cannot") || word.ends_with("n't"))
}

#[cfg(test)]
mod tests {
    use super::{has_fingerprint, is_blank, is_certificate, is_key};

    #[test]
    fn places_for_a_key_are_told_from_keys() {
        assert!(is_key("PGP Key") && !is_key("If you have no PGP key, write to us at"));
        for value in ["[If applicable]", "<fingerprint here>", "TBD", "Coming soon!"] {
            assert!(is_blank(value), "{value}");
        }
        for value in
            ["[key](keys/a.asc)", "[a@b.example]", "<https://example.org/a.asc>", "none", "[E9C0 59EC]", ""]
        {
            assert!(!is_blank(value), "{value}");
        }
    }

    #[test]
    fn certificates_and_fingerprints_are_seen() {
        assert!(is_certificate("https://example.org/security.asc") && is_certificate("keys/team.gpg"));
        assert!(
            !is_certificate("https://example.org/a.tar.gz.asc") && !is_certificate("https://example.org/asc")
        );
        assert!(has_fingerprint("E9C0 59EC 0D32 64FA B35F  94AD 465B F9F6 F8EB 475A"));
        assert!(!has_fingerprint("0xF8EB475A is a dead beef"));
    }
}
