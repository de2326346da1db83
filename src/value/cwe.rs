//! A weakness of the Common Weakness Enumeration.
//!
//! In goes `CWE-416`, out comes its number. Whether it is a weakness or a category is not known here.

use std::fmt;

use super::Invalid;
use super::shown::shown;

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
    use super::Cwe;

    #[test]
    fn reads_ids() {
        let cwe = Cwe::parse("CWE-416").unwrap();
        assert_eq!((cwe.number(), cwe.to_string().as_str()), (416, "CWE-416"));
        assert_eq!(cwe.url(), "https://cwe.mitre.org/data/definitions/416.html");
        for text in ["", "416", "cwe-416", "CWE-", "CWE-0", "CWE-0416", "CWE-12345", "CWE-4x", "CWE-+16"] {
            assert!(Cwe::parse(text).is_err(), "{text:?}");
        }
    }
}
