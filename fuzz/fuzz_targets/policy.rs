//! Any bytes as `policy.toml`: every stage up to the plan ends, and what is found can be printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::diag::human::{self, Style, Withhold};
use secsite::diag::{Diagnostics, Levels, json};
use secsite::site::Options;
use secsite::source::{Sources, Span};
use secsite::{formats, model, site};

/// Prints nothing in place of a text: what is private is not this target's matter.
#[derive(Debug)]
struct Open;

impl Withhold for Open {
    fn withholds(&self, _: Span) -> bool {
        false
    }
}

fuzz_target!(|bytes: &[u8]| {
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let files = [("policy.toml".to_owned(), bytes.to_vec())].into();
    let sources = Sources::new(files, now, now);
    let mut diags = Diagnostics::default();
    let parsed = model::parsed::parse(&sources, &mut diags);
    if let Some(site) = site::resolve(&sources, parsed, &Options::default(), &mut diags) {
        formats::plan(&site).take_findings(&mut diags);
    }
    let findings = diags.judge(&Levels::default());
    let text = human::render(&findings, &sources, Style { color: false, withhold: &Open });
    assert!(!text.contains('\u{1b}'), "a control character reached the terminal");
    json::render(&findings, &sources, &Open);
});
