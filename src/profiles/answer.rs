//! What there is to show for a control: places where a reader can look.

use std::borrow::Cow;

use crate::source::Span;

/// Somewhere a reader can look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a source of the site.
    Written(Span),
    /// In a file of the repository that is no source, such as SECURITY.md.
    File(String),
    /// In a file that a build writes, and in which of its fields, where it has fields.
    Output(String, Option<&'static str>),
}

/// What came of looking for evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Facts or files show it.
    Shown(Vec<Place>),
    /// Words name it; whether they say what the control asks for, only a reader can tell.
    Worded(Vec<Place>),
    /// There is nothing to show.
    Lacking {
        /// What to write.
        help: Cow<'static, str>,
        /// What falls short, if something is there.
        places: Vec<Place>,
    },
    /// It cannot be seen in a site: the reason, or who would know.
    Outside(&'static str),
}

impl Answer {
    /// Shown at these places, or lacking where there are none.
    pub(super) fn at(places: impl IntoIterator<Item = Place>, help: &'static str) -> Self {
        let places: Vec<Place> = places.into_iter().collect();
        if places.is_empty() { Self::lacking(help) } else { Self::Shown(places) }
    }

    /// Nothing to show.
    pub(super) fn lacking(help: &'static str) -> Self {
        Self::Lacking { help: Cow::Borrowed(help), places: Vec::new() }
    }

    /// Something is there, and falls short.
    pub(super) fn short(place: Option<Place>, help: &'static str) -> Self {
        Self::Lacking { help: Cow::Borrowed(help), places: place.into_iter().collect() }
    }

    /// Both: what is lacking first, then what cannot be seen; words count as words.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (lacking @ Self::Lacking { .. }, _) | (_, lacking @ Self::Lacking { .. }) => lacking,
            (outside @ Self::Outside(_), _) | (_, outside @ Self::Outside(_)) => outside,
            (Self::Shown(places), Self::Shown(more)) => Self::Shown(joined(places, more)),
            (Self::Shown(places) | Self::Worded(places), Self::Shown(more) | Self::Worded(more)) => {
                Self::Worded(joined(places, more))
            }
        }
    }

    /// The word of reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Shown(_) => "shown",
            Self::Worded(_) => "worded",
            Self::Lacking { .. } => "lacking",
            Self::Outside(_) => "outside",
        }
    }

    /// Where to look.
    pub fn places(&self) -> &[Place] {
        match self {
            Self::Shown(places) | Self::Worded(places) | Self::Lacking { places, .. } => places,
            Self::Outside(_) => &[],
        }
    }

    /// What to do, or who would know.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Shown(_) => None,
            Self::Worded(_) => Some("read whether the words say it"),
            Self::Lacking { help, .. } => Some(help),
            Self::Outside(why) => Some(why),
        }
    }
}

/// The places of both, each once.
fn joined(mut places: Vec<Place>, more: Vec<Place>) -> Vec<Place> {
    for place in more {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
