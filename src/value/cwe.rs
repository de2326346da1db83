//! A weakness of the Common Weakness Enumeration.
//!
//! In goes `CWE-416`, out come its number and the name that version 4.20 of the list gives it. A number without a name is a
//! category, a view, or newer than the list.

use std::fmt;
use std::sync::LazyLock;

use super::Invalid;
use super::shown::shown;

/// Number and name of every weakness of CWE 4.20, one a line, lowest number first.
const LIST: &str = include_str!("cwe/names.tsv");

static NAMES: LazyLock<Vec<(u32, &'static str)>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let (number, name) = line.split_once('\t')?;
        Some((number.parse().ok()?, name))
    };
    LIST.lines().filter_map(entry).collect()
});

/// A CWE number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cwe(u32);

impl Cwe {
    /// `CWE-` and one to four digits that do not begin with 0.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let number = text.strip_prefix("CWE-").filter(|digits| {
            (1..=4).contains(&digits.len())
                && !digits.starts_with('0')
                && digits.bytes().all(|b| b.is_ascii_digit())
        });
        number.and_then(|digits| digits.parse().ok()).map(Self).ok_or_else(|| {
            Invalid::new(
                format!("{} is not a CWE id", shown(text)),
                "write `CWE-` and its number, such as `CWE-416`",
            )
        })
    }

    /// The number alone.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Its exact name, as CSAF 2.0 §3.2.3.3.2 asks; `None` where the list has no weakness of this number.
    pub fn name(self) -> Option<&'static str> {
        let at = NAMES.binary_search_by_key(&self.0, |(number, _)| *number).ok()?;
        NAMES.get(at).map(|(_, name)| *name)
    }

    /// Its page at its keeper's.
    pub fn url(self) -> String {
        format!("https://cwe.mitre.org/data/definitions/{}.html", self.0)
    }
}

impl fmt::Display for Cwe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CWE-{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cwe, LIST, NAMES};

    #[test]
    fn reads_ids() {
        let cwe = Cwe::parse("CWE-416").unwrap();
        assert_eq!((cwe.number(), cwe.to_string().as_str()), (416, "CWE-416"));
        assert_eq!(cwe.url(), "https://cwe.mitre.org/data/definitions/416.html");
        for text in ["", "416", "cwe-416", "CWE-", "CWE-0", "CWE-0416", "CWE-12345", "CWE-4x", "CWE-+16"] {
            assert!(Cwe::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn knows_names() {
        let name = |text: &str| Cwe::parse(text).unwrap().name();
        assert_eq!(name("CWE-416"), Some("Use After Free"));
        assert_eq!(
            name("CWE-79"),
            Some("Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')")
        );
        // A category, and a number that nobody has.
        assert_eq!((name("CWE-310"), name("CWE-9999")), (None, None));
        assert_eq!(NAMES.len(), LIST.lines().count());
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
