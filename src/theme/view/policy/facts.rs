//! Facts of the policy as sentences and rows.

use serde::Serialize;

use crate::model::policy::Policy;
use crate::model::policy::disclosure::{From, Model};
use crate::model::policy::people::Place;
use crate::model::policy::response::Reward;
use crate::site::Site;
use crate::theme::html::Html;
use crate::theme::view::severity::Severity;
use crate::theme::view::{promise, prose};
use crate::value::capital::capital;

/// A page that the policy names by its file.
pub(super) fn page(site: &Site, file: &str) -> Option<String> {
    match site.links.resolve("", file) {
        crate::markdown::Target::Href(href) => Some(href),
        _ => None,
    }
}

/// Response times.
#[derive(Debug, Serialize)]
pub struct Response {
    /// Whether some differ by severity.
    pub graded: bool,
    /// One row per promise.
    pub rows: Vec<ResponseRow>,
}

/// One promise.
#[derive(Debug, Serialize)]
pub struct ResponseRow {
    /// The stage.
    pub stage: &'static str,
    /// The severity; absent for any.
    pub severity: Option<&'static str>,
    /// The time.
    pub time: String,
}

impl Response {
    pub(super) fn of(policy: &Policy) -> Self {
        let row = |promise: &crate::model::policy::response::Promise| ResponseRow {
            stage: promise::stage(promise.stage),
            severity: promise.severity.map(crate::value::severity::Severity::label),
            time: capital(&promise::time(promise)),
        };
        Self {
            graded: policy.promises.iter().any(|promise| promise.severity.is_some()),
            rows: policy.promises.iter().map(row).collect(),
        }
    }
}

/// How things are disclosed.
#[derive(Debug, Serialize)]
pub struct Disclosure {
    /// Sentences.
    pub sentences: Vec<String>,
    /// Steps, in order; HTML.
    pub steps: Vec<Html>,
}

impl Disclosure {
    pub(super) fn of(site: &Site) -> Self {
        let Some(disclosure) = &site.policy.disclosure else {
            return Self { sentences: Vec::new(), steps: Vec::new() };
        };
        let mut sentences = Vec::new();
        match disclosure.model {
            Some(Model::Coordinated) => {
                sentences.push("We coordinate disclosure with the reporter.".to_owned());
            }
            Some(Model::Full) => sentences.push("Everything is disclosed at once, in full.".to_owned()),
            Some(Model::None) => sentences.push("Details of vulnerabilities are not disclosed.".to_owned()),
            None => {}
        }
        if let Some(deadline) = &disclosure.deadline {
            let from = match disclosure.deadline_from {
                Some(From::Report) => " after the report",
                Some(From::Acknowledgment) => " after our first answer",
                Some(From::Fix) => " after the fix",
                None => "",
            };
            sentences.push(format!("The reporter may publish {deadline}{from}, fixed or not."));
        }
        if let Some(cve) = &disclosure.cve {
            let by = cve.cna.as_ref().map(|cna| format!(" from {}", cna.as_str())).unwrap_or_default();
            let when = match cve.request.as_ref().map(crate::value::line::Line::as_str) {
                Some("always") => "for every vulnerability".to_owned(),
                Some("never") => "never".to_owned(),
                Some(words) => format!("as follows: {words}"),
                None => "where one fits".to_owned(),
            };
            sentences.push(format!("We ask for a CVE id{by} {when}."));
        }
        for (severity, after) in &disclosure.publish_after {
            let which = match severity.as_deref() {
                None => "Details follow".to_owned(),
                Some("other") => "All other details follow".to_owned(),
                Some(severity) => format!("Details of {severity} vulnerabilities follow"),
            };
            sentences.push(format!("{which} {after} after the fixed release."));
        }
        Self { sentences, steps: disclosure.steps.iter().map(|step| prose::flow(site, step)).collect() }
    }
}

/// The plan by days.
#[derive(Debug, Serialize)]
pub struct Phases {
    /// In order.
    pub phases: Vec<Phase>,
}

/// One phase.
#[derive(Debug, Serialize)]
pub struct Phase {
    /// Days, as printed.
    pub day: String,
    /// What happens.
    pub text: String,
}

impl Phases {
    pub(super) fn of(policy: &Policy) -> Self {
        let phases = policy.disclosure.iter().flat_map(|disclosure| &disclosure.phases);
        Self {
            phases: phases.map(|p| Phase { day: p.day.as_str().to_owned(), text: p.text.clone() }).collect(),
        }
    }
}

/// How severity is graded.
#[derive(Debug, Serialize)]
pub struct Levels {
    /// Whether scores are given.
    pub scored: bool,
    /// Whether examples are given.
    pub examples: bool,
    /// Whether rewards are paid.
    pub rewarded: bool,
    /// The levels, in the author's order.
    pub levels: Vec<Level>,
}

/// One level.
#[derive(Debug, Serialize)]
pub struct Level {
    /// Its badge.
    pub severity: Severity,
    /// Its scores.
    pub cvss: String,
    /// Examples; HTML.
    pub examples: Vec<Html>,
    /// What is paid.
    pub reward: String,
}

impl Levels {
    pub(super) fn of(site: &Site) -> Self {
        let levels = &site.policy.severities;
        let level = |level: &crate::model::policy::response::SeverityLevel| Level {
            severity: Severity::level(Some(level.level.value)),
            cvss: level.cvss.map(|range| range.to_string()).unwrap_or_default(),
            examples: level.examples.iter().map(|example| prose::flow(site, example)).collect(),
            reward: level.reward.as_ref().map(reward).unwrap_or_default(),
        };
        Self {
            scored: levels.iter().any(|level| level.cvss.is_some()),
            examples: levels.iter().any(|level| !level.examples.is_empty()),
            rewarded: levels.iter().any(|level| level.reward.is_some()),
            levels: levels.iter().map(level).collect(),
        }
    }
}

fn reward(reward: &Reward) -> String {
    let currency = reward.currency.as_str();
    match (reward.min, reward.max) {
        (Some(min), Some(max)) if min == max => format!("{currency} {min}"),
        (Some(min), Some(max)) => format!("{currency} {min}–{max}"),
        (Some(min), None) => format!("{currency} {min} and more"),
        (None, Some(max)) => format!("up to {currency} {max}"),
        (None, None) => currency.to_owned(),
    }
}

/// Whether rewards are paid.
#[derive(Debug, Serialize)]
pub struct Bounty {
    /// A sentence; empty where the policy says nothing.
    pub text: &'static str,
    /// Where.
    pub platform: Option<String>,
}

impl Bounty {
    pub(super) fn of(policy: &Policy) -> Self {
        let (text, platform) = match &policy.bounty {
            None => ("", None),
            Some(bounty) if !bounty.offered => ("We do not pay for reports.", None),
            Some(bounty) => match &bounty.platform {
                Some(url) => ("Rewards are paid through", Some(url.as_str().to_owned())),
                None => ("We pay for reports.", None),
            },
        };
        Self { text, platform }
    }
}

/// How credit is given; empty where the policy says nothing.
pub fn credit(site: &Site) -> String {
    let Some(credit) = &site.policy.credit else { return String::new() };
    if !credit.given {
        return "Finders are not named.".to_owned();
    }
    let place = |place: &Place| match place {
        Place::Advisory => "in the advisory",
        Place::ReleaseNotes => "in the release notes",
        Place::HallOfFame => "in the hall of fame",
    };
    let places: Vec<&str> = credit.places.iter().map(place).collect();
    let mut text = "Finders are thanked by name".to_owned();
    if !places.is_empty() {
        text.push(' ');
        text.push_str(&prose::and(&places));
    }
    text.push_str(if credit.anonymous { ", or anonymously if they wish." } else { "." });
    text
}

/// Known and accepted weaknesses.
#[derive(Debug, Serialize)]
pub struct Limitations {
    /// In the author's order.
    pub limitations: Vec<Limitation>,
}

/// One of them.
#[derive(Debug, Serialize)]
pub struct Limitation {
    /// A short name.
    pub title: String,
    /// What it is; HTML.
    pub html: Option<Html>,
    /// What to do about it; HTML.
    pub mitigation: Option<Html>,
    /// When it goes away.
    pub planned: Option<String>,
}

impl Limitations {
    pub(super) fn of(site: &Site) -> Self {
        let limitation = |l: &crate::model::policy::people::Limitation| Limitation {
            title: l.title.as_str().to_owned(),
            html: l.text.as_ref().map(|text| prose::flow(site, text)),
            mitigation: l.mitigation.as_ref().map(|text| prose::flow(site, text)),
            planned: l.planned.as_ref().map(|planned| planned.as_str().to_owned()),
        };
        Self { limitations: site.policy.limitations.iter().map(limitation).collect() }
    }
}

/// Who is told before the public.
#[derive(Debug, Serialize)]
pub struct Embargo {
    /// Sentences.
    pub sentences: Vec<String>,
    /// The page that says who may join.
    pub eligibility_href: Option<String>,
}

impl Embargo {
    pub(super) fn of(site: &Site) -> Self {
        let Some(embargo) = &site.policy.embargo else {
            return Self { sentences: Vec::new(), eligibility_href: None };
        };
        let list = embargo.list.as_ref().map_or("Some distributors", |list| list.as_str());
        let before =
            embargo.notice.as_ref().map_or_else(|| "before".to_owned(), |notice| format!("{notice} before"));
        let mut sentences = vec![format!("{list} hears of a vulnerability {before} the public does.")];
        let page = embargo.eligibility.as_ref().and_then(|words| page(site, words.as_str()));
        if let (Some(words), None) = (&embargo.eligibility, &page) {
            sentences.push(words.as_str().to_owned());
        }
        Self { sentences, eligibility_href: page }
    }
}
