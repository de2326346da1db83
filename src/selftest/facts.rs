//! What one file says of one advisory, in no format's own words.
//!
//! In go bytes by way of the readers, out come facts that can be laid beside each other. A fact that a file does not
//! tell is `None` and contradicts nothing. Nothing here knows who wrote the bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::moment::Moment;
use crate::value::comparators::Comparators;

/// Text that stands in the bytes as it is read, wherever the escapes of its format allow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'b>(#[serde(borrow)] pub Cow<'b, str>);

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

impl<'b> From<&'b str> for Text<'b> {
    fn from(text: &'b str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Facts<'b> {
    pub id: Option<Text<'b>>,
    pub cves: Option<Ids<'b>>,
    /// All other ids, those of CVE among them.
    pub aliases: Option<Ids<'b>>,
    pub published: Option<Moment<'b>>,
    pub modified: Option<Moment<'b>>,
    pub withdrawn: Option<bool>,
    /// A word in lower case; empty where the file says that there is none.
    pub severity: Option<String>,
    pub scores: Option<Scores<'b>>,
    /// Names.
    pub credits: Option<BTreeSet<Text<'b>>>,
    /// What it says of versions; `None` where it speaks of no product at all.
    pub entries: Option<Vec<Entry<'b>>>,
    /// Subjects of whose versions it speaks in words alone.
    pub mute: BTreeSet<usize>,
    /// Known releases that it names as hit, by subject.
    pub listed: BTreeMap<usize, BTreeSet<Text<'b>>>,
}

/// Ids, or as many of them as the file has room for.
#[derive(Debug)]
pub(super) struct Ids<'b> {
    pub held: BTreeSet<Text<'b>>,
    pub all: bool,
}

/// Vectors of CVSS, or as many of them as the file has room for.
#[derive(Debug)]
pub(super) struct Scores<'b> {
    pub held: BTreeMap<Text<'b>, Score>,
    pub all: bool,
}

/// What stands beside a vector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub tenths: Option<u32>,
    /// In lower case.
    pub word: Option<String>,
}

/// What is said of the versions of one subject in one breath.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry<'b> {
    /// Which one of the advisory's [`super::subjects::Subjects`].
    pub subject: usize,
    /// Versions that are hit, or may be.
    pub stretches: Vec<Stretch<'b>>,
    /// Versions that are not, whatever the stretches say.
    pub spared: Vec<Comparators>,
    /// Whether it is not known yet if they are hit; without stretches, of no version.
    pub open: bool,
    /// Releases that mend it.
    pub fixes: BTreeSet<Text<'b>>,
}

/// Versions from one on.
#[derive(Debug, Clone)]
pub(super) struct Stretch<'b> {
    /// `0` is before all.
    pub from: Text<'b>,
    pub to: To<'b>,
}

/// Where a stretch ends.
#[derive(Debug, Clone)]
pub(super) enum To<'b> {
    Before(Text<'b>),
    Through(Text<'b>),
    Forever,
}

impl<'b> Stretch<'b> {
    /// One version alone.
    pub(super) fn one(version: Text<'b>) -> Self {
        Self { from: version.clone(), to: To::Through(version) }
    }

    /// Every version.
    pub(super) fn all() -> Self {
        Self { from: "0".into(), to: To::Forever }
    }

    /// The versions that it names.
    pub(super) fn bounds(&self) -> impl Iterator<Item = &Text<'b>> {
        let to = match &self.to {
            To::Before(to) | To::Through(to) => Some(to),
            To::Forever => None,
        };
        std::iter::once(&self.from).chain(to)
    }

    /// The same without its file.
    pub(super) fn into_owned(self) -> Stretch<'static> {
        let to = match self.to {
            To::Before(to) => To::Before(to.into_owned()),
            To::Through(to) => To::Through(to.into_owned()),
            To::Forever => To::Forever,
        };
        Stretch { from: self.from.into_owned(), to }
    }
}

impl Entry<'_> {
    /// The same without its file.
    pub(super) fn into_owned(self) -> Entry<'static> {
        Entry {
            subject: self.subject,
            stretches: self.stretches.into_iter().map(Stretch::into_owned).collect(),
            spared: self.spared,
            open: self.open,
            fixes: self.fixes.into_iter().map(Text::into_owned).collect(),
        }
    }
}

/// The ids of CVE among others.
pub(super) fn cves<'b>(ids: &BTreeSet<Text<'b>>) -> BTreeSet<Text<'b>> {
    ids.iter().filter(|id| id.as_str().starts_with("CVE-")).cloned().collect()
}
