//! SECURITY.md: the policy as the one Markdown file that forges show beside the code.
//!
//! In go the policy, the fragments that its sections include, and the portal's address; out comes the whole file. It
//! is the same policy as the portal's page: what the author wrote stands as it was written, and every fact stands
//! where its marker is. A fact that no marker asks for follows at the end under a heading of its own, so that none is
//! lost. Nothing here reads a file or a clock, and the same input gives the same bytes.

pub mod diff;
mod facts;
mod insert;
pub mod scorecard;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use crate::model::policy::Policy;
use crate::model::policy::reporting::PublicIssues;
use crate::model::policy::section::{Mode, SectionText};
use crate::routes;
use crate::value::url::BaseUrl;

use facts::{FACTS, Facts};
use insert::{Covered, insert};

/// Says to whoever opens the file where it comes from. What holds it is Markdown, whatever its name.
pub(crate) const NOTICE: &str =
    "<!-- Made from policy.toml: edit that file, then run `secsite security-md`. -->";

/// The text of SECURITY.md. `fragments` are the Markdown files below `content/`, by path; one that is missing is a
/// finding of `check` and leaves its heading alone here.
pub fn write(policy: &Policy, fragments: &BTreeMap<String, String>, base: &BaseUrl) -> String {
    let mut out = Document::default();
    if let Some(header) = &policy.security_md.header {
        out.block(header);
    }
    out.block(NOTICE);
    out.block(&format!("# {}", policy.document.title));
    let facts = Facts { policy, fragments, base };
    match policy.security_md.mode {
        Mode::Full => full(&facts, &mut out),
        Mode::Pointer => pointer(&facts, &mut out),
    }
    out.text
}

/// A text of blocks with one empty line between them.
#[derive(Default)]
struct Document {
    text: String,
}

impl Document {
    /// Adds a block; one without a character that shows adds nothing. Only line ends around it are taken away.
    fn block(&mut self, block: &str) {
        let block = block.trim_matches(['\n', '\r']);
        if block.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }
}

fn full(facts: &Facts<'_>, out: &mut Document) {
    let policy = facts.policy;
    let mut covered = Covered::default();
    if let Some(intro) = &policy.document.intro {
        out.block(&insert(intro, facts, &mut covered));
    }
    for section in &policy.sections {
        out.block(&format!("{} {}", "#".repeat(usize::from(section.level)), section.title.as_str()));
        let text = match &section.text {
            SectionText::Body(body) => Some(&body.value),
            SectionText::File(file) => facts.fragments.get(file.as_str()),
            SectionText::Empty => None,
        };
        if let Some(text) = text {
            out.block(&insert(text, facts, &mut covered));
        }
    }
    for fact in FACTS {
        let Some(shown) = covered.lacks(fact.marker, policy).filter(|_| (fact.stated)(policy)) else {
            continue;
        };
        let text = (fact.render)(facts, &shown);
        if !text.is_empty() {
            out.block(&format!("## {}", fact.heading));
            out.block(&text);
        }
    }
    out.block(&footer(facts));
}

/// Where the rest is, and how fresh all of this is.
fn footer(facts: &Facts<'_>) -> String {
    let document = &facts.policy.document;
    let mut text = format!(
        "---\n\nThis policy on the web, with the published advisories and feeds: <{}>.\n{}",
        facts.url(&routes::policy()),
        reviewed(facts.policy),
    );
    if !document.reviewed_by.is_empty() {
        let people: Vec<String> = document.reviewed_by.iter().map(|who| text::plain(who.as_str())).collect();
        text.push_str(&format!(" by {}", text::list(&people)));
    }
    if let Some(version) = &document.version {
        text.push_str(&format!(", version {}", text::plain(version.as_str())));
    }
    text.push('.');
    text
}

/// "Reviewed on 2026-11-01", if anybody has.
fn reviewed(policy: &Policy) -> String {
    let day = policy.document.attested();
    day.map_or_else(|| NOT_REVIEWED.to_owned(), |day| format!("Reviewed on {day}"))
}

/// What stands below a policy that nobody has attested yet.
pub(crate) const NOT_REVIEWED: &str = "Not reviewed yet";

fn pointer(facts: &Facts<'_>, out: &mut Document) {
    let policy = facts.policy;
    let name = text::plain(policy.project.name.as_str());
    let private = match policy.reporting.public_issues {
        Some(PublicIssues::Always) => "",
        _ => " in private, not in a public issue",
    };
    out.block(&format!(
        "Please report a vulnerability in {name}{private}: <{}> says how.",
        facts.url(&routes::report())
    ));
    out.block(&format!(
        "- Supported versions, response times and disclosure: <{}>\n- Published advisories of known vulnerabilities: <{}>",
        facts.url(&routes::policy()),
        facts.url(&routes::advisories()),
    ));
    out.block(&format!("{}.", reviewed(policy)));
}
