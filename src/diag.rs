//! Findings: what is wrong with an author's content, where, and how to mend it.
//!
//! Anything that can find problems takes `&mut Diagnostics` last and never fails because of them; what stops a run
//! is decided once, at its end, by level. Problems of the *world* (a disk, a key, a terminal) are not findings:
//! they are [`crate::io::Error`]. How a finding is printed is told by one file per form, below.

pub mod escape;
pub mod github;
pub mod human;
pub mod json;
pub mod sarif;

use std::collections::BTreeMap;

use crate::source::{FileId, Span};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Said by `check` alone, and never a reason to stop: what many leave as it is, and some would rather know.
    Note,
    /// Reported; the run goes on.
    Warn,
    /// Reported; nothing is signed or published.
    Deny,
}

impl Level {
    /// The word that `[lints]` uses for this level.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// What a finding of this level is called, before its text.
    pub fn title(self) -> &'static str {
        match self {
            Self::Allow | Self::Note => "note",
            Self::Warn => "warning",
            Self::Deny => "error",
        }
    }
}

/// A kind of finding: its name, its weight, and the page that `secsite explain` prints.
///
/// Every rule is one file under `rules/`, so a finding without an explanation cannot be written.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case, and reads well after "allow": `version-gap`.
    pub id: &'static str,
    /// The level where `[lints]` says nothing.
    pub level: Level,
    /// Whether `[lints]` and `--allow` may change the level. False where a lower level would publish nonsense.
    pub adjustable: bool,
    /// One line that says what is found.
    pub summary: &'static str,
    /// Why it matters and how to mend it: a few sentences of Markdown.
    pub explain: &'static str,
    /// The clause of a standard or law that asks for it, or empty.
    pub clause: &'static str,
}

impl Rule {
    /// A finding of this rule at one place.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        let labels = vec![Label { span, text: String::new() }];
        Diagnostic { rule: self, message: message.into(), labels, help: None }
    }

    /// A finding of this rule about the site as a whole.
    pub fn anywhere(&'static self, message: impl Into<String>) -> Diagnostic {
        Diagnostic { rule: self, message: message.into(), labels: Vec::new(), help: None }
    }
}

/// A place, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Shown beside the excerpt; may be empty for the first label.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Which kind.
    pub rule: &'static Rule,
    /// What is wrong: lower case, no full stop, values in backticks.
    pub message: String,
    /// The primary place first; then places that help to understand it.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds a second place, such as the other of two advisories that share an id.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The primary place, if the finding has one.
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// The levels of one run: each rule's own, then `[lints]`, then `--allow` and `--deny warnings`.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    set: BTreeMap<String, Level>,
    deny_warnings: bool,
    show_notes: bool,
}

impl Levels {
    /// Sets the level of one rule; the later word wins.
    pub fn set(&mut self, rule: &str, level: Level) {
        self.set.insert(rule.to_owned(), level);
    }

    /// Turns every warning into a stop, as `--deny warnings` asks.
    pub fn deny_warnings(&mut self) {
        self.deny_warnings = true;
    }

    /// Lets notes be reported, as `check` does.
    pub fn show_notes(&mut self) {
        self.show_notes = true;
    }

    /// The level that counts for `rule`.
    pub fn of(&self, rule: &Rule) -> Level {
        let level = match self.set.get(rule.id) {
            Some(level) if rule.adjustable => *level,
            _ => rule.level,
        };
        if level == Level::Warn && self.deny_warnings { Level::Deny } else { level }
    }
}

/// The findings of a run, in the order they were made.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Takes over the findings of a worker.
    pub fn append(&mut self, mut other: Self) {
        self.found.append(&mut other.found);
    }

    /// Keeps, of those that came after the first `count`, what `keep` says.
    pub fn retain_from(&mut self, count: usize, keep: impl Fn(&Diagnostic) -> bool) {
        let later = self.found.split_off(count.min(self.found.len()));
        self.found.extend(later.into_iter().filter(|finding| keep(finding)));
    }

    /// How many there are, of any level.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The findings as they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Everything that is to be printed: allowed rules gone, notes too unless they are asked for, sorted by place, no finding twice, and of each rule no
    /// more than `MOST_ALIKE` in a file.
    pub fn judge(mut self, levels: &Levels) -> Findings {
        self.found.sort_by(|a, b| {
            (a.place().is_none(), a.place(), a.rule.id, &a.message).cmp(&(
                b.place().is_none(),
                b.place(),
                b.rule.id,
                &b.message,
            ))
        });
        self.found.dedup_by(|a, b| {
            a.place() == b.place() && std::ptr::eq(a.rule, b.rule) && a.message == b.message
        });
        let judged = shorten(self.found).into_iter().map(|d| (levels.of(d.rule), d));
        let least = if levels.show_notes { Level::Note } else { Level::Warn };
        Findings { list: judged.filter(|(level, _)| *level >= least).collect() }
    }
}

/// How many findings of one rule are shown of one file. More would say nothing new, and to place each of them in a
/// large file would take long.
const MOST_ALIKE: usize = 100;

/// Of what a file has too much of, the last one that is kept says how many there are.
fn shorten(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(FileId, &str), usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len().min(1024));
    for finding in found {
        if let Some(place) = finding.place() {
            let count = counts.entry((place.file, finding.rule.id)).or_default();
            *count += 1;
            if *count > MOST_ALIKE {
                continue;
            }
        }
        kept.push(finding);
    }
    let mut seen: BTreeMap<(FileId, &str), usize> = BTreeMap::new();
    for finding in &mut kept {
        let Some(place) = finding.place() else { continue };
        let key = (place.file, finding.rule.id);
        let at = seen.entry(key).or_default();
        *at += 1;
        let all = counts.get(&key).copied().unwrap_or_default();
        if *at == MOST_ALIKE && all > MOST_ALIKE {
            finding.message = format!("{}; {} more like it in this file", finding.message, all - MOST_ALIKE);
        }
    }
    kept
}

/// Findings with their final levels, sorted by file and position.
#[derive(Debug, Default)]
pub struct Findings {
    /// Level and finding; never [`Level::Allow`].
    pub list: Vec<(Level, Diagnostic)>,
}

impl Findings {
    /// How many stop the run.
    pub fn denied(&self) -> usize {
        self.count(Level::Deny)
    }

    /// How many are warnings.
    pub fn warned(&self) -> usize {
        self.count(Level::Warn)
    }

    /// How many are notes.
    pub fn noted(&self) -> usize {
        self.count(Level::Note)
    }

    fn count(&self, wanted: Level) -> usize {
        self.list.iter().filter(|(level, _)| *level == wanted).count()
    }
}
