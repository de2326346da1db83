//! Ranges as OSV's events.
//!
//! In go ranges under a scheme, out come ranges whose events are in order. A range that ends with a fix and one that
//! ends with a last affected version stand apart: OSV forbids both in one list.

use serde::Serialize;

use crate::model::advisory::affected::Git;
use crate::value::commit;
use crate::value::line::Line;
use crate::value::range::{End, Ranges};
use crate::value::scheme::Scheme;
use crate::value::url::WebUrl;
use crate::value::version::semver_in_full;

/// What orders the versions of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Kind {
    /// SemVer 2.0.0.
    Semver,
    /// The package's registry.
    Ecosystem,
    /// A repository's history.
    Git,
}

/// One range.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Range {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo: Option<String>,
    pub events: Vec<Event>,
}

/// One event.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    /// From this one on it is hit; `0` is before all.
    Introduced(String),
    /// From this one on it is not.
    Fixed(String),
    /// The last that is known to be hit.
    LastAffected(String),
}

/// The ranges as events. One version alone is no range, since OSV wants two versions in one; [`single`] has those.
pub(super) fn of(ranges: &Ranges) -> Vec<Range> {
    let scheme = ranges.scheme();
    let kind = if scheme == Scheme::Semver { Kind::Semver } else { Kind::Ecosystem };
    let version = |text: &str| match scheme {
        Scheme::Semver if text != "0" => semver_in_full(text).unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    };
    let (mut fixed, mut last) = (Vec::new(), Vec::new());
    for range in ranges.iter().filter(|range| !is_single(range)) {
        let introduced = Event::Introduced(version(&range.introduced));
        match &range.end {
            End::Open => fixed.push(introduced),
            End::Fixed(end) => fixed.extend([introduced, Event::Fixed(version(end))]),
            End::LastAffected(end) => last.extend([introduced, Event::LastAffected(version(end))]),
        }
    }
    let lists = [fixed, last].into_iter().filter(|events| !events.is_empty());
    lists.map(|events| Range { kind, repo: None, events }).collect()
}

/// Versions that are ranges of their own.
pub(super) fn single(ranges: &Ranges) -> impl Iterator<Item = &str> {
    ranges.iter().filter(|range| is_single(range)).map(|range| range.introduced.as_str())
}

fn is_single(range: &crate::value::range::Range) -> bool {
    matches!(&range.end, End::LastAffected(last) if *last == range.introduced)
}

/// The commits as events, if all of them are whole hashes: a short one may mean another commit tomorrow.
pub(super) fn of_commits(git: &Git, project: Option<&WebUrl>) -> Option<Range> {
    let repo = git.repository.as_ref().or(project)?;
    let whole = |commit: &Line| {
        let text = commit.as_str();
        commit::is_whole(text).then(|| text.to_owned())
    };
    let introduced = git.introduced.as_ref().map_or_else(|| Some("0".to_owned()), whole)?;
    let fixed: Vec<String> = git.fixed.iter().map(whole).collect::<Option<_>>()?;
    if git.introduced.is_none() && fixed.is_empty() {
        return None;
    }
    let mut events = vec![Event::Introduced(introduced)];
    events.extend(fixed.into_iter().map(Event::Fixed));
    Some(Range { kind: Kind::Git, repo: Some(repo.as_str().to_owned()), events })
}
