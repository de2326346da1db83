use crate::diag::{Diagnostics, Level};
use crate::plan::Plan;
use crate::routes::OutPath;
use crate::site::{Site, sample};
use crate::source::Sources;

const POLICY: &str = r#"
[site]
base_url = "https://security.example.org/"
theme = "THEME"
[policy]
reviewed = 2026-11-01
[project]
name = "Acme\"><img src=x onerror=1>"
[[contact]]
kind = "email"
address = "security@example.org"
"#;

fn site(theme: &str, files: &[(&str, &str)]) -> (Site, Vec<String>) {
    let policy = POLICY.replace("THEME", theme);
    let sources =
        sample::sources([("policy.toml", policy.as_str())].into_iter().chain(files.iter().copied()));
    let (site, diags) = sample::site(&sources);
    (site, findings(&diags, &sources))
}

fn findings(diags: &Diagnostics, sources: &Sources) -> Vec<String> {
    let place = |d: &crate::diag::Diagnostic| match d.place() {
        Some(span) => {
            let at = sources.position(span);
            format!("{}:{}:{}: ", sources.file(span.file).path, at.line, at.column)
        }
        None => String::new(),
    };
    diags
        .iter()
        .filter(|d| d.rule.id != "example-domain" && d.rule.level > Level::Note)
        .map(|d| format!("{}{}", place(d), d.message))
        .collect()
}

fn bake(site: &Site, path: &str) -> Result<String, String> {
    let plan: Plan = crate::formats::plan(site);
    let path = OutPath::parse(path).unwrap();
    let baked = plan.bake_one(site, &path).unwrap().map_err(|problem| problem.message.clone())?;
    Ok(String::from_utf8(baked.into_owned()).unwrap())
}

#[test]
fn every_page_of_the_least_site_is_made_and_escaped() {
    let (site, findings) = site("default", &[]);
    assert!(findings.is_empty(), "{findings:?}");
    let plan = crate::formats::plan(&site);
    let pages: Vec<&str> =
        plan.entries().map(|(path, _)| path.as_str()).filter(|path| path.ends_with(".html")).collect();
    assert!(
        pages.contains(&"404.html") && pages.contains(&"vulnerability-disclosure-policy/index.html"),
        "{pages:?}"
    );
    for path in pages {
        let html = bake(&site, path).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>") && html.trim_end().ends_with("</html>"), "{path}");
        assert!(!html.contains("<img src=x") && html.contains("Acme&quot;&gt;&lt;img"), "{path}");
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains("<script"), "{path}");
    }
}

#[test]
fn a_site_overrides_a_block_and_a_file() {
    let base = "{% extends \"default/base.html\" %}{% block brand %}Our own{% endblock %}";
    let files = [("themes/acme/templates/base.html", base), ("themes/acme/static/custom.css", "a{}")];
    let (site, findings) = site("acme", &files);
    assert!(findings.is_empty(), "{findings:?}");
    let html = bake(&site, "support/index.html").unwrap();
    assert!(html.contains("Our own") && html.contains("/assets/custom.css"), "{html}");
    assert_eq!(bake(&site, "assets/custom.css").unwrap(), "a{}");
}

#[test]
fn colours_are_judged_beside_those_of_the_embedded_sheet_alone() {
    let faint = ("themes/acme/static/custom.css", ":root{--text:#fff}");
    let judged = |files: &[(&str, &str)]| site("acme", files).1.iter().any(|it| it.contains("contrast"));
    assert!(judged(&[faint]));
    assert!(!judged(&[faint, ("themes/acme/static/secsite.css", "body{background:#000}")]));
}

#[test]
fn problems_of_a_theme_have_a_place() {
    let check = |text: &str, expect: &str| {
        let (_, findings) = site("acme", &[("themes/acme/templates/home.html", text)]);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].starts_with(expect), "{findings:?}");
    };
    check("a\n{% if %}", "themes/acme/templates/home.html:2:");
    check("{% include \"home.html\" %}", "themes/acme/templates/home.html:1:1: ");
    check("{{ x | nothing }}", "themes/acme/templates/home.html:1:");

    let (_, findings) = site("nothing", &[]);
    assert_eq!(findings, ["policy.toml:4:9: there is no theme `nothing`"]);
    let (_, findings) = site("acme", &[("themes/acme/theme.toml", "nmae = \"x\"")]);
    assert!(findings[0].starts_with("themes/acme/theme.toml:1:1: "), "{findings:?}");
}

#[test]
fn what_is_not_there_is_an_error_not_an_empty_space() {
    let check = |text: &str, expect: &str| {
        let (site, _) = site("acme", &[("themes/acme/templates/404.html", text)]);
        let message = bake(&site, "404.html").unwrap_err();
        assert!(message.contains(expect), "{message}");
    };
    check("{{ site.secret }}", "secret");
    check("{% for i in range(end=100000) %}x{% endfor %}", "no `range` here");
}

#[test]
fn what_every_page_has_is_rendered_once() {
    let check = |text: &str, expect: &[&str], foot: &str| {
        let (site, findings) = site("acme", &[("themes/acme/templates/parts/foot.html", text)]);
        assert_eq!(findings.iter().map(|it| it.split(' ').next().unwrap()).collect::<Vec<_>>(), expect);
        let html = bake(&site, "404.html").unwrap();
        assert_eq!(html.split("</main>\n").nth(1), Some(&*format!("{foot}\n</body>\n</html>\n")));
    };
    check("<p>{{ site.name }}</p>", &[], "<p>Acme&quot;&gt;&lt;img src=x onerror=1&gt;</p>");
    check("\n{{ page.title }}", &["themes/acme/templates/parts/foot.html:2:4:"], "");
}

#[test]
fn a_menu_is_rendered_once_for_each_of_its_entries() {
    let menu = |text: &str, path: &str| {
        let (site, findings) = site("acme", &[("themes/acme/templates/parts/menu.html", text)]);
        let places: Vec<String> =
            findings.iter().map(|it| it.split(' ').next().unwrap().to_owned()).collect();
        let html = bake(&site, path).unwrap();
        let menu = html.split("</a>\n").nth(2).and_then(|rest| rest.split("\n</div></header>").next());
        (menu.unwrap().to_owned(), places)
    };
    let which = "[{{ page.section }}{% if page.at_root %} here{% endif %}]";
    assert_eq!(menu(which, "support/index.html"), ("[support here]".into(), vec![]));
    assert_eq!(menu(which, "report/index.html"), ("[report here]".into(), vec![]));
    // A page that belongs to no entry.
    assert_eq!(menu(which, "thanks/index.html").0, "[]");
    let place = "themes/acme/templates/parts/menu.html:2:9:".to_owned();
    assert_eq!(menu("\n{{ page.title }}", "support/index.html"), (String::new(), vec![place]));
}
