//! The whole RustSec database, imported and built: no advisory is lost.

use std::path::Path;

use crate::project::{DATE, Project};

#[test]
fn every_advisory_gets_its_page() {
    let Some(shared) = std::env::var_os("SECSITE_SHARED") else {
        println!("skipped: SECSITE_SHARED is not set");
        return;
    };
    let corpus = Path::new(&shared).join("corpora/rustsec");
    let project = Project::empty();
    project.run(&format!("import rustsec {}", corpus.display())).exits(0);
    project.run(&format!("build --unsigned --date {DATE}")).exits(0);
    let sources = markdown_files(&corpus);
    assert!(sources.len() >= 1225, "{}", sources.len());
    let output = project.output();
    for id in sources {
        let page =
            output.get(&format!("advisories/{id}/index.html")).unwrap_or_else(|| panic!("{id} is lost"));
        assert!(String::from_utf8_lossy(page).contains(&id), "{id}");
    }
}

fn markdown_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(markdown_files(&path));
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_advisory = name.starts_with("RUSTSEC-") || name.starts_with("CVE-");
        found.extend(name.strip_suffix(".md").filter(|_| is_advisory).map(str::to_owned));
    }
    found
}
