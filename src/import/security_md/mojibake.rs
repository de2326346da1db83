//! Text that was encoded twice: UTF-8 that somebody read as a one-byte encoding and saved again, so that `✅` became
//! `âœ…`. In goes text, out come the garbled places, and what was meant where every byte of it is still there.

use std::ops::Range;

use crate::value::windows_1252;

/// One garbled place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Garbled {
    /// Where it stands.
    pub range: Range<usize>,
    /// What was meant; `None` where a byte was lost.
    pub meant: Option<String>,
}

/// Where Windows-1254, the Turkish one, differs.
const TURKISH: [(char, u8); 6] =
    [('Ğ', 0xD0), ('İ', 0xDD), ('Ş', 0xDE), ('ğ', 0xF0), ('ı', 0xFD), ('ş', 0xFE)];

/// The byte that a character was, in Windows-1252 or 1254; a control character was its own.
fn byte(c: char) -> Option<u8> {
    let turkish = || TURKISH.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
    let control = || u8::try_from(u32::from(c)).ok().filter(|_| c.is_control() && !c.is_ascii());
    windows_1252::high_byte(c).or_else(turkish).or_else(control)
}

/// The garbled places, in order.
pub(super) fn find(text: &str) -> Vec<Garbled> {
    let mut found: Vec<Garbled> = Vec::new();
    let mut rest = 0;
    for (at, first) in text.char_indices() {
        if at < rest || first.is_ascii() {
            continue;
        }
        let next = match sequence(&text[at..]) {
            Some((meant, length)) => Garbled { range: at..at + length, meant: Some(meant.to_string()) },
            None if text[at..].starts_with("âŒ") || text[at..].starts_with("ï¸") => {
                let end = at + text[at..].chars().take(2).map(char::len_utf8).sum::<usize>();
                Garbled { range: at..end, meant: None }
            }
            None => continue,
        };
        rest = next.range.end;
        match found.last_mut() {
            // Characters side by side are one sign, such as an emoji and its variant selector.
            Some(Garbled { range, meant: Some(before) })
                if range.end == next.range.start && next.meant.is_some() =>
            {
                range.end = next.range.end;
                before.push_str(next.meant.as_deref().unwrap_or_default());
            }
            _ => found.push(next),
        }
    }
    found
}

/// The character that the first characters of `text` are the bytes of, and how long they are.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let lead = byte(chars.next()?)?;
    let count = match lead {
        // Two bytes are common by chance, as in `CAFÉ»`; only what is garbled Latin or Cyrillic counts.
        0xC2 | 0xC3 | 0xD0 | 0xD1 => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut length = text.chars().next()?.len_utf8();
    for c in chars.take(count - 1) {
        bytes.push(byte(c)?);
        length += c.len_utf8();
    }
    let decoded = std::str::from_utf8(&bytes).ok()?;
    let meant = decoded.chars().next().filter(|c| !c.is_control())?;
    Some((meant, length))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_what_was_encoded_twice() {
        let meant = |text: &str| find(text).into_iter().map(|garbled| garbled.meant).collect::<Vec<_>>();
        assert_eq!(meant("Implemented âœ…"), [Some("✅".to_owned())]);
        assert_eq!(meant("Planned ðŸ”œ"), [Some("🔜".to_owned())]);
        assert_eq!(meant("ğŸ›¡ safe"), [Some("🛡".to_owned())]);
        assert_eq!(meant("itâ€™s cafÃ©"), [Some("’".to_owned()), Some("é".to_owned())]);
        assert_eq!(meant("gone âŒ"), [None]);
        for sound in ["« CAFÉ»", "Größe", "✅ 日本語", "naïve — “quoted”", "Ávila", "São Paulo", "¿Qué?"]
        {
            assert_eq!(find(sound), [], "{sound}");
        }
    }
}
