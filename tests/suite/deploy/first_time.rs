//! A first portal, by commands alone: from an empty folder to a branch, served as GitHub Pages serves one, and looked at.
//! `.ci/end-to-end` does the same under a name of its own with TLS, and lets gpg and csaf-walker look.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use super::portal::{Files, git, git_is_here, told};
use crate::project::{Project, Ran, assert_same, read_tree};
use crate::server::{Reply, Server};

/// A file as GitHub Pages serves it: a page without its ending, a folder with its slash, a type for each ending.
fn pages(files: &Files, path: &str) -> Reply {
    let headers = |media_type: &str| {
        format!(
            "Content-Type: {media_type}\r\nAccess-Control-Allow-Origin: *\r\n\
             Last-Modified: Sun, 22 Nov 2026 00:00:00 GMT\r\n"
        )
    };
    let folder = if path.is_empty() || path.ends_with('/') { path } else { "\0" };
    let names = [path.to_owned(), format!("{path}.html"), format!("{folder}index.html")];
    if let Some((name, bytes)) = names.iter().find_map(|name| files.get_key_value(name)) {
        let media_type = match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("html") => "text/html; charset=utf-8",
            Some("txt") => "text/plain; charset=utf-8",
            Some("json") => "application/json; charset=utf-8",
            Some("atom") => "application/atom+xml",
            Some("rss") => "application/rss+xml",
            Some("ics") => "text/calendar; charset=utf-8",
            _ => "application/octet-stream",
        };
        return Reply::with("200 OK", &headers(media_type), bytes);
    }
    if files.contains_key(&format!("{path}/index.html")) {
        return Reply::with("301 Moved Permanently", &format!("Location: /{path}/\r\n"), b"");
    }
    Reply::with("404 Not Found", &headers("text/html; charset=utf-8"), &files["404.html"])
}

#[test]
fn a_first_portal_is_found_by_strangers() {
    if !git_is_here() {
        return;
    }
    let project = Project::empty();
    let portal = project.path("portal");
    std::fs::create_dir(&portal).unwrap();
    let bare = tempfile::tempdir().unwrap();
    told(git(bare.path(), &["init", "--quiet", "--bare", "--initial-branch=main"]));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let secret = project.path("home/secret.asc");
    let run = |words: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", project.path("home")).current_dir(&portal).stdin(Stdio::null());
        Ran::of(command.args(words.split_whitespace()))
    };

    run(&format!("init --name Portal --base-url {url} --contact security@portal.internal")).exits(0);
    let key = run(&format!("key new --no-passphrase --secret {}", secret.display())).exits(0).stdout;
    let policy = std::fs::read_to_string(portal.join("policy.toml")).unwrap();
    project.write("portal/policy.toml", policy + &key);
    let made = run("new advisory Use-after-free").exits(0).stdout;
    let advisory = format!("portal/{}", made.trim());
    for (from, to) in [
        ("\"draft\"     ", "\"final\"     "),
        ("# published", "published"),
        ("# severity", "severity"),
        ("# [[affected]]", "[[affected]]"),
        ("# product  = \"…\"", "product  = \"portal\""),
        ("# versions", "versions"),
        ("[INSERT TEXT] ", ""),
    ] {
        project.edit(&advisory, from, to);
    }
    run(&format!("build --key {}", secret.display())).exits(0).says("built 1 advisory");
    told(git(&portal, &["init", "--quiet", "--initial-branch=main"]));
    told(git(&portal, &["remote", "add", "origin", bare.path().to_str().unwrap()]));
    run("deploy github-pages").exits(0).says("deployed version 1");

    let clone = project.path("clone");
    let mut command = git(bare.path(), &["clone", "--quiet", "--branch=gh-pages"]);
    command.arg(bare.path()).arg(&clone);
    told(command);
    std::fs::remove_dir_all(clone.join(".git")).unwrap();
    let files = read_tree(&clone);
    assert_same(&files, &read_tree(&portal.join("public")));
    let _server = Server::on(listener, move |path| pages(&files, path));
    run(&format!("verify {url} --signer keys/security.asc"))
        .exits(0)
        .says("is exactly what its signers published");
    let online = run("check --online --deny warnings").exits(0);
    assert!(online.stdout.contains("are what was signed, version 1\n"), "{}", online.stdout);
    assert!(online.stdout.contains("/policy: 301 to /policy/\n"), "{}", online.stdout);
}
