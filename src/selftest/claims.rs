//! What a file says of many advisories: feeds and lists name them, OpenVEX states of products what they say.

use super::moment::Moment;

/// An advisory as a feed or a list names it.
#[derive(Debug)]
pub(super) struct Mention {
    pub of: Of,
    pub published: Option<Moment<'static>>,
    pub modified: Option<Moment<'static>>,
    pub withdrawn: Option<bool>,
}

/// By what an advisory is named.
#[derive(Debug)]
pub(super) enum Of {
    /// The address of its page.
    Page(String),
    /// Its id.
    Id(String),
    /// The path of its CSAF document, from the folder of them all.
    Document(String),
}

/// What a document says of versions of its product.
#[derive(Debug)]
pub(super) struct Statement {
    /// The address of the advisory's page.
    pub page: String,
    pub published: Moment<'static>,
    pub modified: Moment<'static>,
    pub status: Status,
    /// Versions, and whether they are spelled as part of an address, which has fewer characters; none is all of them.
    pub versions: Vec<(String, bool)>,
}

/// The states of OpenVEX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Affected,
    NotAffected,
    Fixed,
    UnderInvestigation,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::NotAffected => "not_affected",
            Self::Fixed => "fixed",
            Self::UnderInvestigation => "under_investigation",
        }
    }
}

/// All that one file says.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub mentions: Vec<Mention>,
    pub statements: Vec<Statement>,
}
