//! One advisory beside what is public of it.

use jiff::{Timestamp, ToSpan};

use super::document::{self, Document};
use super::facts::Told;
use super::public::{Held, Public, unreadable};
use super::{Unreachable, record};
use crate::diag::Diagnostic;
use crate::formats::{csaf, osv};
use crate::routes;
use crate::rules::guard as rules;
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};
use crate::source::Span;
use crate::value::date::When;
use crate::value::range::End;

/// An advisory of ours.
pub(super) struct Case<'a> {
    pub site: &'a Site,
    pub advisory: &'a Advisory,
    pub public: &'a Public<'a>,
    /// The latest `modified` of the public OSV records.
    pub newest: Option<Timestamp>,
}

type Found = Vec<Diagnostic>;

impl Case<'_> {
    /// Everything that is wrong with it.
    pub(super) fn judge(&self) -> Result<Found, Unreachable> {
        let mut found = Found::new();
        if !osv::has_record(self.site, self.advisory) {
            self.document_alone(&mut found)?;
            return Ok(found);
        }
        match self.listed() {
            Some((id, modified)) => self.record(&id, modified, &mut found)?,
            None => {
                self.document_alone(&mut found)?;
                self.new_record(&mut found);
            }
        }
        Ok(found)
    }

    /// The public record's id and `modified`. It may have the id of a time before the prefix was registered, or after.
    fn listed(&self) -> Option<(String, Timestamp)> {
        let (list, id) = (self.public.list.as_ref()?, self.advisory.id.as_str());
        let names = [osv::id(self.site, self.advisory).into_owned(), format!("x_{id}"), id.to_owned()];
        names.into_iter().find_map(|name| list.get(&name).map(|at| (name.clone(), *at)))
    }

    /// A record that is public.
    fn record(&self, id: &str, listed: Timestamp, found: &mut Found) -> Result<(), Unreachable> {
        let bytes = osv::bytes(self.site, self.advisory);
        let path = routes::osv(id).file();
        let public = match self.public.beside(&path, &bytes)? {
            Held::Same => return Ok(()),
            Held::Absent => {
                found.push(unreadable(path.as_str(), "it is on the list of records, and not there"));
                None
            }
            Held::Unreadable(finding) => {
                found.push(*finding);
                None
            }
            Held::Other(public) => match record::read(&public, &self.advisory.id) {
                Ok(mut told) => {
                    told.modified = told.modified.max(listed);
                    Some(told)
                }
                Err(why) => {
                    found.push(unreadable(path.as_str(), &why));
                    None
                }
            },
        };
        // Our own files can be read.
        let Ok(ours) = record::read(&bytes, &self.advisory.id) else { return Ok(()) };
        match public {
            Some(public) => {
                let changes = ours.differs(&public, &|version| self.is_derived(version));
                self.compare(&ours, &public, &changes, true, found)?;
            }
            // The list alone tells when.
            None if ours.modified < listed => self.fell(ours.modified, listed, found),
            None => {}
        }
        Ok(())
    }

    /// An advisory that is public as a CSAF document, if at all.
    fn document_alone(&self, found: &mut Found) -> Result<(), Unreachable> {
        if let Some((ours, public)) = self.documents(found)? {
            let changes = ours.told.differs(&public.told, &|_| false);
            self.compare(&ours.told, &public.told, &changes, false, found)?;
        }
        Ok(())
    }

    /// Our CSAF document and the public one, if both can be read and are not the same.
    fn documents(&self, found: &mut Found) -> Result<Option<(Document, Document)>, Unreachable> {
        let bytes = csaf::bytes(self.site, self.advisory);
        let path = csaf::route(self.advisory).file();
        let public = match self.public.beside(&path, &bytes)? {
            Held::Absent | Held::Same => return Ok(None),
            Held::Unreadable(finding) => {
                found.push(*finding);
                return Ok(None);
            }
            Held::Other(public) => public,
        };
        Ok(match (document::read(&bytes), document::read(&public)) {
            (Ok(ours), Ok(public)) => Some((ours, public)),
            (_, Err(why)) => {
                found.push(unreadable(path.as_str(), &why));
                None
            }
            (Err(_), _) => None,
        })
    }

    fn compare(
        &self,
        ours: &Told,
        public: &Told,
        changes: &[&'static str],
        is_record: bool,
        found: &mut Found,
    ) -> Result<(), Unreachable> {
        if let (Some(now), Some(then)) = (ours.published, public.published)
            && now != then
        {
            let message = format!(
                "{} is public since {}, and `published` says {}",
                self.name(),
                shown(then),
                shown(now)
            );
            let help = format!("write `published = {}`; what happened later is `modified`", shown(then));
            found.push(rules::PUBLISHED_MOVED.at(self.published(), message).help(help));
        }
        if public.withdrawn && !ours.withdrawn {
            let message = format!("{} is publicly withdrawn, and would stand again", self.name());
            let help = "keep `withdrawn`, or allow this rule for one build";
            found.push(rules::WITHDRAWAL_UNDONE.at(self.advisory.front.id.span, message).help(help));
        }
        let (now, then) = (ours.modified, public.modified);
        if now < then {
            self.fell(now, then, found);
        } else if now == then {
            if !changes.is_empty() {
                self.not_raised(then, changes, found);
            }
        } else {
            let documents = self.documents(found)?;
            let silent = changes.is_empty()
                && !self.tells_after(then)
                && documents
                    .as_ref()
                    .is_none_or(|(ours, public)| ours.told.differs(&public.told, &|_| false).is_empty());
            if silent {
                self.alone(now, then, found);
                return Ok(());
            }
            if let Some((ours, public)) = &documents {
                self.check_revision(ours, public, found);
            }
            if is_record && !changes.is_empty() {
                self.check_newest("changed", now, found);
            }
        }
        Ok(())
    }

    fn not_raised(&self, then: Timestamp, changes: &[&'static str], found: &mut Found) {
        let changes: Vec<String> = changes.iter().map(|change| format!("`{change}`")).collect();
        let message = format!(
            "{} differs from what is public in {}, and both are of {}",
            self.name(),
            changes.join(", "),
            shown(then)
        );
        let help = format!("write `modified = {}`, or take the change back", self.now(Some(then)));
        found.push(rules::MODIFIED_NOT_RAISED.at(self.modified(), message).help(help));
    }

    fn fell(&self, now: Timestamp, then: Timestamp, found: &mut Found) {
        let message =
            format!("{} would be of {}, and what is public is of {}", self.name(), shown(now), shown(then));
        let help = format!(
            "write `modified = {}`, or, if it says something new, `modified = {}`",
            shown(then),
            self.now(Some(then))
        );
        found.push(rules::MODIFIED_FELL.at(self.modified(), message).help(help));
    }

    fn alone(&self, now: Timestamp, then: Timestamp, found: &mut Found) {
        let message = format!(
            "{} would be of {}, and says what is public since {}",
            self.name(),
            shown(now),
            shown(then)
        );
        let help = format!("write `modified = {}`, or a [[revision]] that tells what is new", shown(then));
        found.push(rules::MODIFIED_ALONE.at(self.modified(), message).help(help));
    }

    /// Programs know a CSAF document by its version.
    fn check_revision(&self, ours: &Document, public: &Document, found: &mut Found) {
        let (Some(now), Some(then)) = (ours.version, public.version) else { return };
        if now > then {
            return;
        }
        let message =
            format!("{} changes, and its CSAF document would be version {now} after {then}", self.name());
        let dates: Vec<String> =
            public.revisions.iter().take(8).map(|date| crate::diag::escape::short(date, 32)).collect();
        let help = format!(
            "write a [[revision]] for each version that is public ({}), and one for this change",
            dates.join(", ")
        );
        let front = &self.advisory.front;
        let span = front.revisions.last().map_or(self.modified(), |revision| revision.version.span);
        found.push(rules::REVISION_NOT_RAISED.at(span, message).help(help));
    }

    /// A record that is not public yet.
    fn new_record(&self, found: &mut Found) {
        if let Ok(ours) = record::read(&osv::bytes(self.site, self.advisory), &self.advisory.id) {
            self.check_newest("new", ours.modified, found);
        }
    }

    fn check_newest(&self, what: &str, modified: Timestamp, found: &mut Found) {
        let Some(newest) = self.newest.filter(|newest| modified <= *newest) else { return };
        let message = format!(
            "the OSV record of {} is {what}, and dated {modified}: importers that have seen {newest} skip it",
            self.name()
        );
        let front = &self.advisory.front;
        let now = self.now(None);
        let today = When::Instant(now).day();
        let first = what == "new" && front.modified.is_none();
        let key = if first && self.advisory.published == When::Day(today) { "published" } else { "modified" };
        let help = format!("write `{key} = {now}`");
        found.push(rules::SKIPPED_BY_IMPORTERS.at(self.modified(), message).help(help));
    }

    /// A date that is later than all that is public: that of the build, if it is.
    fn now(&self, then: Option<Timestamp>) -> Timestamp {
        let seconds = Timestamp::from_second(self.site.date.as_second()).unwrap_or(self.site.date);
        let after = |at: Timestamp| at.checked_add(1.second()).unwrap_or(at);
        let least = then.max(self.newest).map_or(seconds, after);
        seconds.max(least)
    }

    /// Whether the author wrote down that something happened after an instant.
    fn tells_after(&self, then: Timestamp) -> bool {
        let front = &self.advisory.front;
        let revisions = front.revisions.iter().map(|revision| revision.date.value);
        let events = front.timeline.iter().map(|event| event.date.value);
        let mut dates = revisions.chain(events);
        dates.any(|date| match date {
            When::Instant(at) => at > then,
            // A day is later than an instant within it, for it may end later.
            When::Day(day) => day >= When::Instant(then).day(),
        })
    }

    /// Whether a version is listed because the policy has it as a release, and for no other reason.
    fn is_derived(&self, version: &str) -> bool {
        let of_policy = self.advisory.affected.iter().any(|entry| match entry.target {
            Target::Product(at) => {
                self.site.policy.products[at].releases.iter().any(|release| release.as_str() == version)
            }
            Target::Package { .. } => false,
        });
        let written = self.advisory.affected.iter().any(|entry| {
            entry.hit().iter().any(|range| {
                range.introduced == version
                    && matches!(&range.end, End::LastAffected(last) if last == version)
            })
        });
        of_policy && !written
    }

    fn name(&self) -> String {
        format!("`{}`", self.advisory.id)
    }

    /// Where `published` stands.
    fn published(&self) -> Span {
        let front = &self.advisory.front;
        front.published.as_ref().map_or(front.id.span, |published| published.span)
    }

    /// What says when the content last changed: `modified`, or what stands in for it.
    fn modified(&self) -> Span {
        let front = &self.advisory.front;
        let modified = front.modified.as_ref().map(|modified| modified.span);
        let revision = front.revisions.last().map(|revision| revision.date.span);
        let withdrawn = front.withdrawn.as_ref().map(|withdrawn| withdrawn.date.span);
        modified.or(revision).or(withdrawn).unwrap_or_else(|| self.published())
    }
}

/// An instant as an author would write it: a day where it is the start of one.
fn shown(at: Timestamp) -> String {
    let day = When::Day(When::Instant(at).day());
    if day.timestamp() == at { day.to_string() } else { at.to_string() }
}
