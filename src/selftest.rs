//! The self-test of `secsite check`: what was baked is read back, and every file compared with the others.
//!
//! In go a site and its plan, out come the findings of the bake and of the comparison; the bytes are dropped. Each reader
//! knows its format's standard and nothing of our writers, so that a mistake of one is seen beside the others: ids, dates,
//! severities, credits, and of each known release whether it is hit. The files of one advisory are baked together and
//! forgotten together; what stays of it is as much as feeds, lists and OpenVEX documents repeat.

mod claims;
mod compare;
mod csaf;
mod cve;
mod facts;
mod feeds;
mod json;
mod lists;
mod markup;
mod moment;
mod openvex;
mod osv;
mod page;
mod percent;
mod repeated;
mod states;
mod subjects;
mod summary;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::plan::{Digest, Entry, Plan};
use crate::routes::{self, OutPath, Route};
use crate::rules::output::FORMATS_DISAGREE;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::source::Span;
use crate::value::severity::Severity;
use crate::value::share::SHARE;

use claims::Claims;
use facts::Facts;
use repeated::{Names, Told};
use subjects::Subjects;
use summary::Summary;

/// Reads what a file says of its one advisory.
type ReadOne = for<'b> fn(&'b [u8], &Subjects<'_>) -> Result<Facts<'b>, String>;

/// Reads what a file says of many.
type ReadMany = fn(&[u8]) -> Result<Claims, String>;

/// A file of one advisory, how it is made, and how it is read.
struct Own<'p> {
    path: &'p OutPath,
    entry: &'p Entry,
    /// Its place in [`OWN`].
    rank: usize,
}

/// How the files of one advisory are read, by the folder that they lie in. That one is first which says the most in the
/// fewest words, and last the page, which tells what the others came to.
const OWN: [(&str, ReadOne); 4] =
    [("osv", osv::read), ("csaf", csaf::read), ("cve", cve::read), ("advisories", page::read)];

/// A file of one advisory, and what is in it.
struct Part<'p, 's> {
    own: &'p Own<'p>,
    bytes: Cow<'s, [u8]>,
}

/// Bakes every recipe of a plan that can tell something, and hands over what is wrong: recipes that fail, and files that
/// disagree.
pub fn run(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let collective = collective(site);
    let ((groups, others), names) = rayon::join(|| grouped(site, plan), || Names::of(site));
    // What cannot fail and is not read back tells nothing.
    let tells = |(path, entry): &(&OutPath, &Entry)| !entry.sure || collective.contains_key(*path);
    let others: Vec<(&OutPath, &Entry)> = others.into_iter().filter(tells).collect();
    // Some of the others are large, and begin while the many small ones run.
    let (told, summaries) = rayon::join(
        || {
            let of_many =
                |(path, entry): &(&OutPath, &Entry)| of_many(site, path, entry, collective.get(*path));
            others.par_iter().map(of_many).collect::<Vec<_>>()
        },
        || {
            let each = site.advisories.par_iter().with_max_len(SHARE).zip(&groups);
            each.map(|(advisory, group)| together(site, advisory, group)).collect::<Vec<_>>()
        },
    );
    let mut found = Vec::new();
    let mut kept = Vec::with_capacity(summaries.len());
    for (summary, findings) in summaries {
        kept.push(summary);
        found.extend(findings);
    }
    let mut files = Vec::new();
    for (claims, finding) in told {
        files.extend(claims);
        found.extend(finding);
    }
    found.extend(repeated::compare(site, &names, &kept, &files));
    // Many small pieces, which nobody has to wait for.
    rayon::spawn(move || drop((names, kept, files)));
    found
}

/// The files of each advisory, as [`OWN`] orders them, and all others.
fn grouped<'p>(site: &Site, plan: &'p Plan) -> (Vec<Vec<Own<'p>>>, Vec<(&'p OutPath, &'p Entry)>) {
    let mut groups: Vec<Vec<Own<'_>>> =
        site.advisories.iter().map(|_| Vec::with_capacity(OWN.len())).collect();
    let mut others = Vec::new();
    for (path, entry) in plan.entries() {
        let lies_in =
            |folder: &str| path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let rank = || OWN.iter().position(|(folder, _)| lies_in(folder));
        match entry.about.and_then(|advisory| Some((groups.get_mut(advisory)?, rank()?))) {
            Some((group, rank)) => group.push(Own { path, entry, rank }),
            None => others.push((path, entry)),
        }
    }
    groups.iter_mut().for_each(|group| group.sort_by_key(|own| own.rank));
    (groups, others)
}

/// The files that speak of many advisories, and how they are read.
fn collective(site: &Site) -> BTreeMap<OutPath, (Told, ReadMany)> {
    let mut all: BTreeMap<OutPath, (Told, ReadMany)> = BTreeMap::new();
    let mut add = |route: &Route, told: Told, read: ReadMany| {
        all.insert(route.file(), (told, read));
    };
    add(&routes::osv_list(), Told::Records, lists::osv);
    add(&routes::csaf_feed(), Told::Documents, lists::rolie);
    add(&routes::csaf_changes(), Told::Documents, lists::changes);
    let kinds: [(&str, ReadMany); 3] = [("atom", feeds::atom), ("rss", feeds::rss), ("json", feeds::json)];
    for (kind, read) in kinds {
        add(&routes::feed(kind), Told::Some, read);
        for product in &site.policy.products {
            add(&routes::product_feed(product.id.as_str(), kind), Told::Some, read);
        }
        for severity in Severity::ALL.iter().map(|severity| severity.as_str()).chain(["unknown"]) {
            add(&routes::severity_feed(severity, kind), Told::Some, read);
        }
    }
    for (at, product) in site.policy.products.iter().enumerate() {
        add(&routes::vex(product.id.as_str()), Told::Product(at), openvex::read);
    }
    all
}

/// What a file says of many advisories, or why it could not be made or read.
fn of_many(
    site: &Site,
    path: &OutPath,
    entry: &Entry,
    reader: Option<&(Told, ReadMany)>,
) -> (Option<(String, Told, Claims)>, Option<Diagnostic>) {
    // None of them tells what others came to.
    let bytes = match entry.bake(site, &|_| None) {
        Ok(bytes) => bytes,
        Err(finding) => return (None, Some(*finding)),
    };
    let Some((told, read)) = reader else { return (None, None) };
    match read(&bytes) {
        Ok(claims) => (Some((path.as_str().to_owned(), *told, claims)), None),
        Err(problem) => {
            let finding = FORMATS_DISAGREE.anywhere(unreadable(path.as_str(), &problem));
            (None, Some(finding.help(HELP)))
        }
    }
}

/// Bakes what is about one advisory, compares it, and keeps the little that others repeat.
fn together(site: &Site, advisory: &Advisory, group: &[Own<'_>]) -> (Summary, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut parts = Vec::with_capacity(group.len());
    // The page comes last, and tells what the others came to.
    for own in group {
        let lookup = |path: &OutPath| {
            let part = parts.iter().find(|part: &&Part<'_, '_>| part.own.path == path)?;
            // Nobody reads this page but its reader here, who asks for no hash.
            Some(Digest { size: part.bytes.len() as u64, sha256: [0; 32] })
        };
        match own.entry.bake(site, &lookup) {
            Ok(bytes) => parts.push(Part { own, bytes }),
            Err(finding) => found.push(*finding),
        }
    }
    let subjects = Subjects::of(site, advisory);
    let summary = judge(advisory, &subjects, &parts, &mut found);
    (summary, found)
}

/// Reads the files of one advisory and compares them.
fn judge(
    advisory: &Advisory,
    subjects: &Subjects<'_>,
    parts: &[Part<'_, '_>],
    found: &mut Vec<Diagnostic>,
) -> Summary {
    let place = advisory.front.id.span;
    let mut files = Vec::with_capacity(parts.len());
    for Part { own, bytes } in parts {
        match OWN[own.rank].1(bytes, subjects) {
            Ok(facts) => files.push((own.path.as_str(), facts)),
            Err(problem) => found.push(disagree(place, unreadable(own.path.as_str(), &problem))),
        }
    }
    let differences = compare::compare(advisory.id.as_str(), subjects, &files);
    found.extend(differences.into_iter().map(|difference| disagree(place, difference)));
    Summary::of(files, subjects)
}

/// Nobody who writes advisories can mend this.
const HELP: &str = "this is a mistake of secsite or of the site's own theme, or a case that one of the formats cannot \
                    say: report it with the advisory; `--allow formats-disagree` passes over it";

fn disagree(place: Span, message: String) -> Diagnostic {
    FORMATS_DISAGREE.at(place, message).help(HELP)
}

fn unreadable(path: &str, problem: &str) -> String {
    format!("`{path}` cannot be read back: {}", crate::diag::escape::short(problem, 120))
}
