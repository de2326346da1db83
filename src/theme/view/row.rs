//! An advisory as one row of a list.

use std::sync::OnceLock;

use serde::Serialize;

use super::day::Day;
use super::severity::Severity;
use crate::model::advisory::{Exploited, Informational, Status};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::site::visibility::Held;
use crate::theme::html::Html;

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its title; HTML.
    pub title: Html,
    /// The badge.
    pub severity: Severity,
    /// Since when it is public.
    pub published: Day,
    /// Releases that mend it, in words; may be empty.
    pub fixed: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// What else is to be known at a glance.
    pub states: Vec<State>,
}

/// The rows of all advisories, each made when the first list asks for it: every advisory is in several lists.
#[derive(Debug)]
pub struct Rows(Vec<OnceLock<Row>>);

impl Rows {
    /// None made yet.
    pub fn new(site: &Site) -> Self {
        Self(site.advisories.iter().map(|_| OnceLock::new()).collect())
    }

    /// The row of the advisory at a place in `site.advisories`.
    pub fn get(&self, site: &Site, at: usize) -> Option<&Row> {
        let advisory = site.advisories.get(at)?;
        self.0.get(at).map(|row| row.get_or_init(|| Row::of(site, advisory)))
    }
}

/// A state, as a chip.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// The words.
    pub label: &'static str,
    /// `bad`, `warn`, `good` or empty.
    pub tone: &'static str,
}

impl Row {
    /// The row of an advisory.
    pub fn of(site: &Site, advisory: &Advisory) -> Self {
        let mut fixes: Vec<&str> = Vec::new();
        for fix in advisory.affected.iter().flat_map(|affected| affected.ranges.fixes()) {
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        // A list is for finding; the whole of it stands on the page.
        let more = fixes.len() > 4;
        fixes.truncate(4);
        let fixed = if more { format!("{} and more", fixes.join(", ")) } else { super::prose::and(&fixes) };
        Self {
            id: advisory.id.as_str().to_owned(),
            href: site.href(&routes::advisory(&advisory.id)),
            title: Html::inline(advisory.front.title.as_str()),
            severity: Severity::of(advisory),
            published: advisory.published.into(),
            fixed: if advisory.is_withdrawn() { String::new() } else { fixed },
            withdrawn: advisory.is_withdrawn(),
            states: held(site, advisory).into_iter().chain(states(advisory)).collect(),
        }
    }
}

/// Whether a fix is missing. That nobody maintains a thing is a notice, and no fix will come.
pub fn is_open(advisory: &Advisory) -> bool {
    advisory.is_unfixed() && advisory.front.informational != Some(Informational::Unmaintained)
}

/// Why it is shown to its author alone.
fn held(site: &Site, advisory: &Advisory) -> Option<State> {
    let label = match site.held.get(advisory.id.as_str())? {
        Held::Draft => "DRAFT",
        Held::Embargo(_) => "EMBARGOED",
        Held::Future(_) | Held::Undated => "NOT PUBLISHED",
    };
    Some(State { label, tone: "bad" })
}

fn states(advisory: &Advisory) -> Vec<State> {
    let front = &advisory.front;
    let exploited = front.exploited == Some(Exploited::InTheWild) && !advisory.is_withdrawn();
    let notice = front.informational.is_some() && advisory.severity.is_some();
    let all = [
        (exploited, "exploited", "bad"),
        (is_open(advisory), "no fix yet", "warn"),
        (front.status.value == Status::Disputed, "disputed", "warn"),
        (front.withdrawn.is_some(), "withdrawn", ""),
        (front.status.value == Status::Rejected, "rejected", ""),
        (notice, "notice", ""),
    ];
    all.into_iter().filter(|(is, ..)| *is).map(|(_, label, tone)| State { label, tone }).collect()
}
