//! Characters that show nothing and change what is read: the one list of them.
//!
//! In goes a character, out comes what it does. Who may not hold which of these is decided where it is asked:
//! a title none ([`super::line`]), prose those that scripts and emoji need, a terminal none. The byte order mark, the
//! direction controls (UAX #9) and the tags (U+E0000) are named by Unicode TR 36; noncharacters by HTML §13.2.3.5.

/// What a hidden character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// A control of C0, C1 or DEL, tab and line ends among them.
    Control,
    /// It turns or isolates the direction of what follows, or ends a line.
    Direction,
    /// It has no width and no use in words.
    Invisible,
    /// It has no width, and words or emoji of some scripts are made with it.
    Joiner,
    /// It can never stand for anything.
    Noncharacter,
}

/// What `c` does, if it is hidden.
pub fn hidden(c: char) -> Option<Hidden> {
    if c.is_ascii_graphic() || c == ' ' {
        return None;
    }
    match c {
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(Hidden::Control),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            Some(Hidden::Direction)
        }
        '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => {
            Some(Hidden::Invisible)
        }
        '\u{ad}' | '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{e0000}'..='\u{e007f}' => Some(Hidden::Joiner),
        '\u{fdd0}'..='\u{fdef}' => Some(Hidden::Noncharacter),
        _ => (u32::from(c) & 0xfffe == 0xfffe).then_some(Hidden::Noncharacter),
    }
}

#[cfg(test)]
mod tests {
    use super::{Hidden, hidden};

    #[test]
    fn each_has_its_kind() {
        let check = |c, kind| assert_eq!(hidden(c), kind, "U+{:04X}", u32::from(c));
        check('a', None);
        check('ü', None);
        check('日', None);
        check('\t', Some(Hidden::Control));
        check('\u{85}', Some(Hidden::Control));
        check('\u{202e}', Some(Hidden::Direction));
        check('\u{200b}', Some(Hidden::Invisible));
        check('\u{200d}', Some(Hidden::Joiner));
        check('\u{10ffff}', Some(Hidden::Noncharacter));
    }
}
