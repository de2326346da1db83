//! Windows-1252, the code page of Western Europe that most garbled text has passed through.
//!
//! In goes a byte or a character, out comes the other. Text is never judged here.

/// 0x80 to 0x9F; the five places that the code page leaves open are the control characters of Latin-1.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The character that a byte stands for.
pub fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte from 0x80 that stands for a character; `None` for ASCII, and where the code page has none.
pub fn high_byte(character: char) -> Option<u8> {
    match u32::from(character) {
        code @ 0xa0..=0xff => u8::try_from(code).ok(),
        _ => HIGH.iter().position(|high| *high == character).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::{character, high_byte};

    #[test]
    fn there_and_back() {
        for byte in 0x80..=0xff {
            assert_eq!(high_byte(character(byte)), Some(byte));
        }
        assert_eq!((character(b'a'), high_byte('a')), ('a', None));
        assert_eq!((high_byte('\u{80}'), high_byte('ğ')), (None, None));
    }
}
