//! The state of one file's mapping, and the ways to read a value of the fence: in goes a spanned TOML value, out
//! comes what the field needs, or a problem with the line. Which key becomes what is told beside this file.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{FrontMatter, Loss, Outcome, Problem, Source};
use crate::value::line;
use crate::value::shown::shown;

/// A value of the fence with its span.
pub(super) type Value<'d> = Spanned<DeValue<'d>>;

/// What has been read of a file so far.
pub(super) struct Mapping<'s> {
    pub source: &'s Source,
    pub owners: &'s BTreeMap<String, &'s str>,
    pub matter: FrontMatter,
    pub losses: Vec<Loss>,
    pub problems: Vec<Problem>,
    /// The section that keeps a licence's terms, where the text has one that asks to be named.
    pub licence: Option<String>,
    /// The `collection` that the fence names: `crates` or `rust`.
    pub collection: Option<String>,
}

impl<'s> Mapping<'s> {
    pub(super) fn new(source: &'s Source, owners: &'s BTreeMap<String, &'s str>) -> Self {
        let matter = FrontMatter::default();
        Self { source, owners, matter, losses: vec![], problems: vec![], licence: None, collection: None }
    }

    /// Maps the tables of the fence, `advisory` first: the others lean on it.
    pub(super) fn document(&mut self, document: &DeTable<'_>) {
        for name in ["advisory", "versions"] {
            if !document.contains_key(name) {
                self.problem_at(
                    1,
                    format!("the fence has no `[{name}]`"),
                    format!("write `[{name}]` and its keys"),
                );
            }
        }
        if let Some(table) = self.table(document, "advisory") {
            self.advisory(table);
        }
        self.affected(document);
        for (key, _) in document {
            if !["advisory", "versions", "affected"].contains(&key.get_ref().as_ref()) {
                self.loss(&key.span(), key.get_ref(), Outcome::nowhere(super::advisory::UNKNOWN));
            }
        }
    }

    /// The table of that name, if it is there and a table.
    pub(super) fn table<'t, 'd>(&mut self, parent: &'t DeTable<'d>, name: &str) -> Option<&'t DeTable<'d>> {
        let value = parent.get(name)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(name, value, "a table");
        }
        table
    }

    /// A string, or a problem.
    pub(super) fn string<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, value, "a string");
        }
        text
    }

    /// A string that is one line of text, or a problem.
    pub(super) fn line<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = self.string(key, value)?;
        match line::check(text) {
            Ok(()) => Some(text),
            Err(invalid) => {
                self.problem(&value.span(), format!("{}: {}", shown(key), invalid.message), invalid.help);
                None
            }
        }
    }

    /// The strings of a list with their spans; what is none is a problem.
    pub(super) fn strings<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Vec<(Range<usize>, &'v str)> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of strings");
            return Vec::new();
        };
        list.iter().filter_map(|item| self.string(key, item).map(|text| (item.span(), text))).collect()
    }

    /// Says what became of the statement at `span`.
    pub(super) fn loss(&mut self, span: &Range<usize>, statement: &str, outcome: Outcome) {
        self.loss_at(self.source.line(span), statement, outcome);
    }

    pub(super) fn loss_at(&mut self, line: usize, statement: &str, outcome: Outcome) {
        let source = self.source.path.clone();
        self.losses.push(Loss { source, line, statement: statement.to_owned(), outcome });
    }

    /// Says what is wrong at `span`.
    pub(super) fn problem(&mut self, span: &Range<usize>, message: String, help: impl Into<String>) {
        self.problem_at(self.source.line(span), message, help);
    }

    pub(super) fn problem_at(&mut self, line: usize, message: String, help: impl Into<String>) {
        self.problems.push(self.source.problem(line, message, help));
    }

    /// Says that the value is of another type than `wanted`.
    pub(super) fn wrong_type(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        let message = format!("{} is {}, not {wanted}", shown(key), a(value.get_ref().type_str()));
        self.problem(&value.span(), message, format!("write {wanted}"));
    }
}

fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}
