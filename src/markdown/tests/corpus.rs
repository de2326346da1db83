//! Real advisories: every body of the RustSec database, where a copy of it is at hand.

use super::*;

/// The bodies below `corpora/rustsec` of the folder that `SECSITE_SHARED` names.
#[expect(clippy::disallowed_methods, reason = "the corpus lies outside the repository")]
fn bodies() -> Vec<(String, String)> {
    let Some(shared) = std::env::var_os("SECSITE_SHARED") else {
        println!("skipped: SECSITE_SHARED names no folder with corpora/rustsec");
        return Vec::new();
    };
    let root = std::path::Path::new(&shared).join("corpora/rustsec");
    let mut folders = vec![root.join("crates"), root.join("rust")];
    let mut bodies = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path())
        {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(&entry).expect("UTF-8");
                let body = text.split_once("\n```\n").map_or("", |(_, body)| body);
                bodies.push((entry.display().to_string(), body.to_owned()));
            }
        }
    }
    bodies.sort();
    bodies
}

#[test]
fn every_advisory_is_rendered_whole() {
    let (mut html, mut link, mut image, mut other) = (0, 0, 0, 0);
    let bodies = bodies();
    for (name, body) in &bodies {
        let out = render(body, &PLAIN);
        let has = |test: fn(&ProblemKind) -> bool| {
            usize::from(out.problems.iter().any(|problem| test(&problem.kind)))
        };
        html += has(|kind| matches!(kind, ProblemKind::RawHtml(_) | ProblemKind::UnclosedComment));
        link += has(|kind| matches!(kind, ProblemKind::BadLink { .. }));
        image += has(|kind| matches!(kind, ProblemKind::RemoteImage(_)));
        other += has(|kind| {
            matches!(kind, ProblemKind::MissingHeading(_) | ProblemKind::TooDeep | ProblemKind::TooLong(_))
        });
        assert_eq!(kinds(&tame(body)), [], "{name}");
        for problem in &out.problems {
            println!("{name}: {}", problem.kind.message());
        }
        assert!(!out.html.is_empty() || body.trim().is_empty(), "{name}");
    }
    println!(
        "{} bodies: raw HTML {html}, bad links {link}, remote images {image}, other {other}",
        bodies.len()
    );
    assert_eq!(other, 0);
}
