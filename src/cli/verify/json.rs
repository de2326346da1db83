//! A verdict for programs: one JSON object on standard output.

use serde::Serialize;

use crate::verify::finding::Finding;
use crate::verify::verdict::{Facts, Verdict};

#[derive(Serialize)]
struct Shown<'a> {
    ok: bool,
    #[serde(flatten)]
    facts: Option<ShownFacts<'a>>,
    findings: Vec<ShownFinding<'a>>,
    warnings: Vec<ShownFinding<'a>>,
    unknown: &'a [String],
}

#[derive(Serialize)]
struct ShownFacts<'a> {
    origin: &'a str,
    version: u64,
    issued: String,
    expires: String,
    signers: Vec<String>,
    threshold: u32,
    former: Vec<String>,
    strangers: Vec<String>,
    files: usize,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<u64>,
    first_use: bool,
}

#[derive(Serialize)]
struct ShownFinding<'a> {
    code: &'a str,
    path: Option<&'a str>,
    message: &'a str,
    help: &'a str,
}

/// Facts are there only where the manifest is authentic.
pub(super) fn render(verdict: &Verdict) -> Vec<u8> {
    let shown = Shown {
        ok: verdict.findings.is_empty(),
        facts: verdict.facts.as_ref().map(facts),
        findings: verdict.findings.iter().map(one).collect(),
        warnings: verdict.warnings.iter().map(one).collect(),
        unknown: &verdict.unknown,
    };
    // Strings and numbers always serialise.
    let mut out = serde_json::to_vec_pretty(&shown).unwrap_or_default();
    out.push(b'\n');
    out
}

fn facts(facts: &Facts) -> ShownFacts<'_> {
    let instant = |at: jiff::Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    ShownFacts {
        origin: &facts.origin,
        version: facts.version,
        issued: instant(facts.issued),
        expires: instant(facts.expires),
        signers: facts.signers.iter().map(ToString::to_string).collect(),
        threshold: facts.needed,
        former: facts.former.iter().map(ToString::to_string).collect(),
        strangers: facts.strangers.iter().map(ToString::to_string).collect(),
        files: facts.files,
        bytes: facts.bytes,
        history: facts.history,
        first_use: facts.first_use,
    }
}

fn one(finding: &Finding) -> ShownFinding<'_> {
    ShownFinding {
        code: finding.code,
        path: finding.path.as_deref(),
        message: &finding.message,
        help: &finding.help,
    }
}
