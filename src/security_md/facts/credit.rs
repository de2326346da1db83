//! Whether finders are thanked, and where.

use super::{Fact, Facts};
use crate::model::policy::people::Place;
use crate::security_md::text::list;

pub(super) static FACT: Fact = Fact {
    marker: "credit",
    heading: "Credit",
    stated: |policy| policy.credit.is_some(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let Some(credit) = &facts.policy.credit else { return String::new() };
    if !credit.given {
        return "Finders are not named.".into();
    }
    let places: Vec<String> = credit.places.iter().map(|place| words(*place).to_owned()).collect();
    let places = if places.is_empty() { String::new() } else { format!(" in {}", list(&places)) };
    let anonymous = if credit.anonymous { ", or stay anonymous if they prefer" } else { "" };
    format!("Those who report a vulnerability are credited{places}{anonymous}.")
}

fn words(place: Place) -> &'static str {
    match place {
        Place::Advisory => "the advisory",
        Place::ReleaseNotes => "the release notes",
        Place::HallOfFame => "the hall of fame",
    }
}
