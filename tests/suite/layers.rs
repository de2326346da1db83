//! Arrows between modules point down, files are small, and every file belongs to the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::repository;

/// From the ground up. A module may name those of its own row and of the rows above it in this table, no others. What
/// shares a row is one thing in two files: a finding has a place in a source, a site renders itself with its theme.
const LAYERS: &[&[&str]] = &[
    &["value"],
    &["openpgp"],
    &["source", "diag", "rules"],
    &["model"],
    &["markdown"],
    &["routes"],
    &["site", "theme"],
    &["plan"],
    &["formats"],
    &["selftest", "serve"],
    &["io"],
    &["sign", "verify"],
    &["deploy", "guard", "import", "online", "scaffold", "security_md"],
    &["profiles"],
    &["cli"],
];

#[test]
fn arrows_point_down() {
    let source = repository().join("src");
    let mut seen = BTreeSet::new();
    for path in rust_files(&source) {
        let inner = path.strip_prefix(&source).unwrap().to_str().unwrap().to_owned();
        let module = inner.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" || inner.contains("tests") {
            continue;
        }
        let rank = rank(&module).unwrap_or_else(|| panic!("`{module}` has no layer"));
        for other in named(&fs::read_to_string(&path).unwrap()) {
            let below = self::rank(&other).is_some_and(|other| other <= rank);
            assert!(below, "{inner} names `{other}`, which lies above `{module}`");
        }
        seen.insert(module);
    }
    let known: BTreeSet<String> = LAYERS.iter().copied().flatten().map(|&module| module.to_owned()).collect();
    assert_eq!(seen, known);
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules of the crate that a file names outside of its tests and comments.
fn named(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| {
            text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        };
        match rest.strip_prefix('{') {
            Some(list) => {
                // `use crate::{a, b::{c, d}}`: only what stands outside of inner braces is a module.
                let (mut depth, mut item) = (0, String::new());
                for c in list.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.insert(word(&item));
                            item.clear();
                        }
                        c if depth == 0 => item.push(c),
                        _ => {}
                    }
                }
                names.insert(word(&item));
            }
            None => {
                names.insert(word(rest));
            }
        }
    }
    names.into_iter().filter(|name| name.chars().next().is_some_and(char::is_lowercase)).collect()
}

#[test]
fn imports_are_understood() {
    let text = "use crate::source::Span;\nuse crate::{formats, model::{a, b}, io};\n// crate::cli\nlet x = crate::diag::y();\n";
    let names: Vec<String> = named(text).into_iter().collect();
    assert_eq!(names, ["diag", "formats", "io", "model", "source"]);
}

#[test]
fn files_are_small() {
    for folder in ["src", "tests", "benches"] {
        for path in rust_files(&repository().join(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 600, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn every_file_is_registered() {
    let source = repository().join("src");
    for path in rust_files(&source) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert_ne!(stem, "mod", "{}: name the file after the module", path.display());
        let folder = path.parent().unwrap();
        let parent = if folder == source { source.join("lib.rs") } else { folder.with_extension("rs") };
        if folder == source && matches!(stem, "lib" | "main") {
            continue;
        }
        let text = fs::read_to_string(&parent).unwrap_or_else(|_| panic!("{} has no parent", path.display()));
        assert!(text.contains(&format!("mod {stem};")), "{} is not in {}", path.display(), parent.display());
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
