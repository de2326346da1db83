//! Whether promises are made, once each, and with something behind them.

use super::{Subject, contacts};
use crate::diag::Diagnostics;
use crate::model::policy::contact::Purpose;
use crate::model::policy::disclosure::Model;
use crate::model::policy::reporting::PublicIssues;
use crate::model::policy::response::Promise;
use crate::rules::promise as rules;
use crate::value::duration::Duration;

/// All rules of the family.
pub(super) fn check(subject: &Subject<'_>, diags: &mut Diagnostics) {
    response_conflict(subject, diags);
    promise_unbacked(subject, diags);
    // What the policy elsewhere promises is said there.
    if !contacts::is_elsewhere(subject.policy) {
        response_missing(subject, diags);
        deadline_missing(subject, diags);
    }
}

fn response_missing(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let planned = subject.policy.disclosure.as_ref().is_some_and(|disclosure| !disclosure.phases.is_empty());
    if subject.policy.promises.is_empty() && !planned {
        let help = "add a [[response]] with `stage = \"acknowledgment\"` and `within = \"7 days\"`";
        let place = subject.table("[[contact]]");
        diags.push(rules::RESPONSE_MISSING.at(place, "no time is promised for an answer").help(help));
    }
}

fn response_conflict(subject: &Subject<'_>, diags: &mut Diagnostics) {
    // The first time of each kind; there are few kinds, however many rows.
    let mut firsts: Vec<(&Promise, bool, &Duration)> = Vec::new();
    for promise in &subject.policy.promises {
        let times = [(&promise.within, false), (&promise.every, true)];
        for (ours, repeats) in times.into_iter().filter_map(|(time, repeats)| Some((time.as_ref()?, repeats)))
        {
            let same = |(first, repeated, _): &&(&Promise, bool, &Duration)| {
                first.stage == promise.stage && first.severity == promise.severity && *repeated == repeats
            };
            let Some((first, _, theirs)) = firsts.iter().find(same) else {
                firsts.push((promise, repeats, ours));
                continue;
            };
            if (theirs.longest_hours() - ours.longest_hours()).abs() > f64::EPSILON {
                let message = format!("`{ours}` is promised here, and `{theirs}` above");
                let help = "keep the one that you can keep, or write the `severity` that each is for";
                let finding = rules::RESPONSE_CONFLICT.at(promise.span, message);
                diags.push(finding.and(first.span, "the other promise").help(help));
            }
        }
    }
}

fn deadline_missing(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let policy = subject.policy;
    let model = policy.disclosure.as_ref().and_then(|disclosure| disclosure.model);
    let secret =
        policy.reporting.public_issues == Some(PublicIssues::Never) || model == Some(Model::Coordinated);
    let dated = policy.disclosure.as_ref().is_some_and(|disclosure| disclosure.deadline.is_some());
    if secret && !dated && model != Some(Model::Full) {
        let header = if policy.disclosure.is_some() { "[disclosure]" } else { "[reporting]" };
        let help = "write `deadline = \"90 days\"` in [disclosure], or the time that you need";
        let message = "finders are asked to keep silent, and not told until when";
        diags.push(rules::DEADLINE_MISSING.at(subject.table(header), message).help(help));
    }
}

fn promise_unbacked(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let policy = subject.policy;
    let Some(bounty) = policy.bounty.as_ref().filter(|bounty| bounty.offered) else { return };
    let told = bounty.platform.is_some()
        || policy.severities.iter().any(|level| level.reward.is_some())
        || policy.contacts.iter().any(|contact| contact.purposes.contains(&Purpose::Bounty));
    if !told {
        let help = "add `platform` with the page of the programme, or set `offered = false`";
        let message = "rewards are offered, and nothing says where or how much";
        diags.push(rules::PROMISE_UNBACKED.at(subject.table("[bounty]"), message).help(help));
    }
}
