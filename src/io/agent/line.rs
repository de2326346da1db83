//! Lines of the Assuan protocol, which gpg-agent speaks.
//!
//! In goes one line of the agent, out comes what it means, or that it means nothing; and the reverse, text escaped so
//! that it stays on its line. (Assuan manual, "Server responses" and "Client requests".)

/// The longest line without its end, in bytes (Assuan manual, "Implementation").
pub(super) const LONGEST: usize = 1000;

/// What the agent says in one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Done.
    Ok,
    /// Not done: libgpg-error's number, and words.
    Err(u32, Vec<u8>),
    /// A piece of the result.
    Data(Vec<u8>),
    /// News that may be ignored.
    Status(String),
    /// A remark.
    Comment,
    /// A question to us, by its keyword.
    Inquire(String),
}

impl Line {
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        if line.first() == Some(&b'#') {
            return Some(Self::Comment);
        }
        let end = line.iter().position(|&byte| byte == b' ').unwrap_or(line.len());
        let (word, rest) = (&line[..end], line.get(end + 1..).unwrap_or_default());
        match word {
            b"OK" => Some(Self::Ok),
            b"D" => unescape(rest).map(Self::Data),
            b"S" => Some(Self::Status(String::from_utf8_lossy(rest).into_owned())),
            b"ERR" => {
                let end = rest.iter().position(|&byte| byte == b' ').unwrap_or(rest.len());
                let number = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
                Some(Self::Err(number, rest.get(end + 1..).unwrap_or_default().to_vec()))
            }
            b"INQUIRE" => {
                let keyword = rest.split(|&byte| byte == b' ').next().unwrap_or_default();
                Some(Self::Inquire(String::from_utf8_lossy(keyword).into_owned()))
            }
            _ => None,
        }
    }
}

/// Undoes `%0A`; a lone `%` is no data line.
fn unescape(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            other => other,
        });
    }
    Some(bytes)
}

/// The words of a prompt as the argument of SETKEYDESC: blanks become `+`, and pinentry undoes the rest. Between the two
/// the agent looks for codes of its own, such as `%C`; so no byte beyond ASCII is escaped, whose code could be one. What
/// does not fit on a line is cut off.
pub(super) fn prompt(text: &str) -> Vec<u8> {
    let mut escaped = Vec::new();
    for c in text.chars() {
        let mut piece = Vec::new();
        match c {
            ' ' => piece.push(b'+'),
            '%' | '+' | '"' => piece.extend(format!("%{:02X}", u32::from(c)).bytes()),
            '\n' => piece.extend(b"%0A"),
            c if c.is_control() => piece.push(b'+'),
            c => piece.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
        if escaped.len() + piece.len() > LONGEST - 50 {
            break;
        }
        escaped.extend(piece);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_kind_of_line_is_known() {
        assert_eq!(Line::parse(b"OK Pleased to meet you"), Some(Line::Ok));
        assert_eq!(Line::parse(b"OK"), Some(Line::Ok));
        assert_eq!(
            Line::parse(b"ERR 67108949 No pinentry <GPG Agent>"),
            Some(Line::Err(67_108_949, b"No pinentry <GPG Agent>".to_vec()))
        );
        assert_eq!(Line::parse(b"D a%25%0Ab%0d"), Some(Line::Data(b"a%\nb\r".to_vec())));
        assert_eq!(Line::parse(b"D  x"), Some(Line::Data(b" x".to_vec())));
        assert_eq!(Line::parse(b"S INQUIRE_MAXLEN 255"), Some(Line::Status("INQUIRE_MAXLEN 255".into())));
        assert_eq!(Line::parse(b"INQUIRE PASSPHRASE x"), Some(Line::Inquire("PASSPHRASE".into())));
        assert_eq!(Line::parse(b"# hello"), Some(Line::Comment));
        for bad in
            [&b""[..], b"OKAY", b"D %", b"D %1", b"D %zz", b"ERR", b"ERR x", b"ERR 99999999999 x", b"ok"]
        {
            assert_eq!(Line::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_prompt_stays_on_its_line() {
        assert_eq!(prompt("100 % \"a+b\"\nc\u{7}"), b"100+%25+%22a%2Bb%22%0Ac+");
        assert!(prompt(&"%".repeat(5000)).len() < LONGEST);
        assert!(std::str::from_utf8(&prompt(&"ü".repeat(5000))).is_ok());
    }

    proptest! {
        #[test]
        fn no_line_panics(line in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = Line::parse(&line);
        }

        #[test]
        fn no_prompt_ends_its_line(text in any::<String>()) {
            prop_assert!(!prompt(&text).iter().any(u8::is_ascii_control));
        }
    }
}
