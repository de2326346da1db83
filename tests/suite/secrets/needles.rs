//! What a leaked secret would look like: its bytes as they are, in hexadecimal, in base64, and as a list of numbers.

use sequoia_openpgp::Cert;
use sequoia_openpgp::crypto::Password;
use sequoia_openpgp::crypto::mpi;
use sequoia_openpgp::packet::key::{SecretKeyMaterial, Unencrypted};
use sequoia_openpgp::parse::Parse as _;

/// Spellings of some secrets.
pub struct Needles(Vec<(String, Vec<u8>)>);

impl Needles {
    /// The secret scalars of a key file, sealed or not, and the passphrase.
    pub fn of(file: &[u8], passphrase: Option<&str>) -> Self {
        let mut needles = Self(Vec::new());
        if let Some(words) = passphrase {
            needles.add("passphrase", words.as_bytes());
        }
        let cert = Cert::from_bytes(file).unwrap();
        for (i, key) in cert.keys().secret().enumerate() {
            match key.key().secret() {
                SecretKeyMaterial::Unencrypted(open) => needles.add_open(i, open),
                SecretKeyMaterial::Encrypted(sealed) => {
                    needles.add(&format!("sealed secret {i}"), sealed.ciphertext().unwrap());
                    let open = sealed.decrypt(key.key(), &Password::from(passphrase.unwrap())).unwrap();
                    needles.add_open(i, &open);
                }
            }
        }
        assert!(needles.0.len() >= 3 * 7, "a primary key and two subkeys");
        needles
    }

    fn add_open(&mut self, i: usize, open: &Unencrypted) {
        let scalar = open.map(|numbers| match numbers {
            mpi::SecretKeyMaterial::EdDSA { scalar } | mpi::SecretKeyMaterial::ECDH { scalar } => {
                scalar.value().to_vec()
            }
            other => panic!("{other:?} is no key of ours"),
        });
        self.add(&format!("secret {i}"), &scalar);
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let numbers = format!("{bytes:?}");
        // Twelve bytes are enough to know a secret by, and short enough to be found across a line break.
        let start = &bytes[..bytes.len().min(12)];
        let mut add = |form: &str, needle: Vec<u8>| self.0.push((format!("{name} in {form}"), needle));
        add("raw", start.to_vec());
        add("hexadecimal", hex.as_bytes()[..start.len() * 2].to_vec());
        add("capital hexadecimal", hex.to_uppercase().as_bytes()[..start.len() * 2].to_vec());
        add("numbers", numbers.as_bytes()[1..numbers.len().min(30) - 1].to_vec());
        for shift in 0..3 {
            add("base64", base64_within(start, shift));
        }
    }

    /// Nothing of it is in these bytes, nor across the line breaks of what may be armor.
    #[track_caller]
    pub fn absent_from(&self, bytes: &[u8], place: &str) {
        let whole: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\n').collect();
        if let Some(name) = self.found_in(&whole).filter(|_| bytes.len() < 1 << 16) {
            panic!("{name} is in {place}, across lines");
        }
        if let Some(name) = self.found_in(bytes) {
            panic!("{name} is in {place}: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]));
        }
    }

    /// The name of the first one that is in there.
    pub fn found_in(&self, bytes: &[u8]) -> Option<&str> {
        let holds = |needle: &[u8]| {
            let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == needle[0]);
            starts.map(|(at, _)| at).any(|at| bytes[at..].starts_with(needle))
        };
        self.0.iter().find(|(_, needle)| holds(needle)).map(|(name, _)| name.as_str())
    }
}

/// How bytes read in base64 if `shift` bytes stand before them, without the letters that depend on their neighbours.
fn base64_within(bytes: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes = [&[0; 2][..shift], bytes].concat();
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let letters = bits.chunks_exact(6).map(|six| six.iter().fold(0, |sum, bit| sum * 2 + bit));
    let letters = letters.map(|value| LETTERS[usize::from(value)]);
    letters.skip((shift * 8).div_ceil(6)).collect()
}

#[test]
fn needles_are_found() {
    assert_eq!(base64_within(b"Man is", 0), b"TWFuIGlz");
    assert_eq!(base64_within(b"n is", 2), b"uIGlz");
    let key = crate::keys::new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z");
    let needles = Needles::of(&key.secret_armored, None);
    // Armor breaks lines, and a needle may lie across a break.
    let text: Vec<u8> = key.secret_armored.iter().copied().filter(|byte| *byte != b'\n').collect();
    assert!(needles.found_in(&text).unwrap().contains("base64"));
    needles.absent_from(&key.certificate.armored(), "the certificate");
}
