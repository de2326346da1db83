//! How to report: one way after the other, then what to write, then what happens.

use serde::Serialize;

use super::contact::{self, Contact};
use super::promise::{self, Promise};
use super::prose::{self, Point};
use crate::model::policy::contact::Purpose;
use crate::model::policy::reporting::PublicIssues;
use crate::site::Site;
use crate::theme::html::Html;

/// The page.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether public issues may be used, as a sentence.
    pub public: Option<&'static str>,
    /// Ways to report, in order of preference.
    pub ways: Vec<Contact>,
    /// Other contacts.
    pub others: Vec<Contact>,
    /// The subject line that is asked for.
    pub subject: Option<String>,
    /// What to include.
    pub include: Vec<Point>,
    /// What to leave out; HTML.
    pub exclude: Vec<Html>,
    /// The rule about AI; HTML.
    pub ai: Option<Html>,
    /// Languages that are read, in words.
    pub languages: String,
    /// What happens then.
    pub promises: Vec<Promise>,
}

impl Report {
    /// Gathers it.
    pub fn of(site: &Site) -> Self {
        let policy = &site.policy;
        let reporting = &policy.reporting;
        let escalates =
            |c: &crate::model::policy::contact::Contact| c.purposes.contains(&Purpose::Escalation);
        let languages: Vec<&str> =
            reporting.languages.iter().map(|language| name(language.as_str())).collect();
        Self {
            public: reporting.public_issues.map(public_issues),
            ways: Contact::all_for(site, |c| contact::takes_reports(c) || escalates(c)),
            others: Contact::all_for(site, |c| !contact::takes_reports(c) && !escalates(c)),
            subject: reporting.subject.as_ref().map(|subject| subject.as_str().to_owned()),
            include: prose::points(site, &reporting.include),
            exclude: reporting.exclude.iter().map(|text| prose::flow(site, text)).collect(),
            ai: reporting.ai.as_ref().map(|text| prose::flow(site, text)),
            languages: prose::and(&languages),
            promises: promise::summary(policy),
        }
    }
}

/// The rule about public issues.
pub fn public_issues(rule: PublicIssues) -> &'static str {
    match rule {
        PublicIssues::Never => {
            "Please do not open a public issue for a vulnerability: it puts everybody at risk before there is a fix."
        }
        PublicIssues::LowSeverity => {
            "A public issue is fine where the severity is low. Report everything else in private."
        }
        PublicIssues::Always => "A public issue is fine for every vulnerability.",
    }
}

/// The English name of the languages that policies name most; else the code.
fn name(code: &str) -> &str {
    match code.split('-').next().unwrap_or_default() {
        "ar" => "Arabic",
        "cs" => "Czech",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "zh" => "Chinese",
        _ => code,
    }
}
