//! What `secsite check --profile` prints, for people and for programs.
//!
//! In go the answers of profiles, out comes text or a value of JSON. It says where evidence is, never that a scheme is
//! met.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Assessed, Need, Place, Profile};
use crate::diag::escape::visible;
use crate::source::Sources;

/// How many places of one control people are shown.
const MOST_PLACES: usize = 5;

/// A profile, and what came of its controls.
#[derive(Debug)]
pub struct Report {
    /// The profile.
    pub profile: &'static Profile,
    /// Its controls.
    pub controls: Vec<Assessed>,
}

impl Report {
    /// How many required controls lack evidence.
    pub fn missing(&self) -> usize {
        self.controls.iter().filter(|control| control.is_missing()).count()
    }

    /// For people: each control with its places, or with what to write.
    pub fn human(&self, sources: &Sources) -> String {
        let mut out = format!("{}: evidence for {}\n", self.profile.name, self.profile.scheme);
        for Assessed { control, answer } in &self.controls {
            let advised = if control.need == Need::Advised { " (advised)" } else { "" };
            let _ = writeln!(out, "  {:<8} {}: {}{advised}", answer.word(), control.id, control.asks);
            for place in answer.places().iter().take(MOST_PLACES) {
                let _ = writeln!(out, "             {}", visible(&shown(place, sources)));
            }
            if let Some(more) = answer.places().len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
                let _ = writeln!(out, "             and {more} more");
            }
            if let Some(help) = answer.help() {
                let _ = writeln!(out, "             {help}");
            }
        }
        let _ = writeln!(out, "{}", self.sum());
        out
    }

    fn sum(&self) -> String {
        let count = |word: &str| self.controls.iter().filter(|it| it.answer.word() == word).count();
        let lacking = count("lacking");
        let advised = match lacking - self.missing() {
            0 => String::new(),
            some => format!(" ({some} of them advised)"),
        };
        format!(
            "{}: of {} controls, {} shown, {} worded, {lacking} lacking{advised}, {} outside of a portal",
            self.profile.name,
            self.controls.len(),
            count("shown"),
            count("worded"),
            count("outside"),
        )
    }

    /// For programs.
    pub fn json<'a>(&'a self, sources: &'a Sources) -> impl Serialize + use<'a> {
        let place = |place: &'a Place| match place {
            Place::Written(span) => {
                JsonPlace::Written { file: &sources.file(span.file).path, line: sources.position(*span).line }
            }
            Place::File(file) => JsonPlace::File { file },
            Place::Output(output, field) => JsonPlace::Output { output, field: *field },
        };
        let controls = self.controls.iter().map(|Assessed { control, answer }| JsonControl {
            id: control.id,
            asks: control.asks,
            required: control.need == Need::Required,
            evidence: answer.word(),
            places: answer.places().iter().map(place).collect(),
            help: answer.help(),
        });
        JsonReport { profile: self.profile.name, scheme: self.profile.scheme, controls: controls.collect() }
    }
}

/// `policy.toml:12`, or `.well-known/security.txt, Contact (output)`.
fn shown(place: &Place, sources: &Sources) -> String {
    match place {
        Place::Written(span) => {
            format!("{}:{}", sources.file(span.file).path, sources.position(*span).line)
        }
        Place::File(file) => file.clone(),
        Place::Output(path, Some(field)) => format!("{path}, {field} (output)"),
        Place::Output(path, None) => format!("{path} (output)"),
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    profile: &'a str,
    scheme: &'a str,
    controls: Vec<JsonControl<'a>>,
}

#[derive(Serialize)]
struct JsonControl<'a> {
    id: &'a str,
    asks: &'a str,
    required: bool,
    evidence: &'a str,
    places: Vec<JsonPlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum JsonPlace<'a> {
    Written {
        file: &'a str,
        line: usize,
    },
    File {
        file: &'a str,
    },
    Output {
        output: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<&'a str>,
    },
}
