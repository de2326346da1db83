//! What came of advisories the last time: in go the files again, out come new values for those that have changed, and
//! the old ones for all others.
//!
//! An advisory depends on its file, on a few facts of the policy, and on where its links lead. All three are compared;
//! nothing is ever taken for unchanged because of a date.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Advisory, Around};
use crate::diag::Diagnostics;
use crate::markdown::Target;
use crate::model::advisory::Advisory as Front;
use crate::model::parsed::File;
use crate::model::policy::Policy;
use crate::source::FileId;
use crate::value::date::When;
use crate::value::scheme::Scheme;

/// What came of advisories the last time.
#[derive(Debug, Default)]
pub struct Memo {
    ground: Ground,
    entries: BTreeMap<FileId, Entry>,
}

/// A question that an advisory asks about the rest of the site.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    /// Whether there is an advisory of this id.
    Advisory(&'a str),
    /// Where this destination leads.
    Link(&'a str),
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Whether it is there.
    Is(bool),
    /// Where it leads.
    Leads(Target),
}

/// What advisories read of the policy, without the places where it is written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ground {
    prefix: Option<String>,
    /// Id, scheme, releases.
    products: Vec<(String, Scheme, Vec<String>)>,
}

#[derive(Debug)]
struct Entry {
    file: Arc<File<Front>>,
    undated: Option<When>,
    heard: Vec<(Heard, Answer)>,
    found: Diagnostics,
    outcome: Option<Arc<Advisory>>,
}

#[derive(Debug)]
enum Heard {
    Advisory(String),
    Link(String),
}

impl Memo {
    /// Forgets what is kept of files that are gone.
    pub fn retain(&mut self, keep: impl Fn(FileId) -> bool) {
        self.entries.retain(|id, _| keep(*id));
    }

    pub(super) fn resolve_all(
        &mut self,
        files: &[Arc<File<Front>>],
        around: &Around<'_>,
        advisories: &mut Vec<Arc<Advisory>>,
        diags: &mut Diagnostics,
    ) {
        let ground = Ground::of(around.policy);
        if self.ground != ground {
            self.ground = ground;
            self.entries.clear();
        }
        let known = |file: &Arc<File<Front>>| {
            self.entries.get(&file.id).is_some_and(|entry| entry.holds(file, around))
        };
        let fresh = files.par_iter().filter(|file| !known(file));
        let fresh: Vec<(FileId, Entry)> = fresh.map(|file| (file.id, Entry::of(file, around))).collect();
        self.entries.extend(fresh);
        for entry in files.iter().filter_map(|file| self.entries.get(&file.id)) {
            diags.append(entry.found.clone());
            advisories.extend(entry.outcome.clone());
        }
    }
}

impl Ground {
    fn of(policy: &Policy) -> Self {
        let product = |product: &crate::model::policy::product::Product| {
            let releases = product.releases.iter().map(|release| release.as_str().to_owned()).collect();
            (product.id.as_str().to_owned(), product.scheme, releases)
        };
        Self {
            prefix: policy.advisories.prefix.as_ref().map(|prefix| prefix.as_str().to_owned()),
            products: policy.products.iter().map(product).collect(),
        }
    }
}

impl Entry {
    fn of(file: &Arc<File<Front>>, around: &Around<'_>) -> Self {
        let heard = RefCell::new(Vec::new());
        let mut found = Diagnostics::default();
        let listen = |question: Question<'_>, answer: &Answer| {
            let question = match question {
                Question::Advisory(id) => Heard::Advisory(id.to_owned()),
                Question::Link(target) => Heard::Link(target.to_owned()),
            };
            heard.borrow_mut().push((question, answer.clone()));
        };
        let outcome = super::resolve(Arc::clone(file), around, &listen, &mut found).map(Arc::new);
        Self {
            file: Arc::clone(file),
            undated: around.undated.filter(|_| file.front.published.is_none()),
            heard: heard.into_inner(),
            found,
            outcome,
        }
    }

    /// Whether all is as it was.
    fn holds(&self, file: &Arc<File<Front>>, around: &Around<'_>) -> bool {
        let undated = around.undated.filter(|_| file.front.published.is_none());
        let same = |(question, answer): &(Heard, Answer)| match question {
            Heard::Advisory(id) => *answer == Answer::Is(around.links.has_advisory(id)),
            Heard::Link(target) => *answer == Answer::Leads(around.links.resolve(&file.path, target)),
        };
        Arc::ptr_eq(&self.file, file) && self.undated == undated && self.heard.iter().all(same)
    }
}
