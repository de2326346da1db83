//! Web Key Directory (draft-koch-openpgp-webkey-service): where a mail program looks for the key of an address.
//!
//! In goes a mail address, out come the parts its path is made of. Paths themselves are spelled elsewhere.

use sequoia_openpgp::types::HashAlgorithm;

/// z-base-32, the alphabet of RFC 6189 §5.1.6.
const ALPHABET: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

/// The file name of a local part (§3.1): z-base-32 of the SHA-1 of the ASCII-lower-cased name, 32 characters.
/// SHA-1 is no protection here, only a way to spell any name with safe letters.
pub fn hash(local: &str) -> String {
    let lower = local.to_ascii_lowercase();
    let digest = HashAlgorithm::SHA1
        .context()
        .and_then(|context| {
            let mut context = context.for_digest();
            context.update(lower.as_bytes());
            context.into_digest()
        })
        // OpenPGP v4 fingerprints are SHA-1, so every backend has it.
        .expect("SHA-1 is part of every backend");
    digest.chunks(5).flat_map(letters).collect()
}

/// Five bytes are eight letters of five bits each; 20 bytes divide without rest.
fn letters(bytes: &[u8]) -> impl Iterator<Item = char> {
    let bits = bytes.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8).rev().map(move |i| char::from(ALPHABET[(bits >> (i * 5) & 31) as usize]))
}

/// Local part and lower-cased domain of a bare address, or `None` if it has not exactly those two parts or could not
/// be a path on a host.
pub fn split(address: &str) -> Option<(&str, String)> {
    let (local, domain) = address.rsplit_once('@')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let whole = !local.is_empty()
        && !local.contains(|c: char| c == '@' || c == '<' || c == '>' || c.is_whitespace() || c.is_control())
        && !domain.is_empty()
        && domain.chars().all(plain)
        && domain.split('.').all(|label| !label.is_empty());
    whole.then(|| (local, domain.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drafts_own_example() {
        // draft-koch-openpgp-webkey-service §3.1.
        assert_eq!(hash("Joe.Doe"), "iy9q119eutrkn8s1mk4r39qejnbu3n5q");
        assert_eq!(hash("joe.doe"), hash("JOE.DOE"));
        assert_eq!(hash("").len(), 32);
    }

    #[test]
    fn an_address_has_two_parts() {
        assert_eq!(split("Security@Example.ORG"), Some(("Security", "example.org".to_owned())));
        for bad in [
            "",
            "a",
            "@example.org",
            "a@",
            "a@b@example.org",
            "a@../x",
            "a@ex ample.org",
            "a@.org",
            "<a@example.org>",
        ] {
            assert_eq!(split(bad), None, "{bad}");
        }
    }
}
