//! The name of a key: the SHA-1 of its public part, 160 bits, as OpenPGP version 4 defines it (RFC 4880 §12.2).
//!
//! In goes what a person pasted, out comes a fingerprint or an [`Invalid`]. Short key ids are refused: they can be
//! forged in seconds.

use std::fmt;
use std::str::FromStr;

use crate::value::Invalid;

/// A version 4 fingerprint. Prints as forty upper-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 20]);

impl Fingerprint {
    /// As people compare it, and as GnuPG prints it: ten groups of four digits, a wider gap in the middle.
    pub fn grouped(&self) -> String {
        let hex = self.to_string();
        let mut out = String::with_capacity(50);
        for start in (0..hex.len()).step_by(4) {
            out.push_str(match start {
                0 => "",
                20 => "  ",
                _ => " ",
            });
            out.push_str(&hex[start..start + 4]);
        }
        out
    }

    /// The URI that mail programs and QR readers understand.
    pub fn uri(&self) -> String {
        format!("openpgp4fpr:{}", self.to_string().to_ascii_lowercase())
    }

    /// `None` for keys of another version.
    pub(crate) fn from_sequoia(fingerprint: &sequoia_openpgp::Fingerprint) -> Option<Self> {
        match fingerprint {
            sequoia_openpgp::Fingerprint::V4(bytes) => Some(Self(*bytes)),
            _ => None,
        }
    }
}

impl FromStr for Fingerprint {
    type Err = Invalid;

    /// Accepts spaces, lower case, a leading `0x` and `openpgp4fpr:`.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        const HELP: &str = "write all forty hex digits, as `gpg --list-keys --with-fingerprint` prints them";
        let shown = || text.chars().take(60).flat_map(char::escape_default).collect::<String>();

        let trimmed = text.trim();
        let bare = strip_prefix_ignoring_case(trimmed, "openpgp4fpr:")
            .or_else(|| strip_prefix_ignoring_case(trimmed, "0x"))
            .unwrap_or(trimmed);
        let mut digits = Vec::with_capacity(40);
        for c in bare.chars().filter(|c| !matches!(c, ' ' | '\t' | '\u{a0}')) {
            match c.to_digit(16) {
                // A hex digit is below 16.
                Some(digit) => digits.push(digit as u8),
                None => return Err(Invalid::new(format!("`{}` is not a fingerprint", shown()), HELP)),
            }
            if digits.len() > 64 {
                break;
            }
        }
        match digits.len() {
            40 => {
                let mut bytes = [0; 20];
                for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                    *byte = pair[0] << 4 | pair[1];
                }
                Ok(Self(bytes))
            }
            8 | 16 => Err(Invalid::new(
                format!("`{}` is a short key id; anyone can make a key with the same one", shown()),
                HELP,
            )),
            64 => Err(Invalid::new(
                format!("`{}` is the fingerprint of a version 6 key, which GnuPG cannot read", shown()),
                "use a version 4 key; `secsite key new` makes one",
            )),
            n => Err(Invalid::new(
                format!("`{}` is not a fingerprint: {n} hex digits instead of forty", shown()),
                HELP,
            )),
        }
    }
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FULL: &str = "0123456789ABCDEF0123456789ABCDEF01234567";

    #[test]
    fn accepts_what_people_paste() {
        for text in [
            FULL,
            "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567",
            "0123456789abcdef0123456789abcdef01234567",
            "0x0123456789abcdef0123456789abcdef01234567",
            "OPENPGP4FPR:0123456789abcdef0123456789abcdef01234567\n",
        ] {
            assert_eq!(text.parse::<Fingerprint>().unwrap().to_string(), FULL, "{text}");
        }
    }

    #[test]
    fn short_ids_have_their_own_message() {
        for text in ["89ABCDEF", "0123456789ABCDEF", "0x89abcdef"] {
            let message = text.parse::<Fingerprint>().unwrap_err().message;
            assert!(message.contains("short key id"), "{message}");
        }
        assert!("".parse::<Fingerprint>().unwrap_err().message.contains("0 hex digits"));
        assert!("é\u{1b}x".parse::<Fingerprint>().unwrap_err().message.contains("u{1b}"));
        assert!(FULL.replace('0', "x").parse::<Fingerprint>().is_err());
    }

    #[test]
    fn groups_as_gnupg_does() {
        let fingerprint: Fingerprint = FULL.parse().unwrap();
        assert_eq!(fingerprint.grouped(), "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567");
    }

    proptest! {
        #[test]
        fn every_spelling_of_a_fingerprint_reads_back(bytes: [u8; 20]) {
            let fingerprint = Fingerprint(bytes);
            for text in [fingerprint.to_string(), fingerprint.grouped(), fingerprint.uri()] {
                prop_assert_eq!(text.parse::<Fingerprint>().unwrap(), fingerprint);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = text.parse::<Fingerprint>();
        }
    }
}
