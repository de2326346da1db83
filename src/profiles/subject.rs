//! What a profile looks at: one site, its output to be, and its findings.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::written;
use super::{Answer, Place};
use crate::diag::{Diagnostics, Rule};
use crate::model::policy::Policy;
use crate::plan::Plan;
use crate::routes::{self, Route};
use crate::site::Site;
use crate::source::{FileId, Sources, Span};

/// A site as profiles see it.
pub struct Subject<'a> {
    /// The site.
    pub(super) site: &'a Site,
    /// Which files it will have.
    pub(super) plan: &'a Plan,
    /// Its sources, for words.
    pub(super) sources: &'a Sources,
    /// SECURITY.md as it lies in the repository, where there is one.
    pub(super) security_md: Option<&'a str>,
    /// What was found, one place of each rule.
    findings: BTreeMap<&'static str, Option<Span>>,
    keys: BTreeMap<String, Span>,
    security_txt: String,
}

impl<'a> Subject<'a> {
    /// A site with all that was found in it. Findings in `private` files do not count: nothing of these is published.
    pub fn new(
        site: &'a Site,
        plan: &'a Plan,
        sources: &'a Sources,
        security_md: Option<&'a str>,
        diags: &Diagnostics,
        private: &BTreeSet<FileId>,
    ) -> Self {
        let mut findings = BTreeMap::new();
        for finding in diags.iter() {
            if finding.place().is_none_or(|place| !private.contains(&place.file)) {
                findings.entry(finding.rule.id).or_insert(finding.place());
            }
        }
        let baked = plan.bake_one(site, &routes::security_txt().file());
        let security_txt = match baked {
            Some(Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            _ => String::new(),
        };
        let keys = written::keys(sources);
        Self { site, plan, sources, security_md, findings, keys, security_txt }
    }

    /// The policy.
    pub(super) fn policy(&self) -> &'a Policy {
        &self.site.policy
    }

    /// What a finding of this rule says against the evidence, if there is one.
    pub(super) fn finding(&self, rule: &'static Rule) -> Option<Answer> {
        let place = self.findings.get(rule.id)?;
        let help = Cow::Owned(format!("{} (`secsite explain {}`)", rule.summary, rule.id));
        Some(Answer::Lacking { help, places: place.map(Place::Written).into_iter().collect() })
    }

    /// Where a key of the policy is written, such as `disclosure.deadline`.
    pub(super) fn key(&self, name: &str) -> Option<Place> {
        self.keys.get(name).copied().map(Place::Written)
    }

    /// A file of the output, if there is one at this address.
    pub(super) fn output(&self, route: &Route) -> Option<Place> {
        self.plan.has(route).then(|| Place::Output(route.file().as_str().to_owned(), None))
    }

    /// A field of security.txt, if it is there.
    pub(super) fn field(&self, name: &'static str) -> Option<Place> {
        self.fields(name).next().map(|_| {
            let file = routes::security_txt().file();
            Place::Output(file.as_str().to_owned(), Some(name))
        })
    }

    /// The values of a field of security.txt, in their order.
    pub(super) fn fields<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.security_txt.lines().filter_map(move |line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}
