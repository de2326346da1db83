//! Files are fetched from a host within bounds, and whatever it does instead has words of its own.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use secsite::io::fetch::{Host, Limits, Trouble};
use secsite::routes::OutPath;
use secsite::value::url::BaseUrl;
use secsite::verify::place::{Fault, Place};

use crate::server::{Reply, Server};

/// As strict as the program, but less patient.
const QUICK: Limits =
    Limits { connect: Duration::from_secs(5), patience: Duration::from_secs(2), rate: 16 * 1024 };

fn path(path: &str) -> OutPath {
    OutPath::parse(path).unwrap()
}

fn get(server: &Server, name: &str, most: u64) -> Result<Option<Vec<u8>>, Trouble> {
    let host = Host::new(&server.base(), Limits::default());
    host.get(&path(name), most).map(|served| served.map(|served| served.bytes))
}

#[track_caller]
fn fails(result: Result<Option<Vec<u8>>, Trouble>, with: &str) {
    let words = match result.unwrap_err() {
        Trouble::TooLarge => "too large".to_owned(),
        Trouble::Refused(words) => format!("refused: {words}"),
        Trouble::Failed(words) => format!("failed: {words}"),
    };
    assert!(words.contains(with), "`{with}` is not in `{words}`");
}

fn always(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::new(move |_| reply())
}

#[test]
fn files_come_as_they_are() {
    let names =
        ["index.html", "policy/index.html", "a b/%41?x#y.txt", "größe/'\"<>&;=+,.json", ".well-known/x"];
    let files: BTreeMap<String, Vec<u8>> =
        names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect();
    let server = Server::of(files);
    for name in names {
        assert_eq!(get(&server, name, 100), Ok(Some(name.as_bytes().to_vec())), "{name}");
    }
    assert_eq!(get(&server, "absent.html", 100), Ok(None));
    let gone = always(|| Reply::with("410 Gone", "", b"gone"));
    assert_eq!(get(&gone, "a", 100), Ok(None));
    let empty = always(|| Reply::with("200 OK", "", b""));
    assert_eq!(get(&empty, "a", 0), Ok(Some(Vec::new())));
}

#[test]
fn a_site_may_lie_below_the_root() {
    let server = Server::new(|path| Reply::file("x", path.as_bytes()));
    let base = BaseUrl::parse(&format!("{}project", server.url())).unwrap();
    let host = Host::new(&base, Limits::default());
    for (name, asked) in
        [("index.html", "project/"), ("a/index.html", "project/a/"), ("b.txt", "project/b.txt")]
    {
        assert_eq!(host.get(&path(name), 100).unwrap().unwrap().bytes, asked.as_bytes());
    }
}

#[test]
fn bodies_end_at_the_bound() {
    let exact = always(|| Reply::with("200 OK", "", b"12345"));
    assert_eq!(get(&exact, "a", 5), Ok(Some(b"12345".to_vec())));
    assert_eq!(get(&exact, "a", 4), Err(Trouble::TooLarge));
    let endless = |head: &'static [u8], piece: &'static [u8]| {
        always(move || Reply::Drip { head: head.to_vec(), piece: piece.to_vec(), every: Duration::ZERO })
    };
    let lines = b"HTTP/1.1 200 OK\r\n\r\n";
    assert_eq!(get(&endless(lines, &[b'x'; 4096]), "a", 1_000_000), Err(Trouble::TooLarge));
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(get(&endless(chunked, b"4\r\nabcd\r\n"), "a", 10_000), Err(Trouble::TooLarge));
    let claimed = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n";
    assert_eq!(get(&endless(claimed, b"x"), "a", 100), Err(Trouble::TooLarge));
    fails(get(&endless(b"HTTP/1.1 200 OK\r\n", b"X-Endless: headers, headers\r\n"), "a", 100), "headers");
}

#[test]
fn slow_hosts_are_left() {
    for (head, piece, words) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "x", "sends less than 16384 bytes a second"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "", "does not answer within 2 s"),
        ("HTTP/1.1 200 OK\r\nX-Header: ", "x", "does not answer within 2 s"),
        ("", "", "does not answer within 2 s"),
    ] {
        let every = Duration::from_millis(20);
        let server = always(move || Reply::Drip { head: head.into(), piece: piece.into(), every });
        let host = Host::new(&server.base(), QUICK);
        let started = Instant::now();
        let fetch =
            |name: &str| host.get(&path(name), 1_000_000).map(|served| served.map(|served| served.bytes));
        fails(fetch("a"), words);
        // One is enough: nobody waits for ten thousand more.
        fails(fetch("b"), "not asked for, because the host");
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    }
}

#[test]
fn slow_hosts_are_left_although_no_file_is_too_slow() {
    let limits = Limits { connect: QUICK.connect, patience: Duration::from_secs(3), rate: 16 * 1024 };
    let server = always(|| {
        std::thread::sleep(Duration::from_millis(750));
        Reply::with("200 OK", "", b"x")
    });
    let host = Host::new(&server.base(), limits);
    let result = (0..200).find_map(|_| host.get(&path("a"), 10).err());
    // Where this machine itself stands still for a while, an answer is late.
    let left =
        |words: &str| words.contains("needed more than") || words.contains("does not answer within 3 s");
    assert!(matches!(&result, Some(Trouble::Failed(words)) if left(words)), "{result:?}");
}

#[test]
fn redirects_are_refused() {
    for target in
        ["http://127.0.0.1:1/", "https://other.example.org/a", "file:///etc/passwd", "/a/", "\u{1b}]0;x"]
    {
        for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
            let server = always(move || Reply::with(status, &format!("Location: {target}\r\n"), b""));
            let result = get(&server, "a", 100);
            if target.contains('\u{1b}') {
                let words = format!("{:?}", result.as_ref().unwrap_err());
                assert!(!words.contains('\u{1b}'), "{words}");
            } else {
                fails(result, &format!("refused: the host redirects to `{target}` ({})", &status[..3]));
            }
        }
    }
}

#[test]
fn other_answers_have_words() {
    let packed = always(|| Reply::with("200 OK", "Content-Encoding: gzip\r\n", b"\x1f\x8b"));
    fails(get(&packed, "a", 100), "refused: the host sends it packed (`gzip`)");
    let says = |status: &'static str| always(move || Reply::with(status, "", b"no"));
    fails(get(&says("403 Forbidden"), "a", 100), "refused: the host refuses it (status 403)");
    fails(get(&says("204 Nothing"), "a", 100), "refused: the host refuses it (status 204)");
    fails(get(&says("206 Some"), "a", 100), "refused: the host refuses it (status 206)");
    fails(get(&says("500 Broken"), "a", 100), "failed: the host is at fault (status 500)");
    fails(get(&says("429 Too Many"), "a", 100), "failed: the host asks for fewer requests");
    let noise = always(|| Reply::Bytes(b"220 mail.example.org ESMTP\r\n\r\n".to_vec()));
    fails(get(&noise, "a", 100), "failed: the host does not speak HTTP");
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx";
    fails(get(&always(|| Reply::Cut(head.to_vec())), "a", 100), "failed: the connection ended early");
}

#[test]
fn the_page_for_what_is_missing_may_have_its_status() {
    let server = always(|| Reply::with("404 Not Found", "", b"There is no such page."));
    assert_eq!(get(&server, "404.html", 100), Ok(Some(b"There is no such page.".to_vec())));
    assert_eq!(get(&server, "405.html", 100), Ok(None));
}

#[test]
fn a_host_that_is_not_there_is_said_to_be() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let base = BaseUrl::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    let result = Host::new(&base, QUICK).get(&path("a"), 100);
    assert_eq!(result, Err(Trouble::Failed("connection refused".to_owned())));
    // A host that speaks before it listens, and in clear.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let base = BaseUrl::parse(&format!("https://127.0.0.1:{port}/")).unwrap();
    let result = Host::new(&base, QUICK).get(&path("a"), 100);
    assert!(
        matches!(&result, Err(Trouble::Failed(words)) if words.contains("no secure connection")),
        "{result:?}"
    );
}

#[test]
fn security_txt_must_be_plain_text() {
    let name = path(".well-known/security.txt");
    let wrong = always(|| Reply::with("200 OK", "Content-Type: text/html\r\n", b"Contact:"));
    let host = Host::new(&wrong.base(), Limits::default());
    let Err(Fault::Refused(words)) = host.read(&name, 100) else { panic!("it is taken") };
    assert!(words.contains("`text/html`") && words.contains("RFC 9116 §3"), "{words}");
    let right = always(|| Reply::file("security.txt", b"Contact:"));
    let host = Host::new(&right.base(), Limits::default());
    assert_eq!(host.read(&name, 100), Ok(Some(b"Contact:".to_vec())));
    assert!(host.may_hide(&path("CNAME")) && !host.may_hide(&name));
    assert_eq!(host.names(), Ok(None));
}

#[test]
fn a_connection_that_breaks_is_tried_once_more() {
    let breaks = |times: usize| {
        let asked = AtomicUsize::new(0);
        always(move || match asked.fetch_add(1, Ordering::Relaxed) {
            n if n < times => Reply::Cut(Vec::new()),
            _ => Reply::with("200 OK", "", b"x"),
        })
    };
    assert_eq!(get(&breaks(1), "a", 10), Ok(Some(b"x".to_vec())));
    fails(get(&breaks(2), "a", 10), "failed: the connection ended early");
}

#[test]
fn a_page_in_place_of_data_is_none() {
    let server = always(|| Reply::file("index.html", b"\n<!doctype html><p>Welcome!"));
    let host = Host::new(&server.base(), Limits::default());
    for (name, there) in [("a.json", false), ("a.json.asc", false), ("a.html", true), ("a.csv", true)] {
        assert_eq!(host.read(&path(name), 100).unwrap().is_some(), there, "{name}");
    }
    // Only the type is wrong.
    let server = always(|| Reply::file("index.html", b"{}"));
    let host = Host::new(&server.base(), Limits::default());
    assert_eq!(host.read(&path("a.json"), 100), Ok(Some(b"{}".to_vec())));
}

#[test]
fn many_files_share_few_connections() {
    let server = always(|| {
        std::thread::sleep(Duration::from_millis(200));
        Reply::with("200 OK", "", b"x")
    });
    let host = Host::new(&server.base(), Limits::default());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(16).build().unwrap();
    let started = Instant::now();
    let result: Result<Vec<_>, Trouble> = pool
        .install(|| (0..300).into_par_iter().map(|n| host.get(&path(&format!("{n}.json")), 10)).collect());
    assert!(result.unwrap().iter().all(Option::is_some));
    // One after the other takes a minute.
    assert!(started.elapsed() < Duration::from_secs(50), "{:?}", started.elapsed());
    assert!(server.connections() <= 32, "{}", server.connections());
}
