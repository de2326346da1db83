//! The hall of fame: credits of published advisories, joined with `[[hall_of_fame]]`, by year, each person once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::advisory::Advisory;
use crate::model::advisory::Status;
use crate::model::advisory::history::{Credit, CreditType, links};
use crate::model::policy::Policy;
use crate::value::id::AdvisoryId;

/// One year's thanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The year; `None` for thanks without a date.
    pub year: Option<i16>,
    /// The people, by name; those without one last.
    pub people: Vec<Person>,
}

/// One person in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name; `None` for somebody who stays anonymous.
    pub name: Option<String>,
    /// Their page.
    pub url: Option<String>,
    /// Advisories that thank them, in the order of ids.
    pub advisories: Vec<AdvisoryId>,
    /// Other reasons.
    pub reasons: Vec<String>,
}

/// One year's people while they are gathered.
#[derive(Default)]
struct Gathered {
    /// By [`entry`]'s key.
    named: BTreeMap<String, Person>,
    /// Nothing tells these apart: each credit is one of its own.
    anonymous: Vec<Person>,
}

/// Joins both sources.
pub fn collect(policy: &Policy, advisories: &[Arc<Advisory>]) -> Vec<Year> {
    let mut years: BTreeMap<Option<i16>, Gathered> = BTreeMap::new();
    for advisory in advisories.iter().rev().filter(|a| a.front.status.value != Status::Rejected) {
        let gathered = years.entry(Some(advisory.published.day().year())).or_default();
        for credit in advisory.front.credits.iter().filter(|credit| is_person(credit)) {
            if credit.anonymous {
                let advisories = vec![advisory.id.clone()];
                gathered.anonymous.push(Person { name: None, url: None, advisories, reasons: Vec::new() });
                continue;
            }
            let url = links(credit).first().map(|url| url.as_str().to_owned());
            let person = entry(&mut gathered.named, credit.name.as_str(), url);
            if !person.advisories.contains(&advisory.id) {
                person.advisories.push(advisory.id.clone());
            }
        }
    }
    for thanks in &policy.thanks {
        let gathered = years.entry(thanks.date.map(jiff::civil::Date::year)).or_default();
        let url = thanks.url.as_ref().map(|url| url.as_str().to_owned());
        let person = entry(&mut gathered.named, thanks.name.as_str(), url);
        person.reasons.extend(thanks.reason.iter().map(|reason| reason.as_str().to_owned()));
    }
    let year = |(year, gathered): (Option<i16>, Gathered)| {
        let people: Vec<Person> = gathered.named.into_values().chain(gathered.anonymous).collect();
        Year { year, people }
    };
    years.into_iter().rev().map(year).filter(|year| !year.people.is_empty()).collect()
}

/// The same person is the same name, however it is capitalised or spaced.
fn entry<'p>(people: &'p mut BTreeMap<String, Person>, name: &str, url: Option<String>) -> &'p mut Person {
    let key = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let person = people.entry(key).or_insert_with(|| Person {
        name: Some(name.to_owned()),
        url: None,
        advisories: Vec::new(),
        reasons: Vec::new(),
    });
    if person.url.is_none() {
        person.url = url;
    }
    person
}

fn is_person(credit: &Credit) -> bool {
    !matches!(credit.kind, CreditType::Tool | CreditType::Sponsor)
}
