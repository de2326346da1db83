//! The loss report of a policy: in goes what became of each statement, out comes a list for people or for machines.

use std::fmt;

use crate::diag::Rule;
use crate::import::loss::Outcome;

/// Something about the file as a whole, or about its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line, counted from 1.
    pub line: usize,
    /// What was found.
    pub what: String,
    /// What became of it.
    pub outcome: String,
    /// The rule that it is a finding of, if it is one. The import goes on whatever its level.
    pub rule: Option<&'static Rule>,
}

impl Note {
    pub(super) fn new(line: usize, what: &str, outcome: &str) -> Self {
        Self { line, what: what.to_owned(), outcome: outcome.to_owned(), rule: None }
    }

    /// The same as a finding.
    pub(super) fn of(self, rule: &'static Rule) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// Its level as it is printed, and the id of its rule: `note[heading-none]`.
    fn finding(&self) -> Option<(&'static str, &'static str)> {
        self.rule.map(|rule| (rule.level.title(), rule.id))
    }
}

/// One statement of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Line, counted from 1.
    pub line: usize,
    /// What it is: `heading`, `list item`, `table row`.
    pub kind: &'static str,
    /// Its first words.
    pub text: String,
    /// Where it went: fields first, then the section whose text holds it.
    pub outcomes: Vec<Outcome>,
}

/// What became of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file, as it was named by the caller.
    pub source: String,
    /// Each statement, in order.
    pub entries: Vec<Entry>,
    /// What is to be known besides.
    pub notes: Vec<Note>,
}

impl Report {
    /// How many statements found no place.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.entries.iter().filter(|entry| entry.outcomes.iter().all(is_nowhere)).count()
    }

    /// The report as a JSON object.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let entry = |entry: &Entry| {
            serde_json::json!({
                "line": entry.line, "kind": entry.kind, "text": entry.text, "outcomes": entry.outcomes,
            })
        };
        let note = |note: &Note| {
            let mut value =
                serde_json::json!({ "line": note.line, "what": note.what, "outcome": note.outcome });
            if let Some((level, rule)) = note.finding() {
                value["level"] = level.into();
                value["rule"] = rule.into();
            }
            value
        };
        serde_json::json!({
            "source": self.source,
            "statements": self.entries.iter().map(entry).collect::<Vec<_>>(),
            "notes": self.notes.iter().map(note).collect::<Vec<_>>(),
            "not_represented": self.lost(),
        })
    }
}

fn is_nowhere(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::NotRepresented { .. })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.entries {
            writeln!(f, "{:>5}  {}: {}", entry.line, entry.kind, entry.text)?;
            for outcome in &entry.outcomes {
                match outcome {
                    Outcome::Field(name) => writeln!(f, "       → {name}")?,
                    Outcome::Section(name) => writeln!(f, "       → text of {name}")?,
                    Outcome::NotRepresented { why } => writeln!(f, "       → not represented: {why}")?,
                }
            }
        }
        for (at, note) in self.notes.iter().enumerate() {
            let gap = if at == 0 { "\n" } else { "" };
            let finding = note.finding().map(|(level, rule)| format!("{level}[{rule}]: "));
            let finding = finding.unwrap_or_default();
            writeln!(f, "{gap}{:>5}  {finding}{}: {}", note.line, note.what, note.outcome)?;
        }
        writeln!(f, "\n{} statements, {} of them not represented", self.entries.len(), self.lost())
    }
}
