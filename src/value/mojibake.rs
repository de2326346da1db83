//! UTF-8 that was read as a Western code page and saved again: `â€™` for an apostrophe, `Ã¼` for ü.
//!
//! In goes any text, out come the stretches that no language writes so, and what was meant where that can be told. A
//! miss is a sign that stays ugly, a false alarm stops a build; so only pairs that begin such a stretch and nothing
//! else are looked for.

use std::ops::Range;

use super::windows_1252;

/// One garbled stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What was meant, where no byte of it was lost.
    pub meant: Option<String>,
}

/// The first stretch at or after `from`.
pub fn find(text: &str, from: usize) -> Option<Found> {
    let rest = text.get(from..)?;
    // Most texts are done with here.
    if rest.is_ascii() {
        return None;
    }
    let mut chars = rest.char_indices().peekable();
    while let Some((at, first)) = chars.next() {
        if first.is_ascii() {
            continue;
        }
        if let Some((_, second)) = chars.peek()
            && is_garbled(first, *second, &rest[at..])
        {
            return Some(stretch(text, from + at));
        }
    }
    None
}

/// Whether two characters begin a garbled sign. Pairs that end a word before a closing quotation mark, such as `É»`,
/// are none of these.
fn is_garbled(first: char, second: char, rest: &str) -> bool {
    match first {
        // Punctuation and signs of U+2000 to U+2BFF.
        'â' => {
            matches!(second, '€' | '†' | 'ˆ' | '‰' | 'Œ' | 'š' | 'œ' | 'ž' | '\u{80}'..='\u{9f}' | '\u{ad}')
        }
        // Emoji, also in the Turkish code page.
        'ð' | 'ğ' => matches!(second, 'Ÿ' | '\u{9f}'),
        // Letters of Western Europe.
        'Ã' => {
            matches!(second, '\u{a1}'..='\u{aa}' | '\u{ac}'..='\u{ba}' | '\u{bc}'..='\u{bf}' | 'œ' | 'Ÿ' | '‰')
        }
        // Signs of Latin-1.
        'Â' => matches!(second, '\u{a0}' | '£' | '§' | '©' | '®' | '°' | '·'),
        // A byte order mark, and the selector after many an emoji.
        'ï' => second == '¸' || rest.starts_with("ï»¿"),
        // The apostrophe, dash and quotation marks, by way of the Macintosh.
        '‚' => second == 'Ä',
        _ => false,
    }
}

/// The whole run of what may be garbled, and its meaning.
fn stretch(text: &str, start: usize) -> Found {
    let length: usize = text[start..].chars().take_while(|c| !c.is_ascii()).map(char::len_utf8).sum();
    let run = &text[start..start + length];
    let bytes: Option<Vec<u8>> = run.chars().map(windows_1252::high_byte).collect();
    let meant = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    Found { range: start..start + length, meant: meant.filter(|meant| !meant.contains(char::is_control)) }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_and_mends() {
        let check = |text: &str, meant: Option<&str>| {
            let found = find(text, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.meant.as_deref(), meant, "{text}");
        };
        check("donâ€™t", Some("’"));
        check("âœ… Implemented", Some("✅"));
        check("ðŸ”œ Planned", Some("🔜"));
        check("MÃ¼ller", Some("ü"));
        check("Â© 2026", Some("©"));
        check("itâ€\u{9d}s", Some("”"));
        check("âŒ", None);
        check("ğŸ›¡ï¸", None);
        check("don‚Äôt", None);
    }

    #[test]
    fn languages_are_let_be() {
        for text in [
            "",
            "plain",
            "«CAFÉ» und »GRÜ«, “café”—",
            "Größe, naïve, âge, château, IRMÃ, ANÃ»",
            "Ăn uống, ğ, ðu, það",
            "→ ✅ 🔜 日本語 русский",
            "10 °C · ½ © 2026",
        ] {
            assert_eq!(find(text, 0), None, "{text}");
        }
    }
}
