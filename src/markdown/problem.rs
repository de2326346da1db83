//! What a text holds that is not published as it was meant, in words for its author.

use std::ops::Range;

use super::limits::{MAX_BYTES, MAX_DEPTH};

/// One refused construct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its bytes in the source.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ProblemKind,
}

/// Why a construct was refused. Its text is shown in the output all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// An HTML tag, declaration or processing instruction; holds its source.
    RawHtml(String),
    /// A comment without its `-->`, which by CommonMark §4.6 would hide the rest of the text.
    UnclosedComment,
    /// A link or image to a place no reader should be sent to.
    BadLink {
        /// The destination as written.
        target: String,
        /// What is wrong with it.
        why: Refusal,
    },
    /// An image from another site; holds its address. Loading it would tell that site who reads.
    RemoteImage(String),
    /// An image without a description; holds its destination as written.
    MissingAlt(String),
    /// A link within the site to a page that is not there.
    MissingTarget {
        /// The destination as written.
        target: String,
        /// What to write instead.
        help: String,
    },
    /// A link to a heading this text does not have; holds the fragment as written.
    MissingHeading(String),
    /// An insertion mark that means nothing; holds what follows `secsite:`.
    UnknownMarker(String),
    /// An insertion mark within a line; holds what follows `secsite:`.
    MisplacedMarker(String),
    /// The text has more bytes than [`MAX_BYTES`]; holds how many.
    TooLong(usize),
    /// Quotes and lists are nested deeper than [`MAX_DEPTH`].
    TooDeep,
}

/// What is wrong with a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its scheme is not `https`, `http` or `mailto`.
    Scheme,
    /// It starts with `//`: whoever owns that host decides what is there, by a scheme the page's own decides.
    NoScheme,
    /// It names a user or a password before the host.
    UserInfo,
    /// Its host is missing or cannot be one.
    Host,
    /// It holds control characters, backslashes or the like, which browsers drop or rewrite.
    Characters,
}

impl ProblemKind {
    /// What is wrong: lower case, no full stop, the offending text in backticks.
    pub fn message(&self) -> String {
        match self {
            Self::RawHtml(html) => format!("raw HTML `{}` is shown as text", shown(html)),
            Self::UnclosedComment => "a comment is never closed and would hide the rest of the text".into(),
            Self::BadLink { target, why } => format!("link to `{}` {}", shown(target), why.because()),
            Self::RemoteImage(target) => format!("image `{}` is on another site", shown(target)),
            Self::MissingAlt(target) => format!("the image `{}` has no description", shown(target)),
            Self::MissingTarget { target, .. } => format!("link to `{}` leads nowhere", shown(target)),
            Self::MissingHeading(fragment) => {
                format!("no heading of this text has the id `{}`", shown(fragment))
            }
            Self::UnknownMarker(name) => {
                format!("`secsite:{}` names nothing that could be inserted", shown(name))
            }
            Self::MisplacedMarker(name) => format!("`secsite:{}` stands within a line", shown(name)),
            Self::TooLong(bytes) => format!("the text has {bytes} bytes, more than the {MAX_BYTES} allowed"),
            Self::TooDeep => format!("quotes and lists are nested more than {MAX_DEPTH} deep"),
        }
    }

    /// What to write instead.
    pub fn help(&self) -> String {
        match self {
            Self::RawHtml(_) => "put code between backticks, or write `\\<` where a `<` is meant".into(),
            Self::UnclosedComment => {
                "close it with `-->`, or write `\\<!--` where the characters are meant".into()
            }
            Self::BadLink { why, .. } => why.help().into(),
            Self::RemoteImage(_) => "copy the image into `content/` and link it from there".into(),
            Self::MissingAlt(_) => {
                "write what it shows between the brackets: `![The settings page](settings.png)`".into()
            }
            Self::MissingTarget { help, .. } => help.clone(),
            Self::MissingHeading(_) => {
                "write the heading's words in lower case, joined by `-`, as in `#known-workarounds`".into()
            }
            Self::UnknownMarker(_) => "correct its name, or delete the comment".into(),
            Self::MisplacedMarker(_) => "put the comment on a line of its own".into(),
            Self::TooLong(_) => "move the details to a page of their own and link it".into(),
            Self::TooDeep => "write the inner quotes or lists as paragraphs".into(),
        }
    }
}

impl Refusal {
    fn because(self) -> &'static str {
        match self {
            Self::Scheme => "has a scheme other than `https`, `http` and `mailto`",
            Self::NoScheme => "starts with `//`",
            Self::UserInfo => "names a user before its host",
            Self::Host => "has no valid host",
            Self::Characters => "holds characters that no address has",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Scheme => "link an `https:` address, or put the text between backticks if it is no link",
            Self::NoScheme => "write `https://` before the host, or one `/` for a page of this site",
            Self::UserInfo => "delete everything between `//` and `@`",
            Self::Host => "write the address as `https://example.org/path`",
            Self::Characters => "percent-encode them, as in `%20`",
        }
    }
}

/// Foreign text fit for one line of a terminal: at most 60 characters, none of them invisible.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.trim().chars().enumerate() {
        if n == 60 {
            out.push('…');
            break;
        }
        if c.is_control() || super::escape::is_hidden(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
