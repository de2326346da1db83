//! The policy page: sections as written, and no fact of the policy lost for want of a marker.

use crate::project::{DATE, Project};

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
