//! What must be known before reading on.

use serde::Serialize;

use crate::model::advisory::{Exploited, Informational, Status};
use crate::routes;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::site::visibility::Held;
use crate::theme::view::link::Link;
use crate::theme::view::row::is_open;
use crate::value::date::in_words;

/// A band above the title.
#[derive(Debug, Serialize)]
pub struct Band {
    /// `bad`, `warn`, `info` or `quiet`.
    pub tone: &'static str,
    /// A word or two.
    pub title: String,
    /// A sentence; may be empty.
    pub text: String,
    /// Where to go instead.
    pub link: Option<Link>,
}

/// What the author is told, who alone sees it.
fn held_back(held: Held) -> (String, &'static str) {
    match held {
        Held::Draft => ("DRAFT".into(), "No build publishes this; you see it because `serve` shows drafts."),
        Held::Embargo(until) => (
            format!("EMBARGOED until {}", until.strftime("%Y-%m-%d %H:%M UTC")),
            "No build publishes this before. Show it to nobody else.",
        ),
        Held::Future(when) => {
            (format!("NOT YET PUBLISHED, dated {when}"), "A build stops at a date that is still to come.")
        }
        Held::Undated => ("NOT PUBLISHED".into(), "A final advisory needs `published`; a build stops here."),
    }
}

/// Only the bands that are needed, the gravest first.
pub(super) fn of(site: &Site, advisory: &Advisory) -> Vec<Band> {
    let front = &advisory.front;
    let mut bands = Vec::new();
    let mut add = |tone, title: String, text: String, link| bands.push(Band { tone, title, text, link });
    if let Some(held) = site.held.get(front.id.as_str()) {
        let (title, text) = held_back(*held);
        add("bad", title, text.into(), None);
    }
    if let Some(withdrawn) = &front.withdrawn {
        let text = withdrawn.reason.as_ref().map(|reason| reason.trim().to_owned()).unwrap_or_default();
        let link = withdrawn
            .superseded_by
            .as_ref()
            .map(|id| Link::to(site, &routes::advisory(id), format!("Superseded by {}", id.as_str())));
        add("quiet", format!("Withdrawn {}", in_words(withdrawn.date.day())), text, link);
    }
    if front.status.value == Status::Rejected && front.withdrawn.is_none() {
        add("quiet", "Rejected".into(), "This was found to be no vulnerability.".into(), None);
    }
    if advisory.is_withdrawn() {
        return bands;
    }
    if front.exploited == Some(Exploited::InTheWild) {
        add("bad", "Exploited".into(), "Attacks that use this are known. Act now.".into(), None);
    }
    if is_open(advisory) {
        add(
            "warn",
            "No fix yet".into(),
            "Not every affected version has a release that mends it.".into(),
            None,
        );
    }
    if front.status.value == Status::Disputed {
        add(
            "warn",
            "Disputed".into(),
            "We do not agree that this is a vulnerability; the text says why.".into(),
            None,
        );
    }
    if let Some(kind) = front.informational {
        let text = match kind {
            Informational::Unmaintained => {
                "Nobody maintains this any more. It is a notice, not a vulnerability."
            }
            Informational::Unsound => "This can go wrong in sound code, though no attack is known.",
            Informational::Notice => "This is a notice, not a vulnerability.",
        };
        add("info", super::words::informational(kind).into(), text.into(), None);
    }
    bands
}
