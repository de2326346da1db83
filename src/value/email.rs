//! E-mail addresses: the part of RFC 5322's addr-spec that every mail program can send to.
//!
//! In goes an address, out comes the same with its domain in lower case. No quoted local parts, no comments, no
//! display names, ASCII only: what stands in security.txt must work when pasted.

use std::fmt;

use super::Invalid;
use super::host;
use super::shown::shown;

/// `local@domain`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email {
    local: String,
    domain: String,
}

impl Email {
    /// Checks both halves; a `mailto:` in front is refused with a word about it.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let refuse = |why: &str, help: &str| {
            Invalid::new(format!("{} is not an e-mail address: {why}", shown(text)), help)
        };
        const HELP: &str = "write the bare address, such as `security@example.org`";
        if text.starts_with("mailto:") {
            return Err(refuse("it is a URI", HELP));
        }
        let (local, domain) = text.rsplit_once('@').ok_or_else(|| refuse("it has no `@`", HELP))?;
        let atom = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        };
        if local.len() > 64 || !local.split('.').all(atom) {
            return Err(refuse("the part before `@` is malformed", HELP));
        }
        if !host::is_domain(domain) {
            return Err(refuse("the part after `@` is not a domain", HELP));
        }
        Ok(Self { local: local.to_owned(), domain: domain.to_ascii_lowercase() })
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// What stands after it, in lower case.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether the domain is kept for examples and nobody reads the mail.
    pub fn is_reserved_example(&self) -> bool {
        host::is_reserved_example(&self.domain)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn reads_addresses() {
        let email = Email::parse("Security+web@Example.ORG").unwrap();
        assert_eq!(email.to_string(), "Security+web@example.org");
        assert!(email.is_reserved_example());
        assert!(!Email::parse("a@example.io").unwrap().is_reserved_example());
        for text in [
            "",
            "security",
            "@example.org",
            "a@",
            "a@localhost",
            "a b@example.org",
            "a@b@example.org",
            ".a@example.org",
            "a..b@example.org",
            "mailto:a@example.org",
            "Team <a@example.org>",
            "ä@example.org",
            "a@exämple.org",
            "a@example.org\n",
            "\"a b\"@example.org",
            "a@[127.0.0.1]",
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }
}
