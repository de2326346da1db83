//! The metrics of a vector in words: what a reader sees beside the score.
//!
//! In goes a vector that is known to be valid, out come labels and values in the vector's order. Environmental
//! and supplemental metrics are left to the vector itself.

use super::CvssVersion;

/// Code, label, and each value with its word.
type Metric = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const NONE_LOW_HIGH: &[(&str, &str)] = &[("N", "none"), ("L", "low"), ("H", "high")];
const NONE_PARTIAL_COMPLETE: &[(&str, &str)] = &[("N", "none"), ("P", "partial"), ("C", "complete")];

const V2: &[Metric] = &[
    ("AV", "Access vector", &[("L", "local"), ("A", "adjacent network"), ("N", "network")]),
    ("AC", "Access complexity", &[("H", "high"), ("M", "medium"), ("L", "low")]),
    ("Au", "Authentication", &[("M", "multiple"), ("S", "single"), ("N", "none")]),
    ("C", "Confidentiality", NONE_PARTIAL_COMPLETE),
    ("I", "Integrity", NONE_PARTIAL_COMPLETE),
    ("A", "Availability", NONE_PARTIAL_COMPLETE),
    (
        "E",
        "Exploitability",
        &[("U", "unproven"), ("POC", "proof of concept"), ("F", "functional"), ("H", "high")],
    ),
];

const V3: &[Metric] = &[
    (
        "AV",
        "Attack vector",
        &[("N", "network"), ("A", "adjacent network"), ("L", "local"), ("P", "physical")],
    ),
    ("AC", "Attack complexity", &[("L", "low"), ("H", "high")]),
    ("PR", "Privileges required", NONE_LOW_HIGH),
    ("UI", "User interaction", &[("N", "none"), ("R", "required")]),
    ("S", "Scope", &[("U", "unchanged"), ("C", "changed")]),
    ("C", "Confidentiality", NONE_LOW_HIGH),
    ("I", "Integrity", NONE_LOW_HIGH),
    ("A", "Availability", NONE_LOW_HIGH),
    (
        "E",
        "Exploit code",
        &[("U", "unproven"), ("P", "proof of concept"), ("F", "functional"), ("H", "high")],
    ),
];

const V4: &[Metric] = &[
    (
        "AV",
        "Attack vector",
        &[("N", "network"), ("A", "adjacent network"), ("L", "local"), ("P", "physical")],
    ),
    ("AC", "Attack complexity", &[("L", "low"), ("H", "high")]),
    ("AT", "Attack requirements", &[("N", "none"), ("P", "present")]),
    ("PR", "Privileges required", NONE_LOW_HIGH),
    ("UI", "User interaction", &[("N", "none"), ("P", "passive"), ("A", "active")]),
    ("VC", "Confidentiality", NONE_LOW_HIGH),
    ("VI", "Integrity", NONE_LOW_HIGH),
    ("VA", "Availability", NONE_LOW_HIGH),
    ("SC", "Confidentiality of other systems", NONE_LOW_HIGH),
    ("SI", "Integrity of other systems", NONE_LOW_HIGH),
    ("SA", "Availability of other systems", NONE_LOW_HIGH),
    ("E", "Exploit maturity", &[("A", "attacked"), ("P", "proof of concept"), ("U", "unreported")]),
];

/// Label and value of each metric that readers ask for; one that is "not defined" says nothing and is left out.
pub(super) fn metrics(version: CvssVersion, vector: &str) -> Vec<(&'static str, &'static str)> {
    let table = match version {
        CvssVersion::V2 => V2,
        CvssVersion::V30 | CvssVersion::V31 => V3,
        CvssVersion::V40 => V4,
    };
    vector
        .split('/')
        .filter_map(|part| {
            let (code, value) = part.split_once(':')?;
            let (_, label, values) = table.iter().find(|(name, ..)| *name == code)?;
            let (_, word) = values.iter().find(|(letter, _)| *letter == value)?;
            Some((*label, *word))
        })
        .collect()
}
