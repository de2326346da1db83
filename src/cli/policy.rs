//! The policy of a site, for commands that need no more than that.
//!
//! What is wrong with the policy is printed and ends the command; what is wrong with advisories is left to `check`.

use std::collections::BTreeSet;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::load::{self, Loaded, Resolved};
use crate::diag::{Diagnostics, Level, Levels};
use crate::model::policy::Policy;
use crate::rules::policy as rules;
use crate::site::{Mark, Options, Site};
use crate::source::Sources;

/// The policy of what was loaded, else its findings on standard error and the failure that they are.
pub fn of<'l>(globals: &Globals, loaded: &'l Loaded) -> Result<&'l Policy, Failure> {
    if let Some(policy) = &loaded.parsed.policy {
        return Ok(policy);
    }
    print(globals, &loaded.diags, &loaded.sources, &loaded.levels)?;
    Err(Failure::Printed(if loaded.parsed.policy_unreadable { Exit::Usage } else { Exit::Content }))
}

/// The site behind a sound policy; a review that ran out and contacts that wait to be confirmed do not matter. In a
/// preview no finding does, as long as there is a policy.
pub fn site(globals: &Globals, preview: bool) -> Result<Site, Failure> {
    sound(globals, preview).map(|(site, _)| site)
}

/// The same with what it was read from.
pub fn sound(globals: &Globals, preview: bool) -> Result<(Site, Sources), Failure> {
    let mut loaded = load::load(globals, &[], None)?;
    of(globals, &loaded)?;
    // `--deny warnings` must not keep anybody from the review that it asks for.
    loaded.levels.set(rules::REVIEW_DUE.id, Level::Allow);
    let options = Options { mark: Mark::Preview, ..Options::default() };
    let Resolved { site, sources, diags, levels, .. } = load::resolve(loaded, &options);
    if print(globals, &diags, &sources, &levels)? && !preview {
        return Err(Failure::Printed(Exit::Content));
    }
    // `of` has seen the policy, and a site is made wherever there is one.
    Ok((site.ok_or(Failure::Printed(Exit::Content))?, sources))
}

/// Prints what stops the policy, and says whether there was anything.
fn print(
    globals: &Globals,
    diags: &Diagnostics,
    sources: &Sources,
    levels: &Levels,
) -> Result<bool, Failure> {
    let mut ours = Diagnostics::default();
    for finding in diags.iter().filter(|finding| levels.of(finding.rule) == Level::Deny) {
        let path = finding.place().map(|span| sources.file(span.file).path.as_str());
        if path.is_none_or(|path| path == "policy.toml" || path.starts_with("content/")) {
            ours.push(finding.clone());
        }
    }
    let findings = ours.judge(levels);
    if findings.list.is_empty() {
        return Ok(false);
    }
    globals.print(&findings, sources, &BTreeSet::new())?;
    Ok(true)
}
