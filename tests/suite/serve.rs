//! The preview while a site is written: who may ask, what is answered, what browsers are told, and what is not shown.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::project::{DATE, Project, advisory, assert_same, repository};

mod changes;
mod safety;
#[cfg(target_os = "linux")]
mod stress;

/// A server, until it is dropped.
pub struct Serving {
    child: Child,
    pub port: u16,
    said: Arc<Mutex<String>>,
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// In lower case, one a line.
    pub head: String,
    pub body: String,
}

impl Serving {
    /// Serves a site; `words` are further flags.
    pub fn new(project: &Project, words: &str) -> Self {
        let args = ["serve", "-p", "0"].into_iter().chain(words.split_whitespace());
        let mut child = project.command(args).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        while !first.contains("serving http://") {
            let mut line = String::new();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it ended: {first}");
            first.push_str(&line);
        }
        let at = first.find("serving http://").unwrap();
        let address = first[at + "serving http://".len()..].split('/').next().unwrap();
        let port = address.rsplit(':').next().unwrap().parse().unwrap();
        let said = Arc::new(Mutex::new(first));
        let rest = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
                rest.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        Self { child, port, said }
    }

    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// All that it said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends bytes and reads the whole answer.
    pub fn send(&self, request: &[u8]) -> Reply {
        let mut stream = self.connect();
        // It may refuse before it has read all.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Reply::of(&answer)
    }

    /// Asks with headers of one's own, each with its line end.
    pub fn ask(&self, method: &str, target: &str, headers: &str) -> Reply {
        self.send(format!("{method} {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    }

    pub fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, &format!("Host: {}\r\n", self.host()))
    }

    /// Waits until a page says something.
    #[track_caller]
    pub fn until(&self, target: &str, holds: impl Fn(&Reply) -> bool) -> Reply {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let reply = self.get(target);
            if holds(&reply) {
                return reply;
            }
            assert!(Instant::now() < end, "{target} is still\n{}\n{}", reply.body, self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        assert!(!self.said().contains("panicked"), "{}", self.said());
    }
}

impl Reply {
    fn of(answer: &[u8]) -> Self {
        let text = String::from_utf8_lossy(answer);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        Self { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

#[test]
fn pages_are_those_of_a_build_and_the_script_is_not_in_them() {
    let project = Project::new();
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", "status = \"draft\""));
    project.build().exits(0);
    let before = project.output();
    let serving = Serving::new(&project, "--no-drafts");
    for (path, bytes) in &before {
        let reply = serving.get(&format!("/{path}"));
        let hashes = path.ends_with(".sha256") || path.ends_with(".sha512") || path == "SHA256SUMS";
        let made_last = hashes || path.starts_with(".well-known/secsite/");
        assert_eq!(reply.status, if made_last { 404 } else { 200 }, "{path}");
        // What is built says what it is; a preview says so of itself.
        if path.ends_with(".css") || path.ends_with(".svg") {
            assert_eq!(reply.body.as_bytes(), bytes, "{path}");
        }
        if path.ends_with(".html") {
            assert!(reply.body.contains("<strong>Preview by serve.</strong>"), "{path}");
            assert!(reply.body.contains("<script src=\"/-/secsite/live.js\""), "{path}");
            let built = String::from_utf8_lossy(bytes);
            assert!(!built.contains("<script") && !built.contains("/-/secsite/"), "{path}");
            assert!(!built.contains("script-src"), "{path}");
        }
    }
    assert!(serving.get("/verify/").body.contains("It has no signatures."));
    assert!(!serving.get("/.well-known/security.txt").body.contains("-----BEGIN PGP"));
    // Looking changes nothing.
    assert_same(&before, &project.output());
    project.build().exits(0);
    assert_same(&before, &project.output());
}

#[test]
fn addresses_are_those_of_github_pages() {
    let serving = Serving::new(&Project::new(), "");
    let page = serving.get("/policy/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let moved = serving.get("/policy?x=1");
    assert_eq!((moved.status, moved.header("location")), (302, Some("/policy/")));
    let missing = serving.get("/nothing-here");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("There is nothing at this address"));
    assert_eq!(serving.get("/404").status, 200);
    let types = [
        ("/feed.atom", "application/atom+xml"),
        ("/feed.json", "application/json; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/assets/secsite.css", "text/css; charset=utf-8"),
        ("/assets/favicon.svg", "image/svg+xml"),
        ("/sitemap.xml", "application/xml"),
    ];
    for (path, expected) in types {
        assert_eq!(serving.get(path).header("content-type"), Some(expected), "{path}");
    }
    let head = serving.ask("HEAD", "/policy/", &format!("Host: {}\r\n", serving.host()));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), page.header("content-length"));
}

#[test]
fn a_portal_below_a_path_is_served_below_it() {
    let project = Project::new();
    project.edit("policy.toml", "https://security.example.org/", "https://example.org/project/");
    let serving = Serving::new(&project, "");
    assert!(serving.said().contains("/project/ after"), "{}", serving.said());
    assert_eq!(serving.get("/").header("location"), Some("/project/"));
    assert_eq!(serving.get("/project/policy/").status, 200);
    assert_eq!(serving.get("/policy/").status, 404);
}

#[test]
fn the_next_free_port_is_taken() {
    let project = Project::new();
    let first = Serving::new(&project, "");
    let mut second =
        project.command(["serve", "-p", &first.port.to_string()]).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(second.stderr.take().unwrap());
    while !said.contains("serving") && lines.read_line(&mut said).unwrap() > 0 {}
    second.kill().unwrap();
    second.wait().unwrap();
    assert!(said.contains(&format!("port {} is taken", first.port)), "{said}");
    assert!(said.contains("serving http://127.0.0.1:"), "{said}");
}

#[test]
fn a_folder_that_is_no_site_is_told_how_to_begin() {
    Project::empty().run("serve -p 0").exits(2).says("secsite init");
}

#[test]
fn the_script_is_of_serve_alone() {
    let source = std::fs::read_to_string(repository().join("src/serve/live.js")).unwrap();
    for word in ["{{", "eval(", "http://", "https://"] {
        assert!(!source.contains(word), "{word}");
    }
    let project = Project::new();
    project.run(&format!("build --preview --date {DATE}")).exits(0);
    for (path, bytes) in project.output() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("live.js") && !text.contains("EventSource"), "{path}");
    }
}
