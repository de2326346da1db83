//! What is promised, and within which time.

use crate::model::policy::response::{Promise, Stage};
use crate::profiles::{Answer, Place, Subject};
use crate::routes;

/// Hours of a day.
const DAY: f64 = 24.0;

/// When a report is acknowledged.
pub(in crate::profiles) fn acknowledged(subject: &Subject<'_>) -> Answer {
    let help = "add a [[response]] with `stage = \"acknowledgment\"` and `within`";
    let timed = of(subject, Stage::Acknowledgment).filter(|promise| promise.within.is_some());
    Answer::at(timed.map(place), help)
}

/// That it is acknowledged within some days.
pub(in crate::profiles) fn acknowledged_within(
    subject: &Subject<'_>,
    days: f64,
    help: &'static str,
) -> Answer {
    within(subject, Stage::Acknowledgment, days, help)
}

/// That a stage is reached within some days, for every severity that is named.
pub(in crate::profiles) fn within(
    subject: &Subject<'_>,
    stage: Stage,
    days: f64,
    help: &'static str,
) -> Answer {
    let late = |promise: &&Promise| {
        !promise.within.as_ref().is_some_and(|within| within.longest_hours() <= days * DAY)
    };
    if let Some(late) = of(subject, stage).find(late) {
        return Answer::short(Some(place(late)), help);
    }
    Answer::at(of(subject, stage).map(place), help)
}

/// When somebody hears news of a report.
pub(in crate::profiles) fn updates(subject: &Subject<'_>) -> Answer {
    let help = "add a [[response]] with `stage = \"update\"` and `every`";
    let often = of(subject, Stage::Update).filter(|promise| promise.every.is_some());
    Answer::at(often.map(place), help)
}

/// When a fix is to be expected.
pub(in crate::profiles) fn fixes(subject: &Subject<'_>) -> Answer {
    let promises = of(subject, Stage::Fix).chain(of(subject, Stage::Release));
    Answer::at(promises.map(place), "add a [[response]] with `stage = \"fix\"`")
}

/// A disclosure policy, on its page.
pub(in crate::profiles) fn disclosure(subject: &Subject<'_>) -> Answer {
    let help = "add [disclosure] with `model` and `deadline`";
    Answer::at(subject.key("disclosure"), help)
        .and(Answer::at(subject.output(&routes::policy()), "the policy page is missing"))
}

/// A disclosure policy that says when reporters are answered.
pub(in crate::profiles) fn disclosure_with_times(subject: &Subject<'_>) -> Answer {
    disclosure(subject).and(acknowledged(subject))
}

/// That what was verified is public within ninety days.
pub(in crate::profiles) fn public_in_ninety_days(subject: &Subject<'_>) -> Answer {
    let help = "write `deadline = \"90 days\"`, or less, in [disclosure]";
    let deadline = subject.policy().disclosure.as_ref().and_then(|disclosure| disclosure.deadline.as_ref());
    match deadline {
        Some(time) if time.longest_hours() <= 90.0 * DAY => {
            Answer::at(subject.key("disclosure.deadline"), help)
        }
        Some(_) => Answer::short(subject.key("disclosure.deadline"), help),
        None => Answer::lacking(help),
    }
}

/// How a report is handled, step by step.
pub(in crate::profiles) fn process(subject: &Subject<'_>) -> Answer {
    let help = "write `steps` in [disclosure], or add [[response]]s";
    let disclosure = subject.policy().disclosure.as_ref();
    let steps = disclosure.filter(|disclosure| !disclosure.steps.is_empty());
    let steps = steps.and_then(|_| subject.key("disclosure.steps"));
    Answer::at(steps.into_iter().chain(subject.policy().promises.iter().map(place)), help)
}

/// That finders are thanked.
pub(in crate::profiles) fn credit(subject: &Subject<'_>) -> Answer {
    let given = subject.policy().credit.as_ref().filter(|credit| credit.given);
    let key = given.and_then(|_| subject.key("credit"));
    Answer::at(key, "add [credit] with `given = true`")
        .and(Answer::at(subject.output(&routes::thanks()), "the page of thanks is missing"))
}

fn of<'s>(subject: &Subject<'s>, stage: Stage) -> impl Iterator<Item = &'s Promise> {
    subject.policy().promises.iter().filter(move |promise| promise.stage == stage)
}

fn place(promise: &Promise) -> Place {
    Place::Written(promise.span)
}
