//! Whether promises are made, and once each.

pub(super) mod told;

use super::words::MOST;
use super::{Subject, contacts};
use crate::diag::Diagnostics;
use crate::model::policy::response::{Promise, Stage};
use crate::rules::promise as rules;
use crate::value::duration::{Bound, Duration};
use crate::value::sentence::has_any;

/// All rules of the family.
pub(super) fn check(subject: &Subject<'_>, diags: &mut Diagnostics) {
    response_conflict(subject, diags);
    phases_conflict(subject, diags);
    // What the policy elsewhere promises is said there.
    if !contacts::is_elsewhere(subject.policy) {
        response_missing(subject, diags);
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

/// `response-conflict` between a promise and the plan by days: what is promised within 7 days does not begin on day 30.
fn phases_conflict(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let phases = subject.policy.disclosure.iter().flat_map(|disclosure| &disclosure.phases).take(MOST);
    for phase in phases {
        let days: String = phase.day.as_str().chars().take_while(char::is_ascii_digit).collect();
        let (Ok(day), Some(stages)) = (days.parse::<u32>(), stages(&phase.text)) else { continue };
        let late = |promise: &&Promise| {
            let within = promise.within.as_ref().filter(|within| within.bound != Bound::AtLeast);
            stages.contains(&promise.stage)
                && within.is_some_and(|within| f64::from(day) * 24.0 > within.longest_hours())
        };
        let mut promises = subject.policy.promises.iter();
        let Some(promise) = promises.find(late) else { continue };
        let within = promise.within.as_ref().map_or_else(String::new, Duration::to_string);
        let message = format!("`{within}` is promised, and the plan has it on day `{}`", phase.day.as_str());
        let help = "let the plan begin in time, or promise what the plan can keep";
        let finding = rules::RESPONSE_CONFLICT.at(promise.span, message);
        diags.push(finding.and(phase.span, "the plan").help(help));
    }
}

/// The stages that end with a phase. "Fix development" ends none, and "Released" says not what.
fn stages(text: &str) -> Option<&'static [Stage]> {
    let lower = text.to_lowercase();
    let out = has_any(&lower, &["release", "available", "ship", "publish"]);
    if has_any(&lower, &["disclos", "advisor", "development", "testing", "details"]) {
        None
    } else if out && has_any(&lower, &["update", "fix", "patch"]) {
        Some(&[Stage::Fix, Stage::Release])
    } else if lower.contains("acknowledg") {
        Some(&[Stage::Acknowledgment])
    } else if has_any(&lower, &["assess", "triage"]) {
        Some(&[Stage::Assessment])
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::stages;

    #[test]
    fn phases_end_stages() {
        assert!(stages("Security update released").is_some() && stages("Acknowledgment sent").is_some());
        assert!(
            stages("Fix development and testing").is_none()
                && stages("Released").is_none()
                && stages("Public disclosure").is_none()
        );
    }
}
