//! The name of a branch, as it stands after `refs/heads/`.

use std::fmt;

use crate::value::Invalid;

/// A name that git takes, and that is no option, no path out of `refs/heads/` and no expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch(String);

impl Branch {
    /// Checks the shape: a part of what `git check-ref-format` allows.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        let part = |part: &str| {
            !part.is_empty()
                && !part.starts_with(['.', '-'])
                && !part.ends_with('.')
                && !part.ends_with(".lock")
        };
        let sound =
            text.len() <= 200 && text.chars().all(plain) && !text.contains("..") && text.split('/').all(part);
        if sound {
            return Ok(Self(text.to_owned()));
        }
        let shown = crate::diag::escape::short(text, 60);
        Err(Invalid::new(
            format!("`{shown}` is not the name of a branch"),
            "write letters, digits, `.`, `_`, `-` and `/`, such as `gh-pages`",
        ))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Branch;

    #[test]
    fn names_are_no_options_and_no_expressions() {
        for good in ["gh-pages", "pages/live", "v1.2_x"] {
            assert!(Branch::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "", "-f", "a..b", "a b", "a:b", "+a:b", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a@{1}",
            "a~1", "é",
        ] {
            assert!(Branch::parse(bad).is_err(), "{bad}");
        }
    }
}
