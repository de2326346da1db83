//! `secsite check --profile`: names on the command line become reports, and reports become what is printed.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::cli::exit::Failure;
use crate::cli::globals::{Format, Globals, Private, print_data};
use crate::diag::escape::short;
use crate::diag::{Diagnostics, Findings, json};
use crate::io;
use crate::plan::Plan;
use crate::profiles::report::Report;
use crate::profiles::{self, Profile, Subject};
use crate::site::Site;
use crate::source::{FileId, Sources};

/// The largest SECURITY.md that is graded.
const CAP: u64 = 1 << 20;

/// The profiles of these names, each once.
pub(super) fn named(names: &[String], globals: &Globals) -> Result<Vec<&'static Profile>, Failure> {
    let mut found: Vec<&'static Profile> = Vec::new();
    for name in names {
        let profile = profiles::find(name)
            .map_err(|help| Failure::usage(format!("there is no profile `{}`", short(name, 60)), help))?;
        if !found.iter().any(|other| other.name == profile.name) {
            found.push(profile);
        }
    }
    if !found.is_empty() && !matches!(globals.format, Format::Human | Format::Json) {
        let help = "use `--format human` or `--format json`, or check a second time without --profile";
        return Err(Failure::usage("profiles have no form but text and JSON", help));
    }
    Ok(found)
}

/// Looks for the evidence.
pub(super) fn assess(
    profiles: &[&'static Profile],
    globals: &Globals,
    site: &Site,
    plan: &Plan,
    sources: &Sources,
    diags: &Diagnostics,
    private: &BTreeSet<FileId>,
) -> Vec<Report> {
    if profiles.is_empty() {
        return Vec::new();
    }
    let security_md = security_md(globals, site.policy.security_md.file.as_str());
    let subject = Subject::new(site, plan, sources, security_md.as_deref(), diags, private);
    let profiles = profiles.iter().copied();
    profiles.map(|profile| Report { profile, controls: profile.assess(&subject) }).collect()
}

/// SECURITY.md as a forge shows it; one that cannot be read is none.
fn security_md(globals: &Globals, file: &str) -> Option<String> {
    let root = io::confine::Root::open(&globals.root).ok()?;
    let bytes = root.read(Path::new(file), CAP).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Prints findings and reports: for people the findings on standard error, as ever, and the reports as data; for
/// programs one object with both.
pub(super) fn print(
    globals: &Globals,
    reports: &[Report],
    findings: &Findings,
    sources: &Sources,
    private: &BTreeSet<FileId>,
) -> Result<(), Failure> {
    if globals.format != Format::Json {
        globals.print(findings, sources, private)?;
        let text: Vec<String> = reports.iter().map(|report| report.human(sources)).collect();
        return print_data(text.join("\n").as_bytes());
    }
    let document = Document {
        profiles: reports.iter().map(|report| report.json(sources)).collect(),
        findings: json::list(findings, sources, &Private::of(private)),
    };
    // Strings and numbers always serialise.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    print_data(text.as_bytes())
}

#[derive(Serialize)]
struct Document<P, F> {
    profiles: Vec<P>,
    findings: F,
}
