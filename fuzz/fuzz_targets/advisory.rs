//! Any bytes as an advisory beside a sound policy: every page of the site is baked, and a draft is in none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::diag::Diagnostics;
use secsite::site::Options;
use secsite::source::Sources;
use secsite::{formats, model, site};

const POLICY: &[u8] = include_bytes!("../seeds/policy/small.toml");

fuzz_target!(|bytes: &[u8]| {
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let files = [
        ("policy.toml".to_owned(), POLICY.to_vec()),
        ("advisories/EXAMPLE-2026-0001.md".to_owned(), bytes.to_vec()),
    ];
    let sources = Sources::new(files.into(), now, now);
    let mut diags = Diagnostics::default();
    let parsed = model::parsed::parse(&sources, &mut diags);
    let site = site::resolve(&sources, parsed, &Options::default(), &mut diags).expect("the policy is sound");
    let plan = formats::plan(&site);
    plan.bake(&site, |path, _, baked, _| {
        if site.advisories.is_empty() {
            assert!(!path.as_str().contains("EXAMPLE-2026-0001"), "{} of a draft", path.as_str());
        }
        // A recipe may find something; it may not panic.
        let _ = baked;
    });
});
