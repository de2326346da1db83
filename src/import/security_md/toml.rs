//! `policy.toml` in its normative order: in go the facts and sections, out comes the text of the file.

use std::fmt::Write as _;

use super::facts::{Facts, Item};
use super::sections::{Document, Text};
use crate::scaffold::quoted;

/// What the policy needs that no source says.
pub(super) struct Frame<'a> {
    pub base_url: &'a str,
    pub name: &'a str,
    pub product: &'a str,
    pub reviewed: jiff::civil::Date,
    pub file: &'a str,
}

/// The whole file.
pub(super) fn write(frame: &Frame<'_>, facts: &Facts, document: &Document) -> String {
    let mut out = String::from(
        "# Made from a SECURITY.md. Read all of it; `secsite renew` then sets `reviewed` to the day on which you did.\n\n",
    );
    let mut table = Table::new("[site]");
    table.text("base_url", frame.base_url);
    table.to(&mut out);

    let mut table = Table::new("[policy]");
    table.text("title", &document.title);
    table.text("language", facts.language);
    table.raw("reviewed", frame.reviewed.to_string());
    table.texts("reviewed_by", &facts.reviewed_by);
    if !document.intro.is_empty() {
        table.raw("intro", prose(&document.intro));
    }
    table.to(&mut out);

    let mut table = Table::new("[project]");
    table.text("name", frame.name);
    table.maybe("repository", facts.repository.as_deref());
    table.to(&mut out);

    products(frame, facts, &mut out);
    reporting(facts, &mut out);
    contacts(facts, &mut out);
    promises(facts, &mut out);
    rest(facts, &mut out);
    sections(document, &mut out);

    if document.header.is_some() || frame.file != "SECURITY.md" {
        let mut table = Table::new("[security_md]");
        if frame.file != "SECURITY.md" {
            table.text("file", frame.file);
        }
        if let Some(header) = &document.header {
            table.raw("header", prose(header));
        }
        table.to(&mut out);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The id of the product in this place.
pub(super) fn product_id(base: &str, at: usize) -> String {
    if at == 0 { base.to_owned() } else { format!("{base}-{}", at + 1) }
}

fn products(frame: &Frame<'_>, facts: &Facts, out: &mut String) {
    for (at, product) in facts.products.iter().enumerate() {
        let mut table = Table::new("[[product]]");
        table.text("id", &product_id(frame.product, at));
        table.text("name", product.name.as_deref().unwrap_or(frame.name));
        if product.words_only {
            table.text("scheme", "text");
        }
        if let Some((kind, count, text)) = &product.rule {
            let count = count.map_or_else(String::new, |count| format!("count = {count}, "));
            table.raw("rule", format!("{{ kind = \"{kind}\", {count}text = {} }}", quoted(text)));
        }
        if !product.columns.is_empty() {
            let columns: Vec<String> = product
                .columns
                .iter()
                .map(|(role, heading)| format!("{role} = {}", quoted(heading)))
                .collect();
            table.raw("columns", format!("{{ {} }}", columns.join(", ")));
        }
        table.to(out);
        for row in &product.rows {
            let mut table = Table::new("[[product.support]]");
            table.text("versions", &row.versions);
            table.text("status", row.status);
            table.maybe("as_printed", row.as_printed.as_deref());
            table.maybe("track", row.track.as_deref());
            if let Some(until) = &row.until {
                let day = until.parse::<jiff::civil::Date>().is_ok() && until.len() == 10;
                table.raw("until", if day { until.clone() } else { quoted(until) });
            }
            table.maybe("note", row.note.as_deref());
            if !row.extra.is_empty() {
                let cells: Vec<String> = row
                    .extra
                    .iter()
                    .map(|(name, cell)| format!("{} = {}", quoted(name), quoted(cell)))
                    .collect();
                table.raw("extra", format!("{{ {} }}", cells.join(", ")));
            }
            table.to(out);
        }
    }
}

fn reporting(facts: &Facts, out: &mut String) {
    let mut table = Table::new("[reporting]");
    table.maybe("public_issues", facts.public_issues);
    table.maybe("subject", facts.subject.as_deref());
    table.items("include", &facts.include);
    table.to(out);
}

fn contacts(facts: &Facts, out: &mut String) {
    for contact in &facts.contacts {
        let mut table = Table::new("[[contact]]");
        table.text("kind", contact.kind);
        table.maybe("address", contact.address.as_deref());
        let purposes: Vec<String> = contact.purposes.iter().map(|word| (*word).to_owned()).collect();
        table.texts("for", &purposes);
        if contact.key {
            table.text("key", "security");
        }
        if !contact.confirmed {
            table.raw("confirmed", "false".to_owned());
        }
        table.maybe("after", contact.after.as_deref());
        table.to(out);
    }
    if facts.key_on_request {
        let mut table = Table::new("[[key]]");
        table.text("id", "security");
        table.texts("purpose", &["encrypt".to_owned()]);
        table.text("available", "on-request");
        table.to(out);
    }
}

fn promises(facts: &Facts, out: &mut String) {
    for promise in &facts.promises {
        let mut table = Table::new("[[response]]");
        table.text("stage", promise.stage);
        table.maybe("severity", promise.severity);
        table.text(promise.key, &promise.value);
        table.to(out);
    }
    for (level, cvss) in &facts.severities {
        let mut table = Table::new("[[severity]]");
        table.text("level", level);
        table.text("cvss", cvss);
        table.to(out);
    }
}

fn rest(facts: &Facts, out: &mut String) {
    let mut table = Table::new("[disclosure]");
    table.maybe("model", facts.coordinated.then_some("coordinated"));
    table.maybe("deadline", facts.deadline.as_deref());
    table.maybe("deadline_from", facts.deadline_from);
    table.texts("steps", &facts.steps);
    if !facts.phases.is_empty() {
        let phases: String = facts
            .phases
            .iter()
            .map(|(day, text)| format!("  {{ day = {}, text = {} }},\n", quoted(day), quoted(text)))
            .collect();
        table.raw("phases", format!("[\n{phases}]"));
    }
    table.to(out);

    let mut table = Table::new("[scope]");
    table.items("in", &facts.in_scope);
    table.items("out", &facts.out_of_scope);
    table.to(out);

    let mut table = Table::new("[safe_harbor]");
    table.maybe("statement", facts.harbor.as_deref());
    table.items("conditions", &facts.conditions);
    table.to(out);

    if let Some(offered) = facts.bounty {
        let mut table = Table::new("[bounty]");
        table.raw("offered", offered.to_string());
        table.to(out);
    }
    if let Some(credit) = &facts.credit {
        let mut table = Table::new("[credit]");
        table.raw("given", "true".to_owned());
        if credit.anonymous {
            table.raw("anonymous", "true".to_owned());
        }
        let places: Vec<String> = credit.places.iter().map(|place| (*place).to_owned()).collect();
        table.texts("places", &places);
        table.to(out);
    }
    let mut table = Table::new("[advisories]");
    table.texts("published", &facts.published);
    table.to(out);
    for limitation in &facts.limitations {
        let mut table = Table::new("[[limitation]]");
        table.text("title", &limitation.title);
        table.maybe("text", limitation.text.as_deref());
        table.maybe("mitigation", limitation.mitigation.as_deref());
        table.maybe("planned", limitation.planned.as_deref());
        table.to(out);
    }
}

fn sections(document: &Document, out: &mut String) {
    for section in &document.sections {
        let mut table = Table::new("[[section]]");
        table.text("title", &section.title);
        table.raw("level", section.level.to_string());
        match &section.text {
            Text::None => {}
            Text::Body(body) => table.raw("body", prose(body)),
            Text::File(path, _) => table.text("file", path),
        }
        table.to(out);
    }
}

/// A string of several lines as it would be typed. Literal where it holds what a basic string would have to escape.
fn prose(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    if text.contains('\\') && !text.contains("'''") && !text.ends_with('\'') {
        return format!("'''\n{text}\n'''");
    }
    let mut body = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => body.push_str("\\\\"),
            '\n' | '\t' => body.push(c),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(body, "\\u{:04X}", u32::from(c));
            }
            c => body.push(c),
        }
    }
    format!("\"\"\"\n{}\n\"\"\"", body.replace("\"\"\"", "\"\"\\\""))
}

/// A table with its keys.
struct Table {
    header: &'static str,
    keys: Vec<(&'static str, String)>,
}

impl Table {
    fn new(header: &'static str) -> Self {
        Self { header, keys: Vec::new() }
    }

    fn raw(&mut self, key: &'static str, value: String) {
        self.keys.push((key, value));
    }

    fn text(&mut self, key: &'static str, value: &str) {
        self.raw(key, quoted(value));
    }

    fn maybe(&mut self, key: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    fn texts(&mut self, key: &'static str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            self.raw(key, format!("[{}]", values.join(", ")));
        }
    }

    fn items(&mut self, key: &'static str, items: &[Item]) {
        if items.is_empty() {
            return;
        }
        let item = |item: &Item| {
            let mut pairs = Vec::new();
            pairs.extend(item.title.iter().map(|title| format!("title = {}", quoted(title))));
            pairs.extend(item.text.iter().map(|text| format!("text = {}", quoted(text))));
            pairs.extend(item.required.then(|| "required = true".to_owned()));
            format!("  {{ {} }},\n", pairs.join(", "))
        };
        self.raw(key, format!("[\n{}]", items.iter().map(item).collect::<String>()));
    }

    /// Writes the table, unless it is an empty one that need not be there.
    fn to(&self, out: &mut String) {
        if self.keys.is_empty() {
            return;
        }
        let width = self.keys.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        out.push_str(self.header);
        out.push('\n');
        for (key, value) in &self.keys {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{key:width$} = {value}");
        }
        out.push('\n');
    }
}
