//! One thing that was looked at, and what came of it.

use serde::Serialize;

use crate::diag::escape::visible;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// As it should be.
    Good,
    /// Some programs will miss something, or soon will.
    Odd,
    /// Somebody does not get what is theirs.
    Bad,
    /// There was no answer.
    Silent,
}

/// A line of the table. Its words are fit to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How it is.
    pub mark: Mark,
    /// An address, or what else was looked at.
    pub subject: String,
    /// What was found.
    pub found: String,
    /// What to do about it; empty where nothing is to be done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
}

impl Line {
    fn new(mark: Mark, subject: &str, found: impl Into<String>, help: &str) -> Self {
        Self { mark, subject: visible(subject), found: visible(&found.into()), help: help.to_owned() }
    }

    /// As it should be.
    pub fn good(subject: &str, found: impl Into<String>) -> Self {
        Self::new(Mark::Good, subject, found, "")
    }

    /// Not quite.
    pub fn odd(subject: &str, found: impl Into<String>, help: &str) -> Self {
        Self::new(Mark::Odd, subject, found, help)
    }

    /// Not at all.
    pub fn bad(subject: &str, found: impl Into<String>, help: &str) -> Self {
        Self::new(Mark::Bad, subject, found, help)
    }

    /// Nobody knows.
    pub fn silent(subject: &str, found: impl Into<String>, help: &str) -> Self {
        Self::new(Mark::Silent, subject, found, help)
    }

    /// One line, and a second one with the help.
    pub fn text(&self) -> String {
        let word = match self.mark {
            Mark::Good => "ok    ",
            Mark::Odd => "warn  ",
            Mark::Bad => "fail  ",
            Mark::Silent => "?     ",
        };
        let help = if self.help.is_empty() { String::new() } else { format!("\n      help: {}", self.help) };
        format!("{word}{}: {}{help}\n", self.subject, self.found)
    }
}
