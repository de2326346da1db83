//! What advisories say, all of them: evidence is what holds of each.

use jiff::ToSpan as _;

use crate::plan::Seal;
use crate::profiles::{Answer, Place, Subject};
use crate::routes::{self, Route};
use crate::site::advisory::Advisory;
use crate::value::alias::AliasKind;
use crate::value::severity::Severity;
use crate::{formats, site::advisory::Affected};

/// What is said where there is no advisory that could show anything.
const NONE_YET: &str = "there is no published advisory yet";

/// The list of advisories.
pub(in crate::profiles) fn listed(subject: &Subject<'_>) -> Answer {
    Answer::at(subject.output(&routes::advisories()), "the list of advisories is missing")
}

/// That each says which versions are hit, how bad it is, what it does, and what to do.
pub(in crate::profiles) fn complete(subject: &Subject<'_>) -> Answer {
    if let Some(place) = lacks(subject, |a| !a.affected.is_empty()) {
        return Answer::short(Some(place), "say which versions are hit, in [[affected]]");
    }
    if let Some(place) = lacks(subject, |a| a.severity.is_some() || a.front.informational.is_some()) {
        return Answer::short(Some(place), "give a vector or a `severity`");
    }
    if let Some(place) = lacks(subject, describes) {
        return Answer::short(Some(place), "describe it below the front matter");
    }
    if let Some(place) = lacks(subject, |a| !a.is_unfixed() || a.affected.iter().all(says_what_to_do)) {
        return Answer::short(Some(place), "name the version that mends it, or a `remediation`");
    }
    listed(subject).and(pages(subject))
}

/// That each which has a CVE id also has its type of weakness, versions and words.
pub(in crate::profiles) fn complete_for_cve(subject: &Subject<'_>) -> Answer {
    if let Some(place) = lacks(subject, |a| !has_cve(a) || !a.affected.is_empty()) {
        return Answer::short(Some(place), "say which versions are hit, in [[affected]]");
    }
    if let Some(place) = lacks(subject, |a| !has_cve(a) || !a.front.cwe.is_empty()) {
        return Answer::short(Some(place), "give its type as `cwe`");
    }
    if let Some(place) = lacks(subject, |a| !has_cve(a) || describes(a)) {
        return Answer::short(Some(place), "describe it below the front matter");
    }
    records(subject)
}

/// Records of CVE ids.
pub(in crate::profiles) fn records(subject: &Subject<'_>) -> Answer {
    let aliases = subject.site.advisories.iter().flat_map(|advisory| &advisory.front.aliases);
    let places: Vec<Place> = aliases.filter_map(|alias| subject.output(&routes::cve(alias))).collect();
    if places.is_empty() {
        Answer::Outside("no published advisory has a CVE id yet")
    } else {
        Answer::Shown(places)
    }
}

/// Their pages.
pub(in crate::profiles) fn pages(subject: &Subject<'_>) -> Answer {
    let advisories = &subject.site.advisories;
    if advisories.is_empty() {
        return Answer::Outside(NONE_YET);
    }
    let places = advisories.iter().filter_map(|advisory| subject.output(&routes::advisory(&advisory.id)));
    Answer::at(places, "the page of an advisory is missing")
}

/// Advisories that say that others see no vulnerability in them.
pub(in crate::profiles) fn disputed(subject: &Subject<'_>) -> Answer {
    match subject.output(&routes::by_state("disputed")) {
        Some(place) => Answer::Shown(vec![place]),
        None => Answer::Outside("no published advisory is disputed; `status = \"disputed\"` would show it"),
    }
}

/// Advisories of a vulnerability in somebody else's component.
pub(in crate::profiles) fn upstream(subject: &Subject<'_>) -> Answer {
    let ids = subject.site.advisories.iter().flat_map(|advisory| &advisory.front.upstream);
    let places: Vec<Place> = ids.map(|id| Place::Written(id.span)).collect();
    if places.is_empty() {
        return Answer::Outside("no published advisory names a component's vulnerability as `upstream`");
    }
    Answer::Shown(places)
}

/// What is said of components' vulnerabilities that do no harm here.
pub(in crate::profiles) fn vex(subject: &Subject<'_>) -> Answer {
    let products = &subject.policy().products;
    let places = products.iter().filter_map(|product| subject.output(&routes::vex(product.id.as_str())));
    Answer::at(places, "add a [[product]]: its OpenVEX document is made from all advisories")
}

/// That nothing of medium severity or worse is public for more than sixty days without a fix.
pub(in crate::profiles) fn fixed_in_sixty_days(subject: &Subject<'_>) -> Answer {
    let limit = subject.site.today().saturating_sub(60.days());
    let open = |advisory: &Advisory| {
        let bad = advisory.severity.is_none_or(|severity| severity >= Severity::Medium);
        advisory.is_unfixed() && bad && advisory.published.day() < limit
    };
    match lacks(subject, |advisory| !open(advisory)) {
        Some(place) => Answer::short(Some(place), "release a fix, and name its version"),
        None => pages(subject),
    }
}

/// Their CSAF documents.
pub(in crate::profiles) fn csaf(subject: &Subject<'_>) -> Answer {
    documents(subject, |_, route| Some(route.file().as_str().to_owned()), "the document is missing")
}

/// The hashes beside CSAF documents.
pub(in crate::profiles) fn csaf_hashes(subject: &Subject<'_>) -> Answer {
    let hashes = |subject: &Subject<'_>, route: &Route| {
        let summed = subject.plan.get(&route.file())?.summed;
        summed.then(|| route.file().with(".sha256").as_str().to_owned())
    };
    documents(subject, hashes, "the hashes are missing")
}

/// The signatures beside CSAF documents.
pub(in crate::profiles) fn csaf_signatures(subject: &Subject<'_>) -> Answer {
    let signatures = |subject: &Subject<'_>, route: &Route| {
        let sealed = subject.plan.get(&route.file())?.seal == Seal::Detached;
        sealed.then(|| route.file().with(".asc").as_str().to_owned())
    };
    super::security_txt::signed(subject).and(documents(subject, signatures, "the signatures are missing"))
}

fn documents(
    subject: &Subject<'_>,
    path: impl Fn(&Subject<'_>, &Route) -> Option<String>,
    help: &'static str,
) -> Answer {
    let advisories = &subject.site.advisories;
    if advisories.is_empty() {
        return Answer::Outside(NONE_YET);
    }
    let routes = subject.site.shown().map(formats::csaf::route).filter(|route| subject.plan.has(route));
    Answer::at(routes.filter_map(|route| path(subject, &route)).map(|path| Place::Output(path, None)), help)
}

/// The first advisory of which something does not hold.
fn lacks(subject: &Subject<'_>, holds: impl Fn(&Advisory) -> bool) -> Option<Place> {
    let mut advisories = subject.site.advisories.iter().filter(|advisory| !advisory.is_withdrawn());
    advisories.find(|advisory| !holds(advisory)).map(|advisory| Place::Written(advisory.front.id.span))
}

fn has_cve(advisory: &Advisory) -> bool {
    advisory.front.aliases.iter().any(|alias| alias.kind() == AliasKind::Cve)
}

fn describes(advisory: &Advisory) -> bool {
    !advisory.body.trim().is_empty()
}

fn says_what_to_do(affected: &Affected) -> bool {
    affected.ranges.all_fixed() || affected.text.remediation.is_some()
}
