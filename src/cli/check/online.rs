//! `secsite check --online`: the portal where it lives, as other people's programs meet it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Denied, Format, Globals, Private, print_data};
use crate::cli::load::Resolved;
use crate::cli::verify;
use crate::deploy::Release;
use crate::diag::{Findings, json};
use crate::io::fetch::probe::Prober;
use crate::io::fetch::{Host, Limits};
use crate::model::policy::key::Purpose;
use crate::online::{Address, End, Line, Mark, Portal, ends, probe, security_txt_end};
use crate::openpgp::{fitness, wkd};
use crate::routes;
use crate::sign::issue;
use crate::site::Site;
use crate::value::counted::counted;
use crate::value::host;
use crate::verify::place::Place;
use crate::verify::{finding::Kind, published};

/// The largest security.txt that is looked into.
const CAP: u64 = 64 << 10;

/// Whether what was asked for can be printed.
pub(super) fn check_form(globals: &Globals) -> Result<(), Failure> {
    if matches!(globals.format, Format::Human | Format::Json) {
        return Ok(());
    }
    let help = "use `--format human` or `--format json`, or check a second time without --online";
    Err(Failure::usage("what is found on line has no form but text and JSON", help))
}

/// Looks at the portal. `notice` is how many days ahead ends are warned about.
pub(super) fn look(site: &Site, now: Timestamp, notice: u16) -> Result<Vec<Line>, Failure> {
    let local = host::is_loopback(site.base.host());
    let served = Host::new(&site.base, Limits::default());
    let certificates = site.signing_certificates();
    let release = Release::authentic(&served, &certificates, now);
    let files = release.as_ref().map(|release| release.paths().into_iter().collect()).unwrap_or_default();
    // Names of mail domains mean nothing to a portal that is served on this machine to try it.
    let addresses =
        release.as_ref().filter(|_| !local).map(|it| addresses(site, it, now)).unwrap_or_default();
    let portal = Portal { base: &site.base, files: &files, addresses: &addresses };
    let mut lines = probe(&portal, &Prober::new(Limits::default(), local));
    if lines.iter().all(|line| line.mark == Mark::Silent) {
        return Ok(lines);
    }
    lines.extend(verified(site, &served, now)?);
    lines.extend(ends(&all_ends(site, &served, release.as_ref(), now), now, notice));
    Ok(lines)
}

/// Whether the served bytes are the signed ones.
fn verified(site: &Site, served: &Host, now: Timestamp) -> Result<Vec<Line>, Failure> {
    const MOST: usize = 5;
    let subject = "served bytes";
    let certificates = site.signing_certificates();
    if certificates.is_empty() {
        let help = "make a key with `secsite key new` and name it in [signing]";
        return Ok(vec![Line::odd(subject, "nobody signs the site, so nothing can be verified", help)]);
    }
    let threshold = issue::signers(site).threshold;
    let lanes = verify::lanes(true)?;
    let verdict = lanes.install(|| published(served, &certificates, threshold, site.base.as_str(), now));
    if let (None, Some(facts)) = (verdict.kind(), &verdict.facts) {
        let found =
            format!("{} are what was signed, version {}", counted(facts.files, "file"), facts.version);
        return Ok(vec![Line::good(subject, found)]);
    }
    let line = |kind, message: &str, help: &str| match kind {
        Kind::World | Kind::Changing => Line::silent(subject, message, help),
        Kind::Trust | Kind::Content | Kind::Stale => Line::bad(subject, message, help),
    };
    let findings = &verdict.findings;
    let mut lines: Vec<Line> =
        findings.iter().take(MOST).map(|it| line(it.kind, &it.message, &it.help)).collect();
    if findings.len() > MOST {
        let found = format!("and {} more", findings.len() - MOST);
        let help = format!("`secsite verify {}` has all", site.base.as_str());
        lines.push(Line::bad(subject, found, &help));
    }
    Ok(lines)
}

/// The addresses whose keys the release gives out.
fn addresses(site: &Site, release: &Release, now: Timestamp) -> Vec<Address> {
    let mut seen = BTreeSet::new();
    let certificates = site.keys.iter().filter_map(|key| key.certificate.as_ref());
    let user_ids = certificates.flat_map(|it| it.facts(now).user_ids).filter_map(|it| it.email);
    let address = |email: String| {
        let (local, domain) = wkd::split(&email)?;
        let path = routes::wkd_key(Some(&domain), &wkd::hash(local)).file();
        let record = release.manifest.files.iter().find(|record| record.path == path)?;
        seen.insert(path).then(|| Address { local: local.to_owned(), domain, sha256: record.sha256 })
    };
    user_ids.filter_map(address).collect()
}

/// All that ends: the served manifest and security.txt, and the keys.
fn all_ends(site: &Site, served: &Host, release: Option<&Release>, now: Timestamp) -> Vec<End> {
    let mut all = Vec::new();
    if let Some(release) = release {
        let help = "run `secsite sign` where the key is, and publish the site";
        all.push(End { what: "the manifest".into(), at: release.manifest.expires, help });
    }
    let security_txt = Place::read(served, &routes::security_txt().file(), CAP).ok().flatten();
    let text = security_txt.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if let Some(at) = text.as_deref().and_then(security_txt_end) {
        let help = "run `secsite renew`, sign, and publish the site";
        all.push(End { what: "security.txt".into(), at, help });
    }
    for key in &site.keys {
        let Some(certificate) = &key.certificate else { continue };
        let facts = certificate.facts(now);
        let signs = key.signs.then_some((fitness::Purpose::Signing, "signs"));
        let encrypts =
            key.purposes.contains(&Purpose::Encrypt).then_some((fitness::Purpose::Encryption, "encrypts"));
        for (purpose, verb) in signs.into_iter().chain(encrypts) {
            let help = "extend it with `gpg --quick-set-expire FINGERPRINT 1y '*'`, then export it again";
            let what = format!("key `{}`, which {verb}", key.id);
            all.extend(facts.serves_until(purpose).map(|at| End { what, at, help }));
        }
    }
    all
}

/// Prints findings and lines: for people the findings on standard error, as ever, and the lines as data; for programs one
/// object with both.
pub(super) fn print(
    globals: &Globals,
    lines: &[Line],
    findings: &Findings,
    resolved: &Resolved,
) -> Result<(), Failure> {
    if globals.format != Format::Json {
        resolved.print(globals, findings)?;
        return print_data(lines.iter().map(Line::text).collect::<String>().as_bytes());
    }
    let findings = json::list(findings, &resolved.sources, &Private::of(&resolved.private));
    // Strings and numbers always serialise.
    let mut text = serde_json::to_string_pretty(&Document { online: lines, findings }).unwrap_or_default();
    text.push('\n');
    print_data(text.as_bytes())
}

#[derive(Serialize)]
struct Document<'a, F> {
    online: &'a [Line],
    findings: F,
}

/// How a run ends because of the lines; `None` if they are as they should be.
pub(super) fn exit(globals: &Globals, lines: &[Line]) -> Option<Exit> {
    let count = |mark| lines.iter().filter(|line| line.mark == mark).count();
    let (bad, odd, silent) = (count(Mark::Bad), count(Mark::Odd), count(Mark::Silent));
    if !lines.is_empty() {
        globals.say(&format!(
            "on line: {} good, {odd} odd, {bad} bad, {silent} without an answer",
            count(Mark::Good)
        ));
    }
    let denied = odd > 0 && globals.deny == Some(Denied::Warnings);
    match (bad > 0 || denied, silent > 0) {
        (true, _) => Some(Exit::Content),
        (false, true) => Some(Exit::World),
        (false, false) => None,
    }
}
