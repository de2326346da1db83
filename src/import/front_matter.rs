//! Writes an advisory's front matter: in go its values, out comes TOML in the normative order of keys, one inline
//! table for each range. What is empty is left out. Nothing is checked here; `check` reads the file back.

use std::fmt::Write as _;

use toml::value::Datetime;

use crate::value::range::{End, Range};

/// Everything the front matter of an advisory can say; the fields stand in the order they are written.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are the keys of the normative format, which documents them")]
pub struct FrontMatter {
    pub id: String,
    pub title: String,
    pub published: Option<Datetime>,
    pub modified: Option<Datetime>,
    pub status: Option<String>,
    pub withdrawn: Option<Withdrawn>,
    pub informational: Option<String>,
    pub aliases: Vec<String>,
    pub related: Vec<String>,
    pub upstream: Vec<String>,
    pub cwe: Vec<String>,
    pub severity: Option<String>,
    pub exploited: Option<String>,
    pub categories: Vec<String>,
    pub impact: Option<String>,
    pub cvss: Vec<Cvss>,
    pub affected: Vec<Affected>,
    pub references: Vec<Reference>,
    pub credits: Vec<Credit>,
    pub timeline: Vec<Event>,
    pub revisions: Vec<Revision>,
}

/// `withdrawn = { … }`
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Withdrawn {
    pub date: Datetime,
    pub reason: Option<String>,
    pub superseded_by: Option<String>,
}

/// `[[cvss]]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Cvss {
    pub vector: String,
    pub source: Option<String>,
    pub product: Option<String>,
}

/// `[[affected]]`: either a `product` of the policy, or a `package` with its OSV `ecosystem`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Affected {
    pub product: Option<String>,
    pub package: Option<String>,
    pub ecosystem: Option<String>,
    pub status: Option<String>,
    pub justification: Option<String>,
    pub statement: Option<String>,
    pub versions: Vec<Range>,
    pub unaffected: Vec<String>,
    pub git: Option<Git>,
    pub os: Vec<String>,
    pub arch: Vec<String>,
    pub symbols: Vec<String>,
    pub remediation: Option<Remediation>,
}

/// `git = { … }`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Git {
    pub repository: String,
    pub introduced: Option<String>,
    pub fixed: Vec<String>,
}

/// `remediation = { … }`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Remediation {
    pub kind: String,
    pub text: Option<String>,
}

/// `[[reference]]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Reference {
    pub kind: String,
    pub url: String,
}

/// `[[credit]]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Credit {
    pub name: String,
    pub kind: Option<String>,
    pub contact: Vec<String>,
    pub anonymous: bool,
}

/// `[[timeline]]`
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Event {
    pub date: Datetime,
    pub event: String,
}

/// `[[revision]]`
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "as FrontMatter")]
pub struct Revision {
    pub version: String,
    pub date: Datetime,
    pub summary: String,
}

impl FrontMatter {
    /// The front matter between its `+++` lines, each ended by LF. The body follows after an empty line.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = String::from("+++\n");
        let mut top = Keys::default();
        top.text("id", Some(&self.id));
        top.text("title", Some(&self.title));
        top.date("published", self.published.as_ref());
        top.date("modified", self.modified.as_ref());
        top.text("status", self.status.as_deref());
        if let Some(withdrawn) = &self.withdrawn {
            let mut keys = Keys::default();
            keys.date("date", Some(&withdrawn.date));
            keys.text("reason", withdrawn.reason.as_deref());
            keys.text("superseded_by", withdrawn.superseded_by.as_deref());
            top.push("withdrawn", keys.inline());
        }
        top.text("informational", self.informational.as_deref());
        top.texts("aliases", &self.aliases);
        top.texts("related", &self.related);
        top.texts("upstream", &self.upstream);
        top.texts("cwe", &self.cwe);
        top.text("severity", self.severity.as_deref());
        top.text("exploited", self.exploited.as_deref());
        top.texts("categories", &self.categories);
        top.text("impact", self.impact.as_deref());
        top.block("", &mut out);
        for cvss in &self.cvss {
            let mut keys = Keys::default();
            keys.text("vector", Some(&cvss.vector));
            keys.text("source", cvss.source.as_deref());
            keys.text("product", cvss.product.as_deref());
            keys.block("[[cvss]]\n", &mut out);
        }
        for affected in &self.affected {
            affected.keys().block("[[affected]]\n", &mut out);
        }
        for reference in &self.references {
            let mut keys = Keys::default();
            keys.text("kind", Some(&reference.kind));
            keys.text("url", Some(&reference.url));
            keys.block("[[reference]]\n", &mut out);
        }
        for credit in &self.credits {
            let mut keys = Keys::default();
            keys.text("name", Some(&credit.name));
            keys.text("type", credit.kind.as_deref());
            keys.texts("contact", &credit.contact);
            if credit.anonymous {
                keys.push("anonymous", "true".to_owned());
            }
            keys.block("[[credit]]\n", &mut out);
        }
        for event in &self.timeline {
            let mut keys = Keys::default();
            keys.date("date", Some(&event.date));
            keys.text("event", Some(&event.event));
            keys.block("[[timeline]]\n", &mut out);
        }
        for revision in &self.revisions {
            let mut keys = Keys::default();
            keys.text("version", Some(&revision.version));
            keys.date("date", Some(&revision.date));
            keys.text("summary", Some(&revision.summary));
            keys.block("[[revision]]\n", &mut out);
        }
        out.push_str("+++\n");
        out
    }
}

impl Affected {
    fn keys(&self) -> Keys {
        let mut keys = Keys::default();
        keys.text("product", self.product.as_deref());
        keys.text("package", self.package.as_deref());
        keys.text("ecosystem", self.ecosystem.as_deref());
        keys.text("status", self.status.as_deref());
        keys.text("justification", self.justification.as_deref());
        keys.text("statement", self.statement.as_deref());
        match self.versions.as_slice() {
            [] => {}
            [one] => keys.push("versions", format!("[{}]", range(one))),
            many => {
                let lines: String = many.iter().map(|one| format!("  {},\n", range(one))).collect();
                keys.push("versions", format!("[\n{lines}]"));
            }
        }
        keys.texts("unaffected", &self.unaffected);
        if let Some(git) = &self.git {
            let mut table = Keys::default();
            table.text("repository", Some(&git.repository));
            table.text("introduced", git.introduced.as_deref());
            table.texts("fixed", &git.fixed);
            keys.push("git", table.inline());
        }
        if !self.os.is_empty() || !self.arch.is_empty() {
            let mut table = Keys::default();
            table.texts("os", &self.os);
            table.texts("arch", &self.arch);
            keys.push("platforms", table.inline());
        }
        keys.texts("symbols", &self.symbols);
        if let Some(remediation) = &self.remediation {
            let mut table = Keys::default();
            table.text("kind", Some(&remediation.kind));
            table.text("text", remediation.text.as_deref());
            keys.push("remediation", table.inline());
        }
        keys
    }
}

/// One entry of `versions`.
fn range(range: &Range) -> String {
    let mut keys = Keys::default();
    keys.text("introduced", Some(&range.introduced));
    match &range.end {
        End::Fixed(version) => keys.text("fixed", Some(version)),
        End::LastAffected(version) => keys.text("last_affected", Some(version)),
        End::Open => {}
    }
    keys.inline()
}

/// The keys of one table with their values as TOML, in the order they are written.
#[derive(Default)]
struct Keys(Vec<(&'static str, String)>);

impl Keys {
    fn push(&mut self, key: &'static str, toml: String) {
        self.0.push((key, toml));
    }

    fn text(&mut self, key: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.push(key, string(value));
        }
    }

    fn texts(&mut self, key: &'static str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(|value| string(value)).collect();
            self.push(key, format!("[{}]", values.join(", ")));
        }
    }

    fn date(&mut self, key: &'static str, value: Option<&Datetime>) {
        if let Some(value) = value {
            self.push(key, value.to_string());
        }
    }

    fn inline(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", pairs.join(", "))
    }

    fn block(&self, header: &str, out: &mut String) {
        let width = self.0.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        out.push_str(header);
        for (key, value) in &self.0 {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{key:width$} = {value}");
        }
    }
}

/// A TOML basic string, always on one line: toml's own writer would spread text with line ends over several, and a
/// line `+++` among them would end the front matter.
fn string(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
