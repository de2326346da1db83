//! The policy page: sections as written, and no fact of the policy lost for want of a marker.

use crate::project::{DATE, Project};

#[test]
fn what_was_never_reviewed_says_so() {
    let project = Project::copy("tests/cases/inputs/every-key/site");
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let line = policy.lines().find(|line| line.starts_with("reviewed ")).unwrap().to_owned();
    let (key, _) = line.split_once('=').unwrap();
    project.edit("policy.toml", &line, &format!("{key}= 1990-01-01"));
    project.run(&format!("build --preview --date {DATE}")).exits(0);
    let output = project.output();
    for (path, bytes) in &output {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("1990-01-01") && !text.contains("19900101"),
            "{path} names the day that stands for none"
        );
        assert!(!text.contains("1 January 1990") && !text.contains("1 Jan 1990"), "{path} prints it");
        let is_page = path.ends_with(".html") && text.contains("class=\"foot\"");
        assert!(
            !is_page || text.contains("<p>Never reviewed.</p>"),
            "{path} does not say that nobody has reviewed it"
        );
    }
    assert!(!output.contains_key(".well-known/security.txt"));
    let renewals = String::from_utf8_lossy(&output["renewals.ics"]).into_owned();
    assert!(renewals.contains("BEGIN:VEVENT") && !renewals.contains("has to be reviewed"), "{renewals}");
    project.run("security-md --preview").exits(0);
    assert!(std::fs::read_to_string(project.path("SECURITY.md")).unwrap().contains("Not reviewed yet"));
}

#[test]
fn facts_without_a_marker_follow_the_sections() {
    let project = Project::copy("tests/cases/inputs/bare-markdown/site");
    project.run(&format!("build --unsigned --date {DATE}")).exits(0);
    let output = project.output();
    let page = |path: &str| String::from_utf8(output[path].clone()).unwrap();
    let policy = page("policy/index.html");
    // A page with front matter is the text of a section as well, and the scope comes after them.
    let order =
        ["Keep the library up to date.", "A page that is a section as well.", "href=\"/threat-model/\""];
    let places: Vec<usize> = order.iter().map(|text| policy.find(text).expect(text)).collect();
    assert!(places.is_sorted(), "{places:?}");
    // Loose Markdown is a page, titled by its heading or its name.
    assert!(page("threat-model/index.html").contains("<h1>What We Defend Against</h1>"));
    assert!(page("loose_end/index.html").contains("<h1>loose end</h1>"));
    // What a section shows is shown once.
    let seed = Project::copy("tests/cases/seeds/000-fastalloc/site");
    seed.run(&format!("build --unsigned --date {DATE}")).exits(0);
    let policy = String::from_utf8(seed.output()["policy/index.html"].clone()).unwrap();
    assert_eq!(
        policy.matches("<caption>What we promise").count(),
        1,
        "where its marker stands, and nowhere else"
    );
}
