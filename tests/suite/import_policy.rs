//! Hand-written policies, imported into empty folders: every word of them is on the portal, and SECURITY.md comes back.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::project::{DATE, Project};

/// The five real policies, where they are at hand; they are nobody's to republish.
fn seeds() -> Vec<PathBuf> {
    let Some(shared) = std::env::var_os("SECSITE_SHARED") else {
        println!("skipped: SECSITE_SHARED is not set");
        return Vec::new();
    };
    let folder = Path::new(&shared).join("seeds");
    let mut seeds: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    assert_eq!(seeds.len(), 5);
    seeds
}

/// An import into an empty folder, built and written back.
fn imported(source: &Path) -> Project {
    let project = Project::empty();
    project.run(&format!("import security-md --name Example {}", source.display())).exits(0);
    project.run(&format!("build --preview --date {DATE}")).exits(0);
    project.run("security-md --preview").exits(0);
    project.run("security-md --preview --check").exits(0);
    project
}

#[test]
fn every_statement_of_the_seeds_is_on_the_portal() {
    for seed in seeds() {
        let project = imported(&seed);
        let source = std::fs::read_to_string(&seed).unwrap();
        let page = String::from_utf8(project.output()["policy/index.html"].clone()).unwrap();
        every_word_is_there(&source, &text_of_html(&page), &seed);
        let written = std::fs::read_to_string(project.path("SECURITY.md")).unwrap();
        every_word_is_there(&source, &written, &seed);
        for link in links(&source) {
            assert!(page.contains(&format!("href=\"{link}\"")), "{}: {link}", seed.display());
        }
        let blocks = source.lines().filter(|line| line.trim_start().starts_with("```")).count() / 2;
        assert!(page.matches("<pre").count() >= blocks, "{}: {blocks} blocks of code", seed.display());
    }
}

#[test]
fn what_is_written_back_is_imported_as_the_same() {
    for seed in seeds() {
        let first = imported(&seed);
        let second = imported(&first.path("SECURITY.md"));
        let read = |project: &Project, path: &str| std::fs::read_to_string(project.path(path)).unwrap();
        for path in ["policy.toml", "SECURITY.md"] {
            assert_eq!(read(&first, path), read(&second, path), "{}: {path}", seed.display());
        }
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_is_half_written() {
    let project = Project::empty();
    let long: String = (0..40).map(|n| format!("- rule {n}\n")).collect();
    project.write(
        "OLD.md",
        format!("# Security Policy\n\n## Reporting\n\nMail security@acme.example.\n\n## Advice\n\n{long}"),
    );
    project.write("content/advice.md", "mine");
    let source = project.path("OLD.md");
    let import = format!("import security-md {}", source.display());
    project.run(&import).exits(1).says("this is here already: content/advice.md");
    assert!(!project.path("policy.toml").exists());
    std::fs::remove_file(project.path("content/advice.md")).unwrap();
    project.run(&format!("{import} --dry-run --report json")).exits(0);
    assert!(!project.path("policy.toml").exists());
    project.run(&import).exits(0);
    project.run(&import).exits(1).says("this is here already: policy.toml, content/advice.md");
    // Nobody has said yet that it holds.
    project.run("check").exits(1).says("nobody has said yet that this policy holds");
    project.run("security-md --mode pointer").exits(0);
    let pointer = std::fs::read_to_string(project.path("SECURITY.md")).unwrap();
    assert!(pointer.contains("Not reviewed yet."), "{pointer}");
    project.run("renew --confirm-all").exits(0).says("set `reviewed` to ");
    project.run("security-md --mode pointer").exits(0);
    let pointer = std::fs::read_to_string(project.path("SECURITY.md")).unwrap();
    assert!(pointer.contains("/report/> says how.") && !pointer.contains("acme"), "{pointer}");
    project.run("security-md --check").exits(1).says("+Mail security@acme.example.");
    project.write("latin.md", b"# S\n\nVersi\xf3n\n");
    let empty = Project::empty();
    let latin = format!("import security-md {}", project.path("latin.md").display());
    empty.run(&latin).exits(1).says("latin.md:3: the text is not UTF-8");
    assert!(!empty.path("policy.toml").exists());
    empty.run(&format!("{latin} --repair")).exits(0);
}

/// Each word of a source as often as it stands there. Signs of a table are words on the portal.
fn every_word_is_there(source: &str, page: &str, seed: &Path) {
    let source = source.replace(":white_check_mark:", "").replace(":x:", "");
    let have = words(page);
    let count = |words: &[String], word: &str| words.iter().filter(|other| *other == word).count();
    let wanted = words(&text_of_markdown(&source));
    for word in &wanted {
        // The plan by days says "Day" once, over its column.
        let enough = if word == "day" { 1 } else { count(&wanted, word) };
        assert!(count(&have, word) >= enough, "{}: `{word}` is lost", seed.display());
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn text_of_markdown(source: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(source, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link)
            | Event::Start(Tag::Emphasis | Tag::Strong) => {}
            _ => text.push(' '),
        }
    }
    text
}

fn links(source: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    Parser::new(source).filter_map(link).collect()
}

fn text_of_html(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let inline = ["a ", "/a", "code", "/code", "strong", "/strong", "em", "/em", "span", "/span"];
        if !inline.iter().any(|name| tag.starts_with(name)) {
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn only_the_file_s_own_date_is_an_attestation() {
    for (line, day) in [("Last Updated: 2026-10-01", "2026-10-01"), ("Be patient.", "1990-01-01")] {
        let project = Project::empty();
        let text = format!("# Security\n\n## Reporting\n\nMail security@acme.example.\n\n{line}\n");
        project.write("OLD.md", text);
        project.run(&format!("import security-md {}", project.path("OLD.md").display())).exits(0);
        let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
        assert!(policy.contains(&format!("\nreviewed = {day}\n")), "{policy}");
    }
}

#[test]
fn a_translation_beside_it_is_named_and_its_link_is_checked() {
    let project = Project::empty();
    project.write(
        "SECURITY.md",
        "# Security\n\n[日本語](./SECURITY.ja.md)\n\n## Reporting\n\nMail security@acme.example.\n",
    );
    project.write("SECURITY.ja.md", "# セキュリティ\n");
    project.write("SECURITY_zh-CN.md", "# 安全\n");
    let said = project.run(&format!("import security-md {}", project.path("SECURITY.md").display()));
    let said = said.exits(0).stdout;
    for name in ["`SECURITY.ja.md`", "`SECURITY_zh-CN.md`"] {
        assert!(said.contains(&format!("{name}: a translation beside this file, not read")), "{said}");
    }
    project.run("check").exits(1).says("link to `./SECURITY.ja.md` leads nowhere");
}
