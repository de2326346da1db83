//! The hall of fame.

use serde::Serialize;

use super::link::Link;
use crate::routes;
use crate::site::Site;
use crate::site::thanks::Person as Entry;

/// The page.
#[derive(Debug, Serialize)]
pub struct Thanks {
    /// Newest year first.
    pub years: Vec<Year>,
    /// How credit is given, in words.
    pub rules: String,
}

/// One year.
#[derive(Debug, Serialize)]
pub struct Year {
    /// The year.
    pub year: Option<i16>,
    /// The people.
    pub people: Vec<Person>,
}

/// One person.
#[derive(Debug, Serialize)]
pub struct Person {
    /// The name, or "Anonymous".
    pub name: String,
    /// Their page.
    pub href: Option<String>,
    /// Advisories that thank them.
    pub advisories: Vec<Link>,
    /// Other reasons, in words; may be empty.
    pub reasons: String,
}

impl Thanks {
    /// Gathers it.
    pub fn of(site: &Site) -> Self {
        let year = |year: &crate::site::thanks::Year| Year {
            year: year.year,
            people: year.people.iter().map(|person| Person::of(site, person)).collect(),
        };
        Self { years: site.thanks.iter().map(year).collect(), rules: super::policy::facts::credit(site) }
    }
}

impl Person {
    fn of(site: &Site, person: &Entry) -> Self {
        Self {
            name: person.name.clone().unwrap_or_else(|| "Anonymous".to_owned()),
            href: person.url.clone(),
            advisories: person
                .advisories
                .iter()
                .map(|id| Link::to(site, &routes::advisory(id), id.as_str()))
                .collect(),
            reasons: person.reasons.join("; "),
        }
    }
}
