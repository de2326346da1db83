//! A site on a host is verified over the network, whatever the host does meanwhile.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran};
use crate::server::{Reply, Server, from_tree};

type Files = BTreeMap<String, Vec<u8>>;

const MANIFEST: &str = ".well-known/secsite/manifest.json";

/// A site that is signed for an address at which nobody listens yet.
struct Portal {
    project: Project,
    listener: Option<TcpListener>,
    url: String,
    secret: String,
    fingerprint: String,
}

impl Portal {
    fn new() -> Self {
        let project = Project::new();
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let secret = sign_with(&project, &key);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        Self {
            project,
            listener: Some(listener),
            url,
            secret,
            fingerprint: key.certificate.fingerprint().to_string(),
        }
    }

    /// Builds the site as it is now.
    fn build(&self) -> Files {
        let mut command = self.project.command(["build", "--date", DATE, "--base-url", &self.url]);
        Ran::of(command.args(["--key", &self.secret])).exits(0);
        self.project.output()
    }

    /// Adds a page, and builds again.
    fn build_with(&self, page: &str) -> Files {
        self.project
            .write(&format!("content/{page}.md"), format!("+++\ntitle = \"{page}\"\n+++\n\n{page}\n"));
        self.build()
    }

    fn serve(&mut self, answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Server {
        Server::on(self.listener.take().unwrap(), answer)
    }

    fn command(&self, url: &str) -> Command {
        let mut command =
            self.project.command(["verify", url, "--signer", &self.fingerprint, "--date", DATE]);
        command.env("XDG_STATE_HOME", self.project.path("state"));
        command
    }

    fn verify(&self) -> Ran {
        Ran::of(&mut self.command(&self.url))
    }
}

#[test]
fn what_was_published_verifies() {
    let mut portal = Portal::new();
    portal.project.write("content/data/a b%41#?.txt", "odd");
    portal.project.write("content/data/größe.bin", [0, 159, 146, 150]);
    let files = portal.build();
    let asked_for_folders = files.contains_key("policy/index.html");
    assert!(asked_for_folders && files.contains_key("data/a b%41#?.txt"), "{:?}", files.keys());
    let _server = portal.serve(move |path| from_tree(&files, path));
    portal.verify().exits(0);
    // It is remembered, and fits.
    portal.verify().exits(0);
}

#[test]
fn a_host_may_keep_its_own_files() {
    let mut portal = Portal::new();
    let mut files = portal.build();
    for own in [".nojekyll", "CNAME", "_headers"] {
        files.remove(own);
    }
    let _server = portal.serve(move |path| from_tree(&files, path));
    portal.verify().exits(0).says(".nojekyll");
}

/// Verifies a site whose host does something else for one file.
#[track_caller]
fn spoilt(file: &'static str, code: i32, says: &[&str], reply: impl Fn() -> Reply + Send + Sync + 'static) {
    let mut portal = Portal::new();
    let files = portal.build();
    assert!(files.contains_key(file), "{:?}", files.keys());
    let asked = file.strip_suffix("index.html").unwrap_or(file);
    let _server = portal.serve(move |path| if path == asked { reply() } else { from_tree(&files, path) });
    let started = Instant::now();
    let mut ran = portal.verify().exits(code);
    for text in says {
        ran = ran.says(text);
    }
    assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{}", ran.stderr);
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}

#[test]
fn other_bytes_are_found() {
    spoilt("policy/index.html", 1, &["policy/index.html"], || Reply::file("a.html", b"<p>All is well."));
}

#[test]
fn a_missing_file_is_found() {
    spoilt("policy/index.html", 1, &["policy/index.html"], Reply::missing);
    spoilt("SHA256SUMS.asc", 1, &["SHA256SUMS.asc"], Reply::missing);
}

#[test]
fn an_endless_file_ends() {
    spoilt("feed.json", 1, &["feed.json"], || Reply::Drip {
        head: b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
        piece: vec![b'x'; 4096],
        every: Duration::ZERO,
    });
    spoilt(MANIFEST, 1, &["manifest.json", "has more than"], || {
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec())
    });
}

#[test]
fn no_redirect_is_followed() {
    for target in
        ["http://127.0.0.1:1/", "https://other.example.org/", "file:///etc/passwd", "/policy", "/\u{202e}x"]
    {
        let says = ["policy/index.html", "redirects are not followed"];
        let reply = move || Reply::with("302 Found", &format!("Location: {target}\r\n"), b"");
        spoilt("policy/index.html", 1, &says, reply);
    }
}

#[test]
fn packed_bytes_are_not_unpacked() {
    let says = ["policy/index.html", "packed (`gzip`)"];
    spoilt("policy/index.html", 1, &says, || {
        Reply::with("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", b"\x1f\x8b\x08")
    });
}

#[test]
fn security_txt_has_its_type() {
    let says = ["security.txt", "`text/html`", "RFC 9116 §3"];
    spoilt(".well-known/security.txt", 1, &says, || {
        Reply::with("200 OK", "Content-Type: text/html\r\n", b"x")
    });
}

#[test]
fn a_host_that_fails_is_not_a_site_that_was_tampered_with() {
    spoilt("policy/index.html", 3, &["policy/index.html", "status 503"], || Reply::with("503 Busy", "", b""));
}

#[test]
fn a_page_for_everything_hides_nothing() {
    // Hosts of single-page programs answer every address with their first page, and 200.
    let mut portal = Portal::new();
    let files = portal.build();
    let hidden = Arc::new(AtomicBool::new(false));
    let hide = Arc::clone(&hidden);
    let _server = portal.serve(move |path| match from_tree(&files, path) {
        Reply::Bytes(_) if path == "policy/" && hide.load(Ordering::Relaxed) => {
            Reply::file("index.html", &files["index.html"])
        }
        Reply::Bytes(bytes) if bytes.starts_with(b"HTTP/1.1 404") => {
            Reply::file("index.html", &files["index.html"])
        }
        reply => reply,
    });
    portal.verify().exits(0);
    hidden.store(true, Ordering::Relaxed);
    portal.verify().exits(1).says("policy/index.html");
}

#[test]
fn nobody_listens() {
    let mut portal = Portal::new();
    drop(portal.listener.take());
    portal.verify().exits(3).says("connection refused");
}

#[test]
fn addresses_are_of_one_kind() {
    let portal = Portal::new();
    for url in
        ["http://security.example.org/", "ftp://security.example.org/", "https://a:b@security.example.org/"]
    {
        Ran::of(&mut portal.command(url)).exits(2);
    }
}

#[test]
fn a_proxy_passes_on_what_it_cannot_read() {
    let mut portal = Portal::new();
    let files = portal.build();
    let _server = portal.serve(move |path| from_tree(&files, path));
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://user:s3cret@{}", proxy.local_addr().unwrap());
    // This machine's own hosts are asked without one.
    Ran::of(portal.command(&portal.url).env("ALL_PROXY", &address)).exits(0);
    let asked = thread::spawn(move || {
        let (mut stream, _) = proxy.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
        let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").unwrap();
        request
    });
    let ran = Ran::of(portal.command("https://security.example.org/").env("HTTPS_PROXY", &address)).exits(3);
    assert_eq!(asked.join().unwrap()[0], "CONNECT security.example.org:443 HTTP/1.1");
    assert!(
        !ran.stderr.contains("s3cret") && ran.stderr.contains("the proxy does not connect"),
        "{}",
        ran.stderr
    );
}

/// Publishes the next release whenever a manifest was fetched and other files are asked for, until there is none.
fn changing(portal: &mut Portal, releases: Vec<Files>) -> Server {
    let state = Mutex::new((0, false));
    portal.serve(move |path| {
        let mut state = state.lock().unwrap();
        let (release, fetched) = &mut *state;
        if path.starts_with(MANIFEST) {
            *fetched = true;
        } else if std::mem::take(fetched) {
            *release = (*release + 1).min(releases.len() - 1);
        }
        from_tree(&releases[*release], path)
    })
}

#[test]
fn a_release_under_way_is_waited_for() {
    let mut portal = Portal::new();
    let releases = vec![portal.build(), portal.build_with("more")];
    let _server = changing(&mut portal, releases);
    portal.verify().exits(0);
}

#[test]
fn a_site_that_never_rests_is_changing() {
    let mut portal = Portal::new();
    let releases: Vec<Files> = (0..8).map(|n| portal.build_with(&format!("page-{n}"))).collect();
    let _server = changing(&mut portal, releases);
    let ran = portal.verify().exits(6);
    assert!(!ran.stderr.contains("tampered"), "{}", ran.stderr);
}

#[test]
fn three_hundred_files_far_away() {
    let mut portal = Portal::new();
    for n in 0..300 {
        portal.project.write(&format!("content/data/{n}.txt"), n.to_string());
    }
    let files = portal.build();
    let server = portal.serve(move |path| {
        thread::sleep(Duration::from_millis(200));
        from_tree(&files, path)
    });
    let started = Instant::now();
    portal.verify().exits(0);
    // One after the other takes more than a minute.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert!(server.connections() <= 48, "{}", server.connections());
}
