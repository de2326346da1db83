//! Which kind of document an advisory becomes, and what it is known as: CSAF 2.0 §4.

use crate::model::advisory::affected::AffectedStatus;
use crate::site::advisory::Advisory;
use crate::value::alias::{Alias, AliasKind};

/// Profiles of CSAF 2.0 §4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// No profile: a document that was taken back, or that names no product.
    Base,
    /// A vulnerability in products.
    Security,
    /// Products that are not hit by somebody's vulnerability.
    Vex,
    /// A notice that is no vulnerability.
    Informational,
}

impl Profile {
    pub(super) fn of(advisory: &Advisory) -> Self {
        let front = &advisory.front;
        if advisory.is_withdrawn() {
            return Self::Base;
        }
        let spared = |status| status == AffectedStatus::NotAffected;
        if !advisory.affected.is_empty() && advisory.affected.iter().all(|a| spared(a.text.status.value)) {
            return Self::Vex;
        }
        match (front.informational.is_some(), advisory.affected.is_empty()) {
            (true, _) => Self::Informational,
            (false, true) => Self::Base,
            (false, false) => Self::Security,
        }
    }

    /// `/document/category`
    pub(super) fn category(self) -> &'static str {
        match self {
            Self::Base => "csaf_base",
            Self::Security => "csaf_security_advisory",
            Self::Vex => "csaf_vex",
            Self::Informational => "csaf_informational_advisory",
        }
    }
}

/// The CVE ids of what the advisory is about. A VEX statement is about the vulnerability of a component, whose ids are
/// those of `upstream`.
pub(super) fn cves(advisory: &Advisory) -> Vec<String> {
    let own = Alias::parse(advisory.id.as_str()).ok();
    let mut found: Vec<String> = Vec::new();
    for alias in own.iter().chain(known_as(advisory)).filter(|alias| alias.kind() == AliasKind::Cve) {
        if !found.iter().any(|cve| cve == alias.as_str()) {
            found.push(alias.as_str().to_owned());
        }
    }
    found
}

/// Other ids of what the advisory is about.
pub(super) fn known_as(advisory: &Advisory) -> impl Iterator<Item = &Alias> {
    let front = &advisory.front;
    let vex = Profile::of(advisory) == Profile::Vex;
    let upstream = front.upstream.iter().filter(move |_| vex);
    front.aliases.iter().chain(upstream).map(|alias| &alias.value)
}
