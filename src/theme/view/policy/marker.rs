//! What a marker in a policy's text becomes: the template `policy/NAME.html` over the facts it is about.

use serde::Serialize;

use super::facts;
use crate::diag::Diagnostic;
use crate::model::policy::Policy;
use crate::site::Site;
use crate::site::prose::Marker;
use crate::theme::html::Html;
use crate::theme::view::contact::{self, Contact};
use crate::theme::view::day::Day;
use crate::theme::view::key::Keys;
use crate::theme::view::prose::{self, Point};
use crate::theme::view::report::Report;
use crate::theme::view::row::Row;
use crate::theme::view::support::Support;
use crate::theme::view::thanks::Thanks;

/// The marker's HTML; empty where the policy has no such facts.
pub fn render(site: &Site, marker: Marker<'_>) -> Result<Html, Box<Diagnostic>> {
    let policy = &site.policy;
    let template = format!("policy/{}.html", marker.name);
    let piece = Piece { site, template: &template };
    match marker.name {
        "support" => {
            let wanted = |id: &str| marker.product.is_none_or(|product| product == id);
            piece.of(&Support::some(site, |product| wanted(product.id.as_str())))
        }
        "contacts" => piece.of(&Contacts { contacts: Contact::all_for(site, contact::takes_reports) }),
        "report" | "include" | "exclude" => piece.of(&Report::of(site)),
        "response" => piece.of(&facts::Response::of(policy)),
        "disclosure" => piece.of(&facts::Disclosure::of(site)),
        "phases" => piece.of(&facts::Phases::of(policy)),
        "severity" => piece.of(&facts::Levels::of(site)),
        "scope" => piece.of(&Scope::of(site)),
        "safe-harbor" => piece.of(&SafeHarbor::of(site)),
        "bounty" => piece.of(&facts::Bounty::of(policy)),
        "credit" => piece.of(&Credit { text: facts::credit(site) }),
        "keys" => piece.of(&Keys::of(site)),
        "hall-of-fame" => piece.of(&Thanks::of(site)),
        "limitations" => piece.of(&facts::Limitations::of(site)),
        "audits" => piece.of(&Audits::of(policy)),
        "embargo" => piece.of(&facts::Embargo::of(site)),
        "advisories" => {
            piece.of(&Latest { latest: site.advisories.iter().take(5).map(|a| Row::of(site, a)).collect() })
        }
        _ => Ok(Html::default()),
    }
}

struct Piece<'a> {
    site: &'a Site,
    template: &'a str,
}

impl Piece<'_> {
    fn of<V: Serialize>(&self, view: &V) -> Result<Html, Box<Diagnostic>> {
        self.site.theme.piece(self.template, view)
    }
}

#[derive(Serialize)]
struct Contacts {
    contacts: Vec<Contact>,
}

#[derive(Serialize)]
struct Credit {
    text: String,
}

#[derive(Serialize)]
struct Latest {
    latest: Vec<Row>,
}

#[derive(Serialize)]
struct Scope {
    included: Vec<Point>,
    excluded: Vec<Point>,
    threat_model: Option<String>,
}

impl Scope {
    fn of(site: &Site) -> Self {
        let scope = site.policy.scope.as_ref();
        let points = |items: Option<&Vec<_>>| items.map_or_else(Vec::new, |items| prose::points(site, items));
        Self {
            included: points(scope.map(|scope| &scope.included)),
            excluded: points(scope.map(|scope| &scope.excluded)),
            threat_model: scope.and_then(|scope| facts::page(site, scope.threat_model.as_ref()?.as_str())),
        }
    }
}

#[derive(Serialize)]
struct SafeHarbor {
    statement: Option<Html>,
    conditions: Vec<Point>,
}

impl SafeHarbor {
    fn of(site: &Site) -> Self {
        let harbor = site.policy.safe_harbor.as_ref();
        Self {
            statement: harbor.and_then(|harbor| Some(prose::flow(site, harbor.statement.as_ref()?))),
            conditions: harbor.map_or_else(Vec::new, |harbor| prose::points(site, &harbor.conditions)),
        }
    }
}

#[derive(Serialize)]
struct Audits {
    audits: Vec<Audit>,
}

#[derive(Serialize)]
struct Audit {
    day: Day,
    by: String,
    report: Option<String>,
}

impl Audits {
    fn of(policy: &Policy) -> Self {
        let audit = |audit: &crate::model::policy::people::Audit| Audit {
            day: audit.date.into(),
            by: audit.by.as_str().to_owned(),
            report: audit.report.as_ref().map(|url| url.as_str().to_owned()),
        };
        Self { audits: policy.audits.iter().map(audit).collect() }
    }
}
