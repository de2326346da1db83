//! One reason against a site, fit to be printed and to be read by programs.

use crate::diag::escape::{short, visible};

/// Which sort of reason, and with it the exit code. The strongest comes first: it decides where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// There is nothing to judge by.
    Trust,
    /// The site became another one while it was read.
    Changing,
    /// Something is not what the signers published.
    Content,
    /// It was published, but it is too old, or contradicts what was seen before.
    Stale,
    /// Something could not be read.
    World,
}

/// One reason. Its words are escaped already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// For programs: kebab-case, and stable.
    pub code: &'static str,
    /// Which sort.
    pub kind: Kind,
    /// The file that it is about.
    pub path: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Finding {
    /// A reason about one file.
    pub(super) fn new(
        code: &'static str,
        kind: Kind,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, kind, path: Some(visible(path)), message: message.into(), help: help.into() }
    }

    /// A file is not what was published.
    pub(super) fn content(
        code: &'static str,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(code, Kind::Content, path, message, help)
    }

    /// The site is one of the past, or of another past.
    pub(super) fn stale(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, kind: Kind::Stale, path: None, message: message.into(), help: help.into() }
    }

    /// Nothing to judge by.
    pub(super) fn trust(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, kind: Kind::Trust, path: None, message: message.into(), help: help.into() }
    }

    pub(super) fn other_origin(expected: &str, found: &str) -> Self {
        let message =
            format!("the site was published for `{}`, not for `{}`", short(found, 200), short(expected, 200));
        let help = "check the address; a site that was copied to another one is not what its signers published there";
        Self { path: None, ..Self::content("other-origin", "", message, help) }
    }

    pub(super) fn changing() -> Self {
        Self {
            code: "site-changing",
            kind: Kind::Changing,
            path: None,
            message: "the site was replaced by another one while it was read".into(),
            help: "run this again in a few minutes".into(),
        }
    }
}

/// A path in backticks. Paths of a stranger may be of any length.
pub(super) fn quoted(path: &str) -> String {
    format!("`{}`", short(path, 160))
}
