//! The severity badge.

use serde::Serialize;

use crate::site::advisory::Advisory;
use crate::value::severity::Severity as Level;

/// The badge: a word, its bars, and a score where a vector gives one.
#[derive(Debug, Clone, Serialize)]
pub struct Severity {
    /// `critical`, `high`, `medium`, `low`, `none` or `unknown`: part of the badge's class.
    pub word: &'static str,
    /// The same for readers.
    pub label: &'static str,
    /// `8.1`
    pub score: Option<String>,
}

impl Severity {
    /// A level without a score.
    pub fn level(level: Option<Level>) -> Self {
        match level {
            Some(level) => Self { word: level.as_str(), label: level.label(), score: None },
            None => Self { word: "unknown", label: "Unknown", score: None },
        }
    }

    /// The badge of an advisory; a notice says what it is instead.
    pub fn of(advisory: &Advisory) -> Self {
        if let (Some(kind), None) = (advisory.front.informational, advisory.severity) {
            let label = super::advisory::words::informational(kind);
            return Self { word: "none", label, score: None };
        }
        let score = advisory.vector().map(|cvss| format!("{:.1}", cvss.vector.score()));
        Self { score, ..Self::level(advisory.severity) }
    }
}
