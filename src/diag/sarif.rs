//! Findings as SARIF 2.1.0, which code-scanning services show.

use serde_json::{Value, json};

use super::human::{Withhold, help, message};
use super::{Diagnostic, Findings, Level};
use crate::rules::RULES;
use crate::source::Sources;

/// One SARIF log with one run. Every rule is described, so that a viewer can explain a result.
pub fn render(findings: &Findings, sources: &Sources, withhold: &dyn Withhold) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.summary },
                "fullDescription": { "text": rule.explain },
                "defaultConfiguration": { "level": level(rule.level) },
            })
        })
        .collect();
    let results: Vec<Value> = findings.list.iter().map(|(l, f)| result(*l, f, sources, withhold)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "secsite",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note => "note",
        Level::Allow => "none",
    }
}

fn result(found: Level, finding: &Diagnostic, sources: &Sources, withhold: &dyn Withhold) -> Value {
    let text = match help(finding, withhold) {
        Some(help) => format!("{}. Help: {help}", message(finding, withhold)),
        None => message(finding, withhold),
    };
    let locations: Vec<Value> = finding
        .labels
        .iter()
        .map(|label| {
            let position = sources.position(label.span);
            json!({ "physicalLocation": {
                "artifactLocation": { "uri": sources.file(label.span.file).path },
                "region": { "startLine": position.line, "startColumn": position.column },
            }})
        })
        .collect();
    let index = RULES.iter().position(|rule| std::ptr::eq(*rule, finding.rule));
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": level(found),
        "message": { "text": text },
        "locations": locations.first().map(|first| vec![first.clone()]).unwrap_or_default(),
        "relatedLocations": locations.get(1..).unwrap_or_default(),
    })
}
