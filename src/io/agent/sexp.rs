//! The agent's signature, a canonical S-expression of libgcrypt.
//!
//! In go the bytes that PKSIGN gave, out come the numbers. There is one way to write each signature:
//! `(7:sig-val(3:rsa(1:s256:…)))`, or with `5:ecdsa` or `5:eddsa` and both `(1:r32:…)(1:s32:…)`. Whatever else is in there
//! makes it none.

use crate::openpgp::RawSignature;

/// The largest number in a signature, in bytes: RSA of 16,384 bits, far past what we accept as a key.
const LARGEST: usize = 2048;

/// The largest S-expression that can be a signature.
pub(super) const LONGEST: usize = LARGEST + 128;

/// Reads a signature.
pub(super) fn signature(bytes: &[u8]) -> Option<RawSignature> {
    let mut rest = Rest(bytes);
    rest.open("sig-val")?;
    rest.byte(b'(')?;
    let signature = match rest.atom()? {
        b"rsa" => RawSignature::Rsa { s: rest.number("s")? },
        b"eddsa" => RawSignature::EdDsa { r: rest.number("r")?, s: rest.number("s")? },
        b"ecdsa" => RawSignature::EcDsa { r: rest.number("r")?, s: rest.number("s")? },
        _ => return None,
    };
    rest.byte(b')')?;
    rest.byte(b')')?;
    rest.0.is_empty().then_some(signature)
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn byte(&mut self, wanted: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[wanted])?;
        Some(())
    }

    /// Bytes behind their length.
    fn atom(&mut self) -> Option<&'a [u8]> {
        let colon = self.0.iter().take(6).position(|&byte| byte == b':')?;
        let (digits, rest) = (&self.0[..colon], &self.0[colon + 1..]);
        if !digits.iter().all(u8::is_ascii_digit) || (digits.len() > 1 && digits[0] == b'0') {
            return None;
        }
        let length: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
        let (atom, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(atom)
    }

    fn open(&mut self, name: &str) -> Option<()> {
        self.byte(b'(')?;
        (self.atom()? == name.as_bytes()).then_some(())
    }

    fn number(&mut self, name: &str) -> Option<Vec<u8>> {
        self.open(name)?;
        let number = self.atom().filter(|number| !number.is_empty() && number.len() <= LARGEST)?;
        self.byte(b')')?;
        Some(number.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EDDSA: &[u8] = b"(7:sig-val(5:eddsa(1:r3:a)b)(1:s2:\x00\xff)))";

    #[test]
    fn the_three_kinds_are_read() {
        let (r, s) = (b"a)b".to_vec(), b"\x00\xff".to_vec());
        assert_eq!(signature(EDDSA), Some(RawSignature::EdDsa { r: r.clone(), s: s.clone() }));
        let ecdsa = b"(7:sig-val(5:ecdsa(1:r3:a)b)(1:s2:\x00\xff)))";
        assert_eq!(signature(ecdsa), Some(RawSignature::EcDsa { r, s }));
        assert_eq!(signature(b"(7:sig-val(3:rsa(1:s1:x)))"), Some(RawSignature::Rsa { s: b"x".to_vec() }));
    }

    #[test]
    fn everything_else_is_no_signature() {
        for cut in 0..EDDSA.len() {
            assert_eq!(signature(&EDDSA[..cut]), None, "{cut}");
        }
        for bad in [
            &b"(7:sig-val(3:rsa(1:s1:x))) "[..],
            b"(7:sig-val(3:rsa(1:s1:x)(1:t1:y)))",
            b"(7:sig-val(3:rsa(1:s0:)))",
            b"(7:sig-val(3:rsa(1:s01:x)))",
            b"(7:sig-val(3:rsa(1:s99999:x)))",
            b"(7:sig-val(3:rsa(1:s999999999999999999999:x)))",
            b"(7:sig-val(3:rsa(1:s-1:x)))",
            b"(7:sig-val(3:rsa(1:s:x)))",
            b"(7:sig-val(3:dsa(1:r1:x)(1:s1:x)))",
            b"(7:sig-val(5:eddsa(1:s1:x)(1:r1:x)))",
            b"(sig-val (rsa (s \"x\")))",
        ] {
            assert_eq!(signature(bad), None, "{}", String::from_utf8_lossy(bad));
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in "[()0-9:a-z]{0,60}") {
            let _ = signature(bytes.as_bytes());
            let _ = signature(&[b"(7:sig-val(5:eddsa", bytes.as_bytes()].concat());
        }
    }
}
