//! Other ids of the advisories: each leads to its page, or, where several share one, to a page that lists them.

use std::collections::HashMap;
use std::sync::Arc;

use super::advisory::Advisory;
use crate::diag::Diagnostics;
use crate::model::policy::Policy;
use crate::rules::advisory as rules;
use crate::value::alias::AliasKind;

/// Advisories by alias, to be asked for and never to be listed, so that no order shows. An alias that is an advisory's own
/// id would give one vulnerability two pages.
pub fn collect(
    advisories: &[Arc<Advisory>],
    policy: &Policy,
    diags: &mut Diagnostics,
) -> HashMap<String, Vec<usize>> {
    let ids: HashMap<String, usize> = advisories.iter().enumerate().map(|(at, a)| (a.id.key(), at)).collect();
    let prefix = policy.advisories.prefix.as_ref().map(|prefix| format!("{}-", prefix.as_str()));
    let mut aliases: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, advisory) in advisories.iter().enumerate() {
        for alias in &advisory.front.aliases {
            if alias.kind() == AliasKind::Pending {
                continue;
            }
            if let Some(other) = ids.get(&alias.as_str().to_ascii_lowercase()) {
                let other = &advisories[*other];
                let message = format!("the alias `{}` is the id of an advisory of this site", alias.as_str());
                let finding =
                    rules::ALIAS_IS_ADVISORY.at(alias.span, message).and(other.front.id.span, "this one");
                diags.push(
                    finding.help("move it to `related`, or withdraw one of the two with `superseded_by`"),
                );
                continue;
            }
            if prefix.as_ref().is_some_and(|prefix| alias.as_str().starts_with(prefix.as_str())) {
                diags.push(super::advisory::unknown_advisory(alias.as_str(), alias.span));
                continue;
            }
            let sharing = aliases.entry(alias.as_str().to_owned()).or_default();
            if !sharing.contains(&at) {
                sharing.push(at);
            }
        }
    }
    aliases
}
