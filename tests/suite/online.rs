//! `check --online` against a host on this machine.

use std::net::TcpListener;

use secsite::openpgp::Generated;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, POLICY, Project, Ran, advisory};
use crate::server::{Reply, Server, from_tree};

type Files = std::collections::BTreeMap<String, Vec<u8>>;

struct Portal {
    project: Project,
    listener: Option<TcpListener>,
    files: Files,
    _key: Generated,
}

impl Portal {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let project = Project::empty();
        project.write("policy.toml", POLICY.replace("https://security.example.org/", &url));
        project.write("advisories/EXAMPLE-2026-0001.md", advisory("EXAMPLE-2026-0001", ""));
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let secret = sign_with(&project, &key);
        project.run(&format!("build --key {secret} --date {DATE}")).exits(0);
        let files = project.output();
        Self { project, listener: Some(listener), files, _key: key }
    }

    fn serve(&mut self, answer: impl Fn(&Files, &str) -> Reply + Send + Sync + 'static) -> Server {
        let files = self.files.clone();
        Server::on(self.listener.take().unwrap(), move |path| answer(&files, path))
    }

    fn check(&self, words: &str) -> Ran {
        self.project.run(&format!("check --online --date {DATE} {words}"))
    }
}

#[test]
fn a_portal_as_it_was_published() {
    let mut portal = Portal::new();
    let _server = portal.serve(from_tree);
    let ran = portal.check("").exits(0).says("0 bad, 0 without an answer");
    for line in [
        "/.well-known/security.txt: 200, text/plain; charset=utf-8\n",
        "/csaf/white/csaf-feed-tlp-white.json: 1 documents\n",
        ".json.asc: 200",
        "are what was signed, version 1\n",
        "ok    the manifest: 90 days left, until 2027-02-20\n",
        "ok    key `team`, which signs: ",
        "ok    key `team`, which encrypts: ",
    ] {
        assert!(ran.stdout.contains(line), "`{line}` is not in\n{}", ran.stdout);
    }
    assert!(ran.stdout.contains("warn  HEAD "), "{}", ran.stdout);
    // What this host cannot do is no reason to fail, unless that is asked for.
    portal.check("--deny warnings").exits(1);
    assert!(portal.check("--days 100").exits(0).stdout.contains("warn  the manifest: 90 days left"));
    let json = portal.check("--format json").exits(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["findings"].is_array());
    assert_eq!(json["online"][0]["mark"], "good");
    portal.check("--format sarif").exits(2);
    portal.check("--profile bsi").exits(2);
}

#[test]
fn a_host_that_drops_dot_folders() {
    let mut portal = Portal::new();
    let _server = portal
        .serve(|files, path| if path.starts_with('.') { Reply::missing() } else { from_tree(files, path) });
    let ran = portal.check("").exits(1);
    assert!(
        ran.stdout.contains("fail  http") && ran.stdout.contains("include-hidden-files"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_host_that_changes_a_page() {
    let mut portal = Portal::new();
    let _server = portal.serve(|files, path| match path {
        "policy/" => Reply::file("a.html", b"<p>\x1b[2JAll is well."),
        _ => from_tree(files, path),
    });
    let ran = portal.check("").exits(1);
    assert!(ran.stdout.contains("fail  served bytes: `policy/index.html`"), "{}", ran.stdout);
    assert!(!ran.stdout.contains('\x1b'));
}

#[test]
fn a_host_that_is_away() {
    let mut portal = Portal::new();
    drop(portal.listener.take());
    let ran = portal.check("").exits(3);
    assert!(
        ran.stdout.starts_with("?     http://127.0.0.1:") && ran.stdout.contains("connection refused"),
        "{}",
        ran.stdout
    );
}
