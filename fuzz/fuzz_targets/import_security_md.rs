//! Any bytes as a hand-written policy, in each of the markups: imported or refused with a line, never a panic. What was
//! imported can be read, and holds every word of the source.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use secsite::diag::Diagnostics;
use secsite::import::security_md::{Options, import};
use secsite::model;
use secsite::source::Sources;

fuzz_target!(|bytes: &[u8]| {
    let options = Options::of_folder("Example");
    for path in ["SECURITY.md", "SECURITY.rst", "SECURITY.adoc"] {
        let imported = match import(path, bytes, &options) {
            Ok(imported) => imported,
            Err(problem) => {
                assert!(problem.line > 0 && std::str::from_utf8(bytes).is_err(), "{problem:?}");
                continue;
            }
        };
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let mut have = words(&imported.policy);
        let mut all = imported.policy.to_lowercase();
        let mut files = vec![("policy.toml".to_owned(), imported.policy.into_bytes())];
        for (path, text) in imported.content {
            have.extend(words(&text));
            all.push_str(&text.to_lowercase());
            files.push((path, text.into_bytes()));
        }
        let parsed =
            model::parsed::parse(&Sources::new(files.into_iter().collect(), now, now), &mut Diagnostics::default());
        assert!(parsed.policy.is_some(), "what was imported cannot be read");
        // Words of ASCII alone: others may stand beside a control character that is left out.
        let source = String::from_utf8_lossy(bytes);
        // What secsite itself wrote around a policy is no part of it.
        let ours = source.contains("Made from policy.toml") || source.contains("This policy on the web");
        if !ours && !source.contains(|c: char| c.is_control() && c != '\n') {
            // `Ver**please**` is one word where a title cannot be emphatic, and so is an address that was broken over two
            // lines: their letters are all there.
            let letters: String = all.chars().filter(|c| c.is_alphanumeric()).collect();
            let is_there = |word: &str| have.contains(word) || letters.contains(word);
            for line in source.lines().filter(|line| path == "SECURITY.md" || !is_of_a_table(line)) {
                for word in words(line).into_iter().filter(|word| word.len() > 3 && word.is_ascii()) {
                    let sign = word == "markdown" || word == "link" && path == "SECURITY.adoc";
                    assert!(is_there(&word) || sign, "`{word}` is lost of {path}");
                }
            }
        }
    }
});

/// A line that says how a table is to look, which no other table says.
fn is_of_a_table(line: &str) -> bool {
    let line = line.trim();
    line.starts_with([':', '[']) || [".. list-table::", ".. csv-table::", ".. code"].iter().any(|start| line.starts_with(start))
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
}
