//! Keys that are spoken of in words: whether they are there, and named so that nobody can be fooled.

pub(super) mod told;

use std::ops::Range;

use super::Subject;
use super::prose::Text;
use super::words::{MOST, hosts};
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::key::{Available, Purpose};
use crate::rules::key as rules;

/// Servers that no longer answer, or that no longer learn of revocations.
const RETIRED: [&str; 6] = [
    "keybase.io",
    "keys.gnupg.net",
    "pgp.mit.edu",
    "pool.sks-keyservers.net",
    "sks-keyservers.net",
    "zimmermann.mayfirst.org",
];

/// All rules about keys that need words, not certificates.
pub(super) fn check(subject: &Subject<'_>, texts: &[Text<'_>], diags: &mut Diagnostics) {
    key_missing(subject, diags);
    for text in texts {
        if text.policy {
            short_key_id(text, subject, diags);
        }
        retired_key_server(text, subject, diags);
    }
}

fn key_missing(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let policy = subject.policy;
    let named =
        |id: &str| policy.contacts.iter().any(|c| c.key.as_ref().is_some_and(|key| key.as_str() == id));
    for key in policy.keys.iter().filter(|key| key.available != Available::Published) {
        if key.purposes.contains(&Purpose::Encrypt) || named(key.id.as_str()) {
            let message =
                format!("the key `{}` is offered for encryption and not published", key.id.as_str());
            let help =
                "export it into `keys/`, write `file` and `fingerprint`, and `available = \"published\"`";
            diags.push(rules::KEY_MISSING.at(key.id.span, message).help(help));
        }
    }
}

fn short_key_id(text: &Text<'_>, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let (mut at, mut left) = (0, MOST);
    for line in text.source.split_inclusive('\n') {
        if let Some(part) = short_id(line).filter(|_| left > 0) {
            left -= 1;
            let message = format!(
                "`{}` is a short id, of which there can be many keys",
                short(&line[part.clone()], 20)
            );
            let help = "write the fingerprint, 40 digits or more: `gpg --fingerprint` prints it";
            let span = text.span(part.start + at..part.end + at, subject);
            diags.push(rules::SHORT_KEY_ID.at(span, message).help(help));
        }
        at += line.len();
    }
}

/// 8 or 16 hexadecimal digits on a line that is about a key and has no whole fingerprint beside them.
fn short_id(line: &str) -> Option<Range<usize>> {
    let lower = line.to_ascii_lowercase();
    let about = ["pgp", "gpg", "key id", "keyid", "key-id", "0x"].iter().any(|word| lower.contains(word));
    if !about {
        return None;
    }
    let hex = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut found = None;
    let mut fingerprint = 0;
    for part in words(line) {
        let word = &line[part.clone()];
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        if !hex(digits) {
            continue;
        }
        // A fingerprint may be one word, or ten groups of four.
        fingerprint += digits.len();
        let prefixed = digits.len() < word.len();
        // Eight letters may be a word, and eight digits a date; a key id has both, or `0x` before it.
        let mixed =
            digits.bytes().any(|b| b.is_ascii_digit()) && digits.bytes().any(|b| b.is_ascii_alphabetic());
        if matches!(digits.len(), 8 | 16) && (prefixed || mixed) {
            found.get_or_insert(part);
        }
    }
    // `0xDEADBEEF` alone is an address in memory.
    let keyed = ["pgp", "gpg", "key"].iter().any(|word| lower.contains(word));
    found.filter(|_| fingerprint < 40 && keyed)
}

/// Runs of ASCII letters and digits.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_alphanumeric)?;
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        at = start + length;
        Some(start..at)
    })
}

fn retired_key_server(text: &Text<'_>, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let lower = text.source.to_ascii_lowercase();
    let mut from = 0;
    for (at, host) in hosts(&lower, &RETIRED).into_iter().take(MOST) {
        // `pool.sks-keyservers.net` is found by its last part too.
        if at < from {
            continue;
        }
        from = at + host.len();
        let message = format!("the key server `{host}` is no longer kept");
        let help = "link to `/keys/` of this portal, or to https://keys.openpgp.org/";
        diags.push(rules::RETIRED_KEY_SERVER.at(text.span(at..from, subject), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::short_id;

    #[test]
    fn short_ids_are_told_from_fingerprints_and_addresses() {
        let found = |line: &str| short_id(line).map(|part| line[part].to_owned());
        assert_eq!(found("PGP key 0x1234ABCD").as_deref(), Some("0x1234ABCD"));
        assert_eq!(found("PGP‑Schlüssel “0x1234ABCD” – ü").as_deref(), Some("0x1234ABCD"));
        assert_eq!(found("our GPG key id is F6F8EB475A1B2C3D").as_deref(), Some("F6F8EB475A1B2C3D"));
        for line in [
            "PGP: E9C0 59EC 0D32 64FA B35F 94AD 465B F9F6 F8EB 475A",
            "PGP key 0xF8EB475A (E9C059EC0D3264FAB35F94AD465BF9F6F8EB475A)",
            "writes 0xDEADBEEF past the end",
            "PGP key since 20260101",
            "PGP-Schlüssel für 日本語 – ohne Nummer",
            "the key is defaced",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
