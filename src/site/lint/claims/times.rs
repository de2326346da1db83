//! Times that a sentence promises: in go its words, out come findings where [[response]] and [disclosure] say another.

use super::Claim;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::response::{Promise, Stage};
use crate::value::duration::{self, Bound, Duration};
use crate::value::sentence::{has_any, negates};
use crate::value::severity::Severity;
use crate::value::stages as abroad;

/// Looks at one sentence.
pub(super) fn check(sentence: &str, claim: &Claim<'_>, diags: &mut Diagnostics) {
    let lower = sentence.to_lowercase();
    // "If nobody acknowledges it within 14 days, write again."
    let conditional =
        lower.starts_with("if ") || lower.contains(" if ") || has_any(&lower, abroad::CONDITION);
    let stage = stage(&lower).filter(|_| !conditional && !negates(&lower));
    if stage.is_none() && !is_deadline(&lower) {
        return;
    }
    let found = duration::find(sentence);
    let [time] = found.as_slice() else { return };
    let Ok(said) = Duration::parse(&time.value) else { return };
    if said.bound == Bound::AtLeast {
        return;
    }
    let words = &sentence[time.range.clone()];
    if is_deadline(&lower) {
        deadline(words, &said, claim, diags);
    } else if let (Some(stage), Ok(severity)) = (stage, severity(&lower)) {
        promise(words, &said, time.every, stage, severity, claim, diags);
    }
}

fn promise(
    words: &str,
    said: &Duration,
    every: bool,
    stage: Stage,
    severity: Option<Severity>,
    claim: &Claim<'_>,
    diags: &mut Diagnostics,
) {
    let time = |promise: &&Promise| if every { promise.every.is_some() } else { promise.within.is_some() };
    let of_stage = |promise: &&Promise| promise.stage == stage && time(promise);
    let all = || claim.subject.policy.promises.iter().filter(of_stage);
    let mut rows: Vec<&Promise> = all().filter(|promise| promise.severity == severity).collect();
    // What is promised for all holds for each.
    if rows.is_empty() && severity.is_some() {
        rows = all().filter(|promise| promise.severity.is_none()).collect();
    }
    let times = |promise: &&Promise| if every { promise.every.clone() } else { promise.within.clone() };
    if rows.iter().filter_map(times).any(|row| holds(&row, said)) {
        return;
    }
    if let Some((row, time)) = rows.first().and_then(|row| Some((*row, times(row)?))) {
        let message = format!("`{}` is promised here, and `{time}` in the table", short(words, 40));
        claim.disagrees(words, row.span, message, diags);
    }
}

/// Whether a time is the promised one, or lies within its range.
fn holds(promised: &Duration, said: &Duration) -> bool {
    let longest = promised.longest_hours();
    let shortest = longest * f64::from(promised.min) / f64::from(promised.max.max(1));
    // An hour is less than anybody means by two ways to write a time.
    (shortest - 1.0..=longest + 1.0).contains(&said.longest_hours())
}

/// The one stage that a sentence is about, in any language that policies are written in.
fn stage(lower: &str) -> Option<Stage> {
    // "Verantwortungsvoll" holds an answer, and is none.
    if has_any(lower, abroad::DISCLOSURE) || lower.contains("verantwort") {
        return None;
    }
    let thanks = has_any(lower, &["contribut", "credit", "public", "hall of fame", "advisor"]);
    let acknowledged = has_any(lower, &["acknowledg", "initial response", "first response"]) && !thanks
        || has_any(lower, abroad::ACKNOWLEDGMENT);
    let assessed = has_any(lower, &["initial assessment", "triage"]) || has_any(lower, abroad::ASSESSMENT);
    let updated =
        has_any(lower, &["status update", "progress update", "update you"]) || has_any(lower, abroad::UPDATE);
    let fixed = has_any(lower, &["fix", "patch"]) && has_any(lower, &["within", "target", "aim to"])
        || has_any(lower, abroad::FIX);
    let stages = [
        (acknowledged, Stage::Acknowledgment),
        (assessed, Stage::Assessment),
        (updated, Stage::Update),
        (fixed, Stage::Fix),
    ];
    let mut said = stages.into_iter().filter(|(said, _)| *said).map(|(_, stage)| stage);
    said.next().filter(|_| said.next().is_none())
}

/// The severity that a sentence names, if it names no more than one.
fn severity(lower: &str) -> Result<Option<Severity>, ()> {
    let levels = [
        ("critical", Severity::Critical),
        ("high", Severity::High),
        ("medium", Severity::Medium),
        ("moderate", Severity::Medium),
        ("low", Severity::Low),
    ];
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let mut named =
        words.filter_map(|word| levels.iter().find(|(level, _)| *level == word)).map(|(_, level)| *level);
    match (named.next(), named.next()) {
        (_, Some(_)) => Err(()),
        (level, None) => Ok(level),
    }
}

/// "The 90-day disclosure deadline".
fn is_deadline(lower: &str) -> bool {
    let named = has_any(
        lower,
        &["disclosure deadline", "day deadline", "disclosure window", "disclosure period", "embargo period"],
    );
    let from_the_fix = has_any(
        lower,
        &["after the fix", "after a fix", "after release", "after the release", "after a patch"],
    );
    named && !from_the_fix
}

fn deadline(words: &str, said: &Duration, claim: &Claim<'_>, diags: &mut Diagnostics) {
    let policy = claim.subject.policy;
    let Some(disclosure) = &policy.disclosure else { return };
    let Some(deadline) = &disclosure.deadline else { return };
    let mut others = disclosure.publish_after.iter().map(|(_, after)| after);
    let notice = policy.embargo.iter().filter_map(|embargo| embargo.notice.as_ref());
    if !holds(deadline, said)
        && !others.any(|other| holds(other, said))
        && !notice.into_iter().any(|n| holds(n, said))
    {
        let fact = claim.subject.table("[disclosure]");
        let message = format!("`{}` is the deadline here, and `{deadline}` in the table", short(words, 40));
        claim.disagrees(words, fact, message, diags);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_deadline, severity, stage};
    use crate::model::policy::response::Stage;

    #[test]
    fn a_sentence_is_about_one_stage_or_none() {
        assert_eq!(stage("we acknowledge reports within 48 hours"), Some(Stage::Acknowledgment));
        assert_eq!(stage("status updates every 7 days"), Some(Stage::Update));
        assert_eq!(stage("受付の返信は 48 時間以内"), Some(Stage::Acknowledgment));
        assert_eq!(stage("wird in 30 tagen behoben"), Some(Stage::Fix));
        for none in [
            "we will acknowledge your contribution within a month",
            "we acknowledge and triage reports within two days",
            "patches are reviewed in two days",
            "fixes ship once ready",
            "verantwortungsvoll in 30 tagen",
            "修正の 90 日後に公開",
        ] {
            assert_eq!(stage(none), None, "{none}");
        }
    }

    #[test]
    fn severities_and_deadlines_are_read() {
        assert!(severity("fix within 7 days for critical issues").is_ok_and(|level| level.is_some()));
        assert!(severity("critical 7 days, high 14 days").is_err());
        assert!(
            is_deadline("until the 90-day disclosure deadline")
                && !is_deadline("we disclose 90 days after the fix")
        );
    }
}
