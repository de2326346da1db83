//! What to do, in one box.

use serde::Serialize;

use crate::model::advisory::affected::{AffectedStatus, RemediationKind};
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::theme::html::Html;
use crate::theme::view::prose;

/// More releases than these are not a sentence any more.
const NAMED: usize = 4;

/// The box.
#[derive(Debug, Serialize)]
pub struct Advice {
    /// Whether something stays open: no fix, or not for all.
    pub open: bool,
    /// Releases to upgrade to.
    pub upgrade: Vec<Upgrade>,
    /// Workarounds and what else the author says.
    pub texts: Vec<Text>,
    /// Whether there is nothing to be done.
    pub none: bool,
}

/// Releases of one product.
#[derive(Debug, Serialize)]
pub struct Upgrade {
    /// The product, where there are several.
    pub product: String,
    /// The releases, lowest first; where they are many, the highest alone.
    pub versions: Vec<Version>,
    /// Whether there are more, which the table names.
    pub more: bool,
}

/// One release.
#[derive(Debug, Serialize)]
pub struct Version {
    /// The release.
    pub version: String,
    /// What follows it: a comma, "or", or nothing.
    pub glue: &'static str,
}

/// One remediation.
#[derive(Debug, Serialize)]
pub struct Text {
    /// What kind, and of what where there are several.
    pub label: String,
    /// HTML.
    pub html: Html,
}

/// `None` where nothing is hit.
pub(super) fn of(site: &Site, advisory: &Advisory) -> Option<Advice> {
    let hit: Vec<_> =
        advisory.affected.iter().filter(|a| a.text.status.value == AffectedStatus::Affected).collect();
    if advisory.is_withdrawn() || hit.is_empty() {
        return None;
    }
    let many = hit.len() > 1;
    let mut upgrade: Vec<Upgrade> = Vec::new();
    let mut texts: Vec<Text> = Vec::new();
    for affected in &hit {
        let mut fixes: Vec<&str> = Vec::new();
        for fix in affected.ranges.fixes() {
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        let more = fixes.len() > NAMED;
        if more {
            fixes.drain(..fixes.len() - 1);
        }
        let last = fixes.len();
        let glue = |at: usize| match last - at {
            1 => "",
            2 => " or ",
            _ => ", ",
        };
        let version = |(at, fix): (usize, &&str)| Version { version: (*fix).to_owned(), glue: glue(at) };
        if last > 0 {
            let name = if many { super::affected::name(site, affected) } else { String::new() };
            let versions = fixes.iter().enumerate().map(version).collect();
            upgrade.push(Upgrade { product: name, versions, more });
        }
        if let Some(remediation) = &affected.text.remediation {
            let label = match remediation.kind {
                RemediationKind::Fix => "Fix",
                RemediationKind::Workaround => "Workaround",
                RemediationKind::Mitigation => "Mitigation",
                RemediationKind::NoFix => "No fix",
            };
            let html = match &remediation.text {
                Some(text) => prose::flow(site, text),
                None if remediation.kind == RemediationKind::NoFix => Html::inline("none is planned."),
                None => continue,
            };
            let label = match many {
                true => format!("{label} for {}", super::affected::name(site, affected)),
                false => label.to_owned(),
            };
            texts.push(Text { label, html });
        }
    }
    let open = advisory.is_unfixed() || upgrade.is_empty();
    Some(Advice { open, none: upgrade.is_empty() && texts.is_empty(), upgrade, texts })
}
