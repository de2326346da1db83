//! Findings for programs: one JSON array on standard output.

use serde::Serialize;

use super::human::{Withhold, help, message};
use super::{Diagnostic, Findings, Level};
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'a str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    clause: &'a str,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

/// `[{"rule", "level", "message", "help", "clause", "places": [{"file", "line", "column", "label"}]}]`.
pub fn render(findings: &Findings, sources: &Sources, withhold: &dyn Withhold) -> String {
    let list = list(findings, sources, withhold);
    // Strings and numbers always serialise.
    let mut out = serde_json::to_string_pretty(&list).unwrap_or_default();
    out.push('\n');
    out
}

/// The same array as a value, to stand in a larger document.
pub fn list<'a>(
    findings: &'a Findings,
    sources: &'a Sources,
    withhold: &dyn Withhold,
) -> impl Serialize + use<'a> {
    let one = |(level, finding): &'a (Level, Diagnostic)| one(*level, finding, sources, withhold);
    findings.list.iter().map(one).collect::<Vec<_>>()
}

fn one<'a>(
    level: Level,
    finding: &'a Diagnostic,
    sources: &'a Sources,
    withhold: &dyn Withhold,
) -> Finding<'a> {
    let place = |span: Span, label: &'a str| {
        let position = sources.position(span);
        Place { file: &sources.file(span.file).path, line: position.line, column: position.column, label }
    };
    Finding {
        rule: finding.rule.id,
        level: level.word(),
        message: message(finding, withhold),
        help: help(finding, withhold),
        clause: finding.rule.clause,
        places: finding.labels.iter().map(|label| place(label.span, &label.text)).collect(),
    }
}
