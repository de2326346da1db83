//! The loss report: in goes what became of each statement of the source, out comes a summary for people or JSON.
//! Nothing is judged here; a statement that found no place is shown with the reason its importer gave.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::Imported;

/// What became of one statement of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The source file, as it was named by the caller.
    pub source: String,
    /// Line in that file, counted from 1.
    pub line: usize,
    /// The statement by its place in the source's format: `affected.functions`.
    pub statement: String,
    /// Where it went.
    pub outcome: Outcome,
}

/// Where a statement went.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Into this key of the front matter: `affected.versions`.
    Field(String),
    /// Into this part of the text; `body` is the whole of it.
    Section(String),
    /// Nowhere.
    NotRepresented {
        /// Why not: lower case, no full stop, the same words for the same cause, for they are grouped by.
        why: String,
    },
}

impl Outcome {
    /// Nowhere, for this reason.
    pub fn nowhere(why: impl Into<String>) -> Self {
        Self::NotRepresented { why: why.into() }
    }

    fn is_lost(&self) -> bool {
        matches!(self, Self::NotRepresented { .. })
    }
}

/// Where a statement was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The source file.
    pub source: String,
    /// Line, counted from 1.
    pub line: usize,
}

/// All losses of one import, like ones together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many files were handed in.
    pub files: usize,
    /// How many became an advisory.
    pub imported: usize,
    /// Statement and outcome, with the places in the order of files and lines.
    pub groups: BTreeMap<(String, Outcome), Vec<Place>>,
}

impl Report {
    /// Gathers the losses of `imported`, which came of so many `files`.
    #[must_use]
    pub fn new(files: usize, imported: &[Imported]) -> Self {
        let mut groups: BTreeMap<_, Vec<Place>> = BTreeMap::new();
        for loss in imported.iter().flat_map(|advisory| &advisory.losses) {
            let key = (loss.statement.clone(), loss.outcome.clone());
            groups.entry(key).or_default().push(Place { source: loss.source.clone(), line: loss.line });
        }
        groups.values_mut().for_each(|places| places.sort());
        Self { files, imported: imported.len(), groups }
    }

    /// How many statements found no place.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.groups.iter().filter(|((_, outcome), _)| outcome.is_lost()).map(|(_, places)| places.len()).sum()
    }

    /// The report as a JSON object: the counts, then each statement with outcome and places.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let statements: Vec<_> = self
            .groups
            .iter()
            .map(|((statement, outcome), places)| {
                serde_json::json!({
                    "statement": statement, "outcome": outcome, "count": places.len(), "places": places,
                })
            })
            .collect();
        serde_json::json!({ "files": self.files, "imported": self.imported, "statements": statements })
    }
}

/// Places named for a group that is shown; the JSON has them all.
const SHOWN: usize = 3;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: usize = self.groups.values().map(Vec::len).sum();
        writeln!(f, "{} of {} files imported", self.imported, self.files)?;
        writeln!(f, "{total} statements, {} of them not represented", self.lost())?;
        if self.groups.is_empty() {
            return Ok(());
        }
        let mut heading = "\nkept:\n";
        for ((statement, outcome), places) in &self.groups {
            let (kind, target) = match outcome {
                Outcome::Field(name) => ("field", name),
                Outcome::Section(name) => ("text", name),
                Outcome::NotRepresented { .. } => continue,
            };
            writeln!(f, "{heading}  {statement} → {kind} {target} ({})", places.len())?;
            heading = "";
        }
        let mut heading = "\nnot represented:\n";
        for ((statement, outcome), places) in &self.groups {
            let Outcome::NotRepresented { why } = outcome else { continue };
            writeln!(f, "{heading}  {statement} ({}): {why}", places.len())?;
            heading = "";
            for place in places.iter().take(SHOWN) {
                writeln!(f, "      {}:{}", place.source.escape_debug(), place.line)?;
            }
            if places.len() > SHOWN {
                writeln!(f, "      and {} more", places.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}
