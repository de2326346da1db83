//! How to report: where not, under which subject, in which language.

use super::{Fact, Facts};
use crate::model::policy::reporting::PublicIssues;
use crate::security_md::text::{bullets, code, list};

pub(super) static FACT: Fact = Fact {
    marker: "report",
    heading: "How to Report",
    stated: |policy| {
        let reporting = &policy.reporting;
        let words = reporting.subject.is_some() || reporting.ai.is_some();
        words || reporting.public_issues.is_some() || !reporting.languages.is_empty()
    },
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let reporting = &facts.policy.reporting;
    let mut points = Vec::new();
    points.extend(reporting.public_issues.map(|issues| {
        match issues {
            PublicIssues::Never => "Do not report a vulnerability in a public issue",
            PublicIssues::LowSeverity => "Use a public issue only where the severity is low",
            PublicIssues::Always => "A public issue is fine",
        }
        .to_owned()
    }));
    points.extend(reporting.subject.iter().map(|subject| format!("Subject: {}", code(subject.as_str()))));
    if !reporting.languages.is_empty() {
        let tags: Vec<String> = reporting.languages.iter().map(|tag| code(tag.as_str())).collect();
        points.push(format!("Languages that we read: {}", list(&tags)));
    }
    points.extend(reporting.ai.iter().map(|text| text.trim().to_owned()));
    bullets(points.iter().map(String::as_str))
}
