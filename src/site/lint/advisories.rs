//! Advisories beside each other, and what of them a machine format would have to leave out.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::advisory::affected::Git;
use crate::rules::advisory as rules;
use crate::site::advisory::Advisory;
use crate::value::commit;

/// All rules of the family that live here; others are in [`crate::site::advisory`].
pub(super) fn check(advisories: &[Arc<Advisory>], diags: &mut Diagnostics) {
    for advisory in advisories {
        for git in advisory.affected.iter().filter_map(|affected| affected.text.git.as_ref()) {
            short_git_hash(git, diags);
        }
    }
    superseded_cycle(advisories, diags);
}

fn short_git_hash(git: &Git, diags: &mut Diagnostics) {
    for hash in git.introduced.iter().chain(&git.fixed) {
        let text = hash.as_str();
        if commit::is_whole(text) {
            continue;
        }
        let hex = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (message, help) = if hex && matches!(text.len(), 40 | 64) {
            (
                format!("`{text}` has capitals, and hashes of commits are written small"),
                text.to_ascii_lowercase(),
            )
        } else if hex {
            let message = format!(
                "`{}` is {} digits of a hash, and OSV takes none but whole ones",
                short(text, 64),
                text.len()
            );
            (message, format!("`git rev-parse {}` prints the whole one", short(text, 64)))
        } else {
            let message = format!("`{}` is not the hash of a commit", short(text, 64));
            (message, "write the 40 digits that `git rev-parse` prints".to_owned())
        };
        let help = if help.len() == text.len() { format!("write `{help}`") } else { help };
        diags.push(rules::SHORT_GIT_HASH.at(git.span, message).help(help));
    }
}

/// One that names itself has been reported where it is read.
fn superseded_cycle(advisories: &[Arc<Advisory>], diags: &mut Diagnostics) {
    let next = |advisory: &Advisory| {
        let withdrawn = advisory.front.withdrawn.as_ref()?;
        let id = withdrawn.superseded_by.as_ref()?;
        (id.value != advisory.id).then(|| (id.as_str().to_owned(), id.span))
    };
    let steps: BTreeMap<&str, (String, crate::source::Span)> =
        advisories.iter().filter_map(|advisory| Some((advisory.id.as_str(), next(advisory)?))).collect();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for start in steps.keys().copied() {
        let mut at = start;
        // Each walk marks what it passes, and stops where it or an earlier one has been.
        while let Some((id, (to, span))) = steps.get_key_value(at) {
            match seen.get(id) {
                Some(walk) if *walk == start => {
                    let message = format!(
                        "from `{id}` by way of `{}`, `superseded_by` leads back to it",
                        short(to, 64)
                    );
                    let help = "remove one `superseded_by`, so that one of them stands";
                    let finding = rules::SUPERSEDED_CYCLE.at(*span, message);
                    let other = steps.get(to.as_str()).map(|(_, span)| *span);
                    let finding = match other {
                        Some(other) => finding.and(other, "the way back"),
                        None => finding,
                    };
                    diags.push(finding.help(help));
                    break;
                }
                Some(_) => break,
                None => {
                    seen.insert(id, start);
                    at = to;
                }
            }
        }
    }
}
