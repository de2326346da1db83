//! Findings as SARIF 2.1.0, which code-scanning services show.

use std::fmt::Write;

use serde_json::{Value, json};

use super::human::{Withhold, help, message};
use super::{Diagnostic, Findings, Level, Rule};
use crate::rules::RULES;
use crate::source::{Sources, Span};

/// One SARIF log with one run. Every rule is described, so that a viewer can explain a result. `root` is the site's
/// folder from where the run began, empty or with `/` at its end: a viewer knows files from there.
pub fn render(findings: &Findings, sources: &Sources, withhold: &dyn Withhold, root: &str) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.summary },
                "fullDescription": { "text": rule.explain },
                "help": { "text": explanation(rule) },
                "defaultConfiguration": { "level": level(rule.level) },
            })
        })
        .collect();
    let results: Vec<Value> = findings
        .list
        .iter()
        .map(|(level, finding)| result(*level, finding, sources, withhold, root))
        .collect();
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

fn explanation(rule: &Rule) -> String {
    if rule.clause.is_empty() {
        return rule.explain.to_owned();
    }
    format!("{} Asked for by {}.", rule.explain, rule.clause)
}

/// A path as a relative reference (RFC 3986 §4.2). A colon is written `%3A`, so that no name is read as a scheme.
fn uri(root: &str, path: &str) -> String {
    let mut uri = String::with_capacity(root.len() + path.len());
    for byte in root.bytes().chain(path.bytes()) {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// From the first character of a span to the one after its last, where both are on one line.
fn region(span: Span, sources: &Sources) -> Value {
    let position = sources.position(span);
    let end = sources.position(Span { start: span.end.max(span.start), ..span });
    if end.line == position.line && end.column > position.column {
        return json!({ "startLine": position.line, "startColumn": position.column, "endColumn": end.column });
    }
    json!({ "startLine": position.line, "startColumn": position.column })
}

fn result(
    found: Level,
    finding: &Diagnostic,
    sources: &Sources,
    withhold: &dyn Withhold,
    root: &str,
) -> Value {
    let text = match help(finding, withhold) {
        Some(help) => format!("{}. Help: {help}", message(finding, withhold)),
        None => message(finding, withhold),
    };
    let mut locations: Vec<Value> = finding
        .labels
        .iter()
        .map(|label| {
            let mut location = json!({ "physicalLocation": {
                "artifactLocation": { "uri": uri(root, &sources.file(label.span.file).path) },
                "region": region(label.span, sources),
            }});
            if !label.text.is_empty() {
                location["message"] = json!({ "text": label.text });
            }
            location
        })
        .collect();
    if locations.is_empty() {
        // Code scanning shows no result without a place; what is about the site as a whole is about its policy.
        locations
            .push(json!({ "physicalLocation": { "artifactLocation": { "uri": uri(root, "policy.toml") } } }));
    }
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

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("", "advisories/EXAMPLE-2026-0001.md"), "advisories/EXAMPLE-2026-0001.md");
        assert_eq!(uri("docs/", "content/a b#ü.md"), "docs/content/a%20b%23%C3%BC.md");
        assert_eq!(uri("", "content:x.md"), "content%3Ax.md");
    }
}
