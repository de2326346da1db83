//! Who is published: the one place where drafts and embargoed advisories leave.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Options;
use crate::diag::Diagnostics;
use crate::model::advisory::{Advisory, Status};
use crate::model::parsed::{File, Parsed};
use crate::rules::advisory as rules;
use crate::source::{FileId, Sources};
use crate::value::date::When;

/// Advisories whose text may not be public: drafts, embargoed ones, and those with a key that cannot be read, which
/// may be the one that was to hold them back. In places that others read, findings about them must not quote them.
pub fn private_files(parsed: &Parsed, sources: &Sources) -> BTreeSet<FileId> {
    let private = parsed.advisories.iter().filter(|file| !file.sound || !is_public(&file.front, sources));
    private.map(|file| file.id).chain(parsed.broken_advisories.iter().copied()).collect()
}

fn is_public(advisory: &Advisory, sources: &Sources) -> bool {
    is_public_at(advisory, sources.date, sources.clock)
}

fn is_public_at(advisory: &Advisory, date: Timestamp, clock: Timestamp) -> bool {
    let draft = advisory.status.value == Status::Draft;
    let embargo = advisory.embargo.as_ref().map(|embargo| embargo.until.value);
    let open = embargo.is_none_or(|until| until <= date && until <= clock);
    !draft && open
}

/// Ids of advisories that are held back on the date of the build and would not be now: their embargo has ended since the
/// site was signed.
pub fn waiting(parsed: &Parsed, sources: &Sources) -> Vec<String> {
    let now = |advisory: &Advisory| is_public_at(advisory, sources.judged, sources.clock);
    let held = parsed.advisories.iter().filter(|file| !is_public(&file.front, sources) && now(&file.front));
    held.map(|file| file.front.id.as_str().to_owned()).collect()
}

/// Why an advisory that is shown to its author is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It is a draft.
    Draft,
    /// It is held back until then.
    Embargo(Timestamp),
    /// Its date of publication is still to come.
    Future(When),
    /// It has none.
    Undated,
}

/// The advisories that are published. What is held back is dropped here and never heard of again; but where drafts are
/// asked for, it stays, and `held` says why.
pub fn published(
    files: Vec<Arc<File<Advisory>>>,
    options: &Options,
    sources: &Sources,
    held: &mut BTreeMap<String, Held>,
    diags: &mut Diagnostics,
) -> Vec<Arc<File<Advisory>>> {
    let mut hold = |file: Arc<File<Advisory>>, why: Held, published: &mut Vec<_>| {
        if options.drafts {
            held.insert(file.front.id.as_str().to_owned(), why);
            published.push(file);
        }
    };
    let mut published = Vec::with_capacity(files.len());
    for file in files {
        // A preview is made in spite of findings, so there a mistyped `status` must not show what it was to hide.
        let doubtful = options.mark.is_preview() && !file.sound;
        if doubtful || !is_public(&file.front, sources) {
            check_clocks(&file.front, sources, diags);
            if !doubtful {
                let why = why_held(&file.front);
                hold(file, why, &mut published);
            }
            continue;
        }
        match &file.front.published {
            // A date that cannot be read has been reported; the file is still not published.
            None if !file.sound => {}
            None => {
                let message = "a final advisory must say since when it is public";
                let help = "add `published = …`, or `status = \"draft\"`";
                diags.push(rules::MISSING_PUBLISHED.at(file.front.id.span, message).help(help));
                hold(file, Held::Undated, &mut published);
            }
            Some(when) if in_future(when.value, sources) => {
                let message = format!("`published` is {}, after the date of this build", when.value);
                let help = "to publish then, write `embargo = { until = … }` with that moment";
                diags.push(rules::PUBLISHED_IN_FUTURE.at(when.span, message).help(help));
                let when = when.value;
                hold(file, Held::Future(when), &mut published);
            }
            Some(_) => published.push(file),
        }
    }
    published
}

/// Why one that is not public is not.
fn why_held(advisory: &Advisory) -> Held {
    match &advisory.embargo {
        Some(embargo) if advisory.status.value != Status::Draft => Held::Embargo(embargo.until.value),
        _ => Held::Draft,
    }
}

/// Two clocks that disagree about an embargo stop the build: a date from the outside must not end it early.
fn check_clocks(advisory: &Advisory, sources: &Sources, diags: &mut Diagnostics) {
    let Some(embargo) = &advisory.embargo else { return };
    let until = embargo.until.value;
    if advisory.status.value != Status::Draft && until <= sources.date && until > sources.clock {
        let message = "the build's date has passed this embargo, the system's clock has not";
        let help = "build again when the embargo has ended, or give an earlier --date";
        diags.push(rules::EMBARGO_CLOCK.at(embargo.until.span, message).help(help));
    }
}

/// A bare day begins up to fourteen hours earlier somewhere on earth; an instant is exact.
fn in_future(when: When, sources: &Sources) -> bool {
    let slack = match when {
        When::Day(_) => SignedDuration::from_hours(14),
        When::Instant(_) => SignedDuration::ZERO,
    };
    when.timestamp().saturating_sub(slack).is_ok_and(|earliest| earliest > sources.judged)
}
