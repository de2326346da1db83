//! Profiles: what a scheme asks of a portal, and what of this one answers it.
//!
//! In goes a [`Subject`]: a site, its plan, and what was found in it. Out comes, for each control of a scheme, where its
//! evidence is or what would give some. A control is answered by a function, unless a finding of one of its rules speaks
//! against it. Nobody is told here that a scheme is met: a reader who looks at the evidence decides that.

mod answer;
mod evidence;
pub mod report;
mod subject;
mod written;

mod badge;
mod bsi;
mod cisa;
mod cna;
mod cra;
mod csaf;
mod osps_1;
mod osps_2;
mod osps_3;
mod psti;
mod rfc9116;
mod scorecard;
mod steward;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Place};
pub use subject::Subject;

use crate::diag::Rule;
use crate::source::fields::nearest;

/// A scheme and its controls.
#[derive(Debug)]
pub struct Profile {
    /// How `--profile` names it.
    pub name: &'static str,
    /// What the scheme calls itself, with its version where it has one.
    pub scheme: &'static str,
    /// Its controls; a higher level begins with those of the lower ones.
    pub controls: &'static [&'static [Control]],
}

/// How much a scheme wants something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be there.
    Required,
    /// It should be there, or may be: to lack it is told, and changes no exit code.
    Advised,
}

/// One thing that a scheme asks for.
#[derive(Debug)]
pub struct Control {
    /// The scheme's own name of it; where it gives none, the field or the element that is meant.
    pub id: &'static str,
    /// What is asked for, in a few words.
    pub asks: &'static str,
    /// How much.
    pub need: Need,
    /// A finding of one of these speaks against the evidence, also where `[lints]` allows it.
    pub against: &'static [&'static Rule],
    /// Looks for the evidence.
    pub evidence: fn(&Subject<'_>) -> Answer,
}

impl Control {
    /// A control that must be there.
    const fn required(id: &'static str, asks: &'static str, evidence: fn(&Subject<'_>) -> Answer) -> Self {
        Self { id, asks, need: Need::Required, against: &[], evidence }
    }

    /// A control that should be there.
    const fn advised(id: &'static str, asks: &'static str, evidence: fn(&Subject<'_>) -> Answer) -> Self {
        Self { id, asks, need: Need::Advised, against: &[], evidence }
    }

    /// Names the rules whose findings speak against it.
    const fn unless(mut self, against: &'static [&'static Rule]) -> Self {
        self.against = against;
        self
    }
}

/// Every profile there is.
pub static PROFILES: &[&Profile] = &[
    &rfc9116::PROFILE,
    &scorecard::PROFILE,
    &osps_1::PROFILE,
    &osps_2::PROFILE,
    &osps_3::PROFILE,
    &badge::PROFILE,
    &csaf::PROFILE,
    &cna::PROFILE,
    &bsi::PROFILE,
    &cra::PROFILE,
    &steward::PROFILE,
    &cisa::PROFILE,
    &psti::PROFILE,
];

/// The profile of a name, or what to type instead.
pub fn find(name: &str) -> Result<&'static Profile, String> {
    if let Some(profile) = PROFILES.iter().copied().find(|profile| profile.name == name) {
        return Ok(profile);
    }
    let names = || PROFILES.iter().map(|profile| profile.name);
    Err(nearest(name, names()).map_or_else(
        || format!("there are {}", names().collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    ))
}

/// What came of one control.
#[derive(Debug)]
pub struct Assessed {
    /// The control.
    pub control: &'static Control,
    /// Its evidence.
    pub answer: Answer,
}

impl Assessed {
    /// Whether something is lacking that the scheme requires.
    pub fn is_missing(&self) -> bool {
        self.control.need == Need::Required && matches!(self.answer, Answer::Lacking { .. })
    }
}

impl Profile {
    /// Looks for the evidence of every control.
    pub fn assess(&self, subject: &Subject<'_>) -> Vec<Assessed> {
        let assess = |control: &'static Control| {
            let against = control.against.iter().find_map(|rule| subject.finding(rule));
            Assessed { control, answer: against.unwrap_or_else(|| (control.evidence)(subject)) }
        };
        self.controls.iter().copied().flatten().map(assess).collect()
    }
}
