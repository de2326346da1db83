//! What a site, a disk or a command line should not hold: each ends in a message that helps, and nothing is lost.

use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::keys::{new_key, sign_with, write_secret};
use crate::project::{DATE, POLICY, Project, Ran, advisory, assert_same, read_tree};

/// A site that was built once, so that there is something to lose.
fn built() -> Project {
    let project = Project::new();
    project.build().exits(0);
    project
}

/// Breaks a built site, builds it again, and looks that the old output is as it was.
#[track_caller]
fn refused(spoil: impl FnOnce(&Project), code: i32, says: &[&str]) {
    let project = built();
    let before = project.output();
    spoil(&project);
    let said = project.build().exits(code);
    for text in says {
        assert!(said.stderr.contains(text), "`{text}` is not in\n{}", said.stderr);
    }
    assert_same(&before, &project.output());
}

fn big(path: &Path, size: u64) {
    fs::File::create(path).unwrap().set_len(size).unwrap();
}

#[test]
fn things_that_are_no_files() {
    let folder = |p: &Project| {
        fs::remove_file(p.path("policy.toml")).unwrap();
        fs::create_dir(p.path("policy.toml")).unwrap();
    };
    refused(folder, 2, &["policy.toml", "help:"]);
    let folder = |p: &Project| fs::create_dir(p.path("advisories/EXAMPLE-2026-0002.md")).unwrap();
    let project = built();
    folder(&project);
    project.build().exits(0);
    refused(
        |p| symlink("/etc/passwd", p.path("advisories/EXAMPLE-2026-0002.md")).unwrap(),
        3,
        &["EXAMPLE-2026-0002.md", "link"],
    );
    refused(|p| symlink("/etc", p.path("content")).unwrap(), 3, &["content", "link"]);
    refused(|p| symlink("nowhere", p.path("advisories/dangling.md")).unwrap(), 3, &["dangling.md", "link"]);
    refused(
        |p| symlink("EXAMPLE-2026-0001.md", p.path("advisories/inside.md")).unwrap(),
        3,
        &["inside.md", "link"],
    );
    let pipe = |p: &Project| {
        let made = Command::new("mkfifo").arg(p.path("advisories/pipe.md")).status().unwrap();
        assert!(made.success());
    };
    refused(pipe, 3, &["pipe.md", "pipe"]);
}

#[test]
fn files_that_are_too_large() {
    refused(
        |p| big(&p.path("advisories/EXAMPLE-2026-0002.md"), 100 << 20),
        3,
        &["EXAMPLE-2026-0002.md", "help:"],
    );
    refused(|p| big(&p.path("advisories/EXAMPLE-2026-0002.md"), 2 << 30), 3, &["EXAMPLE-2026-0002.md"]);
    refused(|p| big(&p.path("policy.toml"), 2 << 30), 2, &["policy.toml"]);
}

#[test]
fn texts_that_are_too_deep() {
    let id = "EXAMPLE-2026-0001";
    let nested = advisory(id, &format!("cwe = {}", "[".repeat(100_000)));
    refused(
        |p| p.write(&format!("advisories/{id}.md"), nested),
        1,
        &["brackets are nested too deep", "0001.md:"],
    );
    let closed = advisory(id, &format!("cwe = {}{}", "[".repeat(100_000), "]".repeat(100_000)));
    refused(|p| p.write(&format!("advisories/{id}.md"), closed), 1, &["error[", "0001.md:"]);
    let dotted = advisory(id, &format!("a{} = 1", ".a".repeat(100_000)));
    refused(|p| p.write(&format!("advisories/{id}.md"), dotted), 1, &["error[", "0001.md:"]);
    let quoted = advisory(id, "") + &">".repeat(200_000);
    refused(|p| p.write(&format!("advisories/{id}.md"), quoted), 1, &["error[unbounded-markdown]"]);
    let policy = format!("{POLICY}\nx = {}", "{x=".repeat(200_000));
    refused(|p| p.write("policy.toml", policy), 2, &["error[toml-syntax]", "policy.toml:"]);
}

#[test]
fn bytes_that_are_no_text() {
    let path = "advisories/EXAMPLE-2026-0001.md";
    refused(|p| p.write(path, b"+++\nid = \"\xff\"\n+++\n"), 1, &["[file-encoding]", "0001.md:2:7"]);
    refused(|p| p.write(path, b"\xfe\xff\0+\0+"), 1, &["UTF-16"]);
    refused(|p| p.write(path, ""), 1, &["the file is empty"]);
    refused(|p| p.write("policy.toml", "[site]\nbase_url = \"\u{1}\"\n"), 2, &["policy.toml:2:"]);
}

#[test]
fn names_that_other_systems_refuse() {
    for name in ["a\nb.md", "a\u{1b}[31m.md", "aux.md ", "a:b.md"] {
        let project = built();
        project.write(&format!("content/{name}"), "text");
        let said = project.build();
        assert!(matches!(said.code, Some(0 | 1 | 3)), "{name:?}: {}", said.stderr);
        assert!(!said.stderr.contains('\u{1b}'), "{name:?}");
    }
}

/// Every line of an armored key's body.
fn key_lines(armored: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(armored).into_owned();
    text.lines().filter(|line| line.len() > 20 && !line.contains("---")).map(str::to_owned).collect()
}

#[test]
fn secret_keys_are_refused_and_not_shown() {
    let key = new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z");
    let secret = String::from_utf8(key.secret_armored.to_vec()).unwrap();
    let spoils: [&dyn Fn(&Project); 6] = [
        &|p| p.write("keys/security.asc", &secret),
        &|p| p.write("content/backup.txt", &secret),
        &|p| p.write("content/page.md", format!("+++\ntitle = \"Keys\"\n+++\n\n{secret}")),
        &|p| p.edit("advisories/EXAMPLE-2026-0001.md", "twice frees", &format!("twice\n\n{secret}\nfrees")),
        &|p| p.edit("policy.toml", "key = \"team\"", &format!("key = \"\"\"{secret}\"\"\"")),
        &|p| p.edit("policy.toml", "id = \"team\"", &format!("id = \"{}\"", secret.lines().nth(3).unwrap())),
    ];
    for (at, spoil) in spoils.iter().enumerate() {
        for mode in ["--unsigned", "--preview", "--dev-key"] {
            let formats: &[&str] =
                if mode == "--unsigned" { &["human", "json", "sarif", "github"] } else { &["human"] };
            for format in formats {
                let project = Project::new();
                sign_with(&project, &key);
                spoil(&project);
                let said = project.run(&format!("build {mode} --date {DATE} --format {format} -vv"));
                for line in key_lines(secret.as_bytes()) {
                    for part in [&line[..20], &line[line.len() - 20..]] {
                        let shown = said.stderr.contains(part) || said.stdout.contains(part);
                        assert!(!shown, "{at} {mode}: {}{}", said.stdout, said.stderr);
                    }
                }
                let last = at == spoils.len() - 1;
                assert!(last || said.code == Some(1), "{at} {mode}: {}", said.stderr);
                assert!(last || project.output().is_empty(), "{at} {mode}");
            }
        }
    }
}

#[test]
fn keys_that_do_not_fit() {
    let project = Project::new();
    let key = new_key("2026-01-05T09:00:00Z", "2026-06-05T09:00:00Z");
    let secret = sign_with(&project, &key);
    project.build().exits(1).says("[expired-key]");
    project.run(&format!("build --date {DATE}")).exits(3).says("--key");
    let said = project.run(&format!("build --date {DATE} --key {secret}"));
    assert!(matches!(said.code, Some(1 | 3)), "{}", said.stderr);

    let project = Project::new();
    sign_with(&project, &new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z"));
    let other = new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z");
    write_secret(&project, "other.asc", &other.secret_armored);
    let path = project.path("other.asc");
    project.run(&format!("build --date {DATE} --key {}", path.display())).exits(3).says("the policy shows");
    project.write("other.asc", "no key");
    project.run(&format!("build --date {DATE} --key {}", path.display())).exits(3).says("help:");
    assert!(project.output().is_empty());
}

#[test]
fn outputs_that_would_destroy_something() {
    for target in [".", "..", "advisories", "content", "/", "policy.toml"] {
        let project = Project::new();
        let before = read_tree(project.root());
        let said = project.run(&format!("build --unsigned --date {DATE} -o {target}"));
        assert!(matches!(said.code, Some(1..=3)), "{target}: {}", said.stderr);
        assert_same(&before, &read_tree(project.root()));
    }
    // A folder of somebody else.
    let project = Project::new();
    project.write("public/thesis.txt", "ten years of work");
    let said = project.build();
    assert!(matches!(said.code, Some(1 | 3)), "{}", said.stderr);
    assert_eq!(fs::read(project.path("public/thesis.txt")).unwrap(), b"ten years of work");
    // A link to somewhere else.
    let project = Project::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("thesis.txt"), "ten years of work").unwrap();
    symlink(elsewhere.path(), project.path("public")).unwrap();
    let said = project.build();
    assert!(matches!(said.code, Some(1 | 3)), "{}", said.stderr);
    assert_eq!(read_tree(elsewhere.path()).len(), 1);
}

#[test]
fn a_full_disk() {
    let project = built();
    let before = project.output();
    let script = "mount -t tmpfs -o size=64k tmpfs \"$1/small\" && \"$2\" --root \"$1\" build --unsigned --date \"$3\" -o small/public; \
                  code=$?; ls \"$1/small\" >&2; exit $code";
    fs::create_dir(project.path("small")).unwrap();
    let mut command = Command::new("unshare");
    command
        .args(["-m", "sh", "-c", script, "sh"])
        .arg(project.root())
        .args([env!("CARGO_BIN_EXE_secsite"), DATE]);
    let Ok(output) = command.output() else {
        println!("skipped: unshare is missing");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if said.contains("unshare failed") || said.contains("mount:") {
        println!("skipped: not allowed to mount");
        return;
    }
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains("error:") && !said.contains("panicked") && !said.lines().any(|line| line == "public"),
        "{said}"
    );
    assert_same(&before, &project.output());
}

#[test]
fn command_lines() {
    let project = Project::new();
    for words in [
        "",
        "bild",
        "build --unsingned",
        "build --unsigned --dev-key",
        "build --date yesterday",
        "build --allow nothing",
        "build --allow bad-value",
        "build -u ftp://example.org",
        "--format xml check",
        "check extra",
    ] {
        let said = project.run(words).exits(2);
        assert!(!said.stderr.is_empty() && said.stdout.is_empty(), "{words}");
    }
    project.run("build --allow example-domian").exits(2).says("did you mean `example-domain`");
    project.run("--help").exits(0);
    project.run("--version").exits(0);
    let mut nowhere = Command::new(env!("CARGO_BIN_EXE_secsite"));
    let said = Ran::of(nowhere.args(["--root", "does/not/exist", "build", "--unsigned"]));
    assert!(matches!(said.code, Some(2 | 3)), "{}", said.stderr);
    let said = said.says("does/not/exist");
    assert!(said.stderr.contains("help:"), "{}", said.stderr);
    let epoch = Ran::of(project.command(["check"]).env("SOURCE_DATE_EPOCH", "soon"));
    epoch.exits(2).says("SOURCE_DATE_EPOCH");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let project = Project::new();
    let escape = '\u{1b}';
    assert!(!project.build().stderr.contains(escape));
    assert!(project.run(&format!("--color always check --date {DATE}")).stderr.contains(escape));
    let never = Ran::of(project.command(["check", "--date", DATE]).env("NO_COLOR", "1").env("TERM", "xterm"));
    assert!(!never.stderr.contains(escape));
}

#[test]
fn a_reader_that_goes_away() {
    let project = Project::new();
    let mut child = project.command(["--format", "sarif", "check", "--date", DATE]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(status.code().is_some_and(|code| code <= 1) && !said.contains("panicked"), "{status} {said}");
}

#[test]
fn names_that_a_url_must_encode_are_linked_so() {
    let project = Project::new();
    project.write("content/docs/100% ü.md", "+++\ntitle = \"Odd\"\nmenu = true\n+++\nText.\n");
    project.write("content/docs/a#b.md", "+++\ntitle = \"Hash\"\n+++\nText.\n");
    let page =
        "+++\ntitle = \"Links\"\n+++\n[one](100%25%20%C3%BC.md), [two](<100% ü.md>), [three](a%23b.md)\n";
    project.write("content/docs/links.md", page);
    let said = project.run(&format!("build --unsigned --date {DATE}")).exits(0);
    assert!(!said.stderr.contains("broken-link"), "{}", said.stderr);
    let output = project.output();
    let links = String::from_utf8_lossy(&output["docs/links/index.html"]);
    for link in [
        "<a href=\"/docs/100%25%20%C3%BC/\">one</a>",
        "<a href=\"/docs/100%25%20%C3%BC/\">two</a>",
        "<a href=\"/docs/a%23b/\">three</a>",
    ] {
        assert!(links.contains(link), "{link}: {links}");
    }
}
