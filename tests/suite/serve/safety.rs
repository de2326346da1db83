//! Each row of the catalogue's part H: what others may try with a server that shows embargoed text.

use std::io::{Read, Write};
use std::time::Duration;

use super::Serving;
use crate::project::{Project, advisory, assert_same, read_tree};

const DRAFT: &str = "advisories/EXAMPLE-2026-0666.md";

fn with_draft() -> Project {
    let project = Project::new();
    let text = advisory("EXAMPLE-2026-0666", "status = \"draft\"").replace("Use-after-free", "zqxCANARY");
    project.write(DRAFT, text);
    let embargo = "embargo = { until = 2098-01-01T00:00:00Z }";
    let text = advisory("EXAMPLE-2026-0667", embargo).replace("Use-after-free", "zqxCANARY");
    project.write("advisories/EXAMPLE-2026-0667.md", text);
    project
}

#[test]
fn h1_no_path_reaches_a_file() {
    let project = with_draft();
    project.write(".git/config", "zqxSECRET");
    let serving = Serving::new(&project, "");
    let expected = serving.get("/nothing").body;
    assert!(!expected.contains("zqx"));
    let paths = [
        "/../../../../etc/passwd",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/%00",
        "/.git/config",
        "/policy.toml",
        "/secsite.toml",
        "/advisories/EXAMPLE-2026-0666.md",
        "/-/../policy.toml",
        "/%",
        "/%ff",
    ];
    for path in paths {
        let reply = serving.get(path);
        assert_eq!((reply.status, reply.body.as_str()), (404, expected.as_str()), "{path}");
    }
    for path in ["/-/secsite/../../policy.toml", "/-/secsite/nothing"] {
        assert_eq!(serving.get(path).status, 404, "{path}");
    }
}

#[test]
fn h2_only_our_own_names_are_answered() {
    let mut serving = Serving::new(&with_draft(), "");
    let port = serving.port;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let reply = serving.ask("GET", "/", &format!("Host: {host}:{port}\r\n"));
        assert_eq!(reply.status, 200, "{host}");
    }
    let long = "a".repeat(10 * 1024);
    let foreign = [
        "evil.example",
        "localhost.evil",
        "127.0.0.1:1",
        "0.0.0.0",
        "255.255.255.256",
        "[::z]",
        &format!("0.0.0.0:{port}"),
        &format!("localhost.evil:{port}"),
        "",
        &long,
    ];
    for host in foreign {
        let reply = serving.ask("GET", "/advisories/EXAMPLE-2026-0666/", &format!("Host: {host}\r\n"));
        assert!(matches!(reply.status, 400 | 403 | 421 | 431), "{host}: {reply:?}");
        assert!(!reply.body.contains("zqx") && !reply.body.contains("EXAMPLE"), "{host}");
    }
    for headers in ["", &format!("Host: localhost:{port}\r\nHost: localhost:{port}\r\n")] {
        assert_eq!(serving.ask("GET", "/", headers).status, 400);
    }
    let odd = serving.send(b"GET / HTTP/1.1\r\nHost: \xff\xfe\x01\r\nConnection: close\r\n\r\n");
    assert!(matches!(odd.status, 400 | 421), "{odd:?}");
    let absolute = serving.ask("GET", "http://evil.example/", &format!("Host: {}\r\n", serving.host()));
    assert_eq!(absolute.status, 400);
    assert!(serving.lives() && serving.get("/").status == 200);
}

#[test]
fn h3_other_sites_are_refused() {
    let serving = Serving::new(&with_draft(), "");
    let host = serving.host();
    let draft = "/advisories/EXAMPLE-2026-0666/";
    let targets = [
        draft,
        "/assets/secsite.css",
        "/-/secsite/live.js",
        "/-/secsite/events",
        "/-/secsite/",
        "/-/secsite/overlay",
    ];
    let foreign = [
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: \r\n",
        "Origin: http://localhost\r\n",
        "Origin: \u{7f}%%\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
    ];
    for target in targets {
        for headers in foreign {
            let reply = serving.ask("GET", target, &format!("Host: {host}\r\n{headers}"));
            assert!(matches!(reply.status, 400 | 403), "{target} {headers} {reply:?}");
            assert!(!reply.body.contains("zqx"), "{target}");
            is_guarded(&reply);
        }
    }
    for headers in [
        "",
        "Sec-Fetch-Site: none\r\n",
        "Sec-Fetch-Site: same-origin\r\n",
        &format!("Origin: http://{host}\r\n"),
    ] {
        let reply = serving.ask("GET", draft, &format!("Host: {host}\r\n{headers}"));
        assert!(reply.status == 200 && reply.body.contains("zqxCANARY"), "{headers}");
        is_guarded(&reply);
    }
}

#[track_caller]
fn is_guarded(reply: &super::Reply) {
    if reply.status != 400 || !reply.head.contains("content-length: 0") {
        assert!(!reply.head.contains("access-control-"), "{}", reply.head);
        assert_eq!(reply.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn h4_only_reading_and_in_bounds() {
    let mut serving = Serving::new(&Project::new(), "");
    let host = format!("Host: {}\r\n", serving.host());
    for method in ["POST", "PUT", "OPTIONS", "DELETE", "PATCH", "TRACE", "BREW"] {
        let reply = serving.ask(method, "/", &host);
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(reply.header("allow"), Some("get, head"));
        is_guarded(&reply);
    }
    let huge = serving.ask("GET", "/", &format!("{host}X-Long: {}\r\n", "a".repeat(1024 * 1024)));
    assert!(matches!(huge.status, 0 | 431), "{huge:?}");
    let many = serving.ask("GET", "/", &format!("{host}{}", "X-A: b\r\n".repeat(2000)));
    assert!(matches!(many.status, 0 | 431), "{many:?}");
    let long = serving.ask("GET", &format!("/{}", "a".repeat(200 * 1024)), &host);
    assert!(matches!(long.status, 0 | 414 | 431), "{long:?}");
    // Held connections, with nothing or half a line on them, keep nobody out.
    let mut held: Vec<_> = (0..700).map(|_| serving.connect()).collect();
    for stream in held.iter_mut().step_by(2) {
        let _ = stream.write_all(b"GET / HT");
    }
    assert_eq!(serving.get("/").status, 200);
    let mut first = held.remove(0);
    first.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut rest = Vec::new();
    assert!(first.read_to_end(&mut rest).is_ok() || rest.is_empty(), "the oldest was let go");
    drop(held);
    assert!(serving.lives() && serving.get("/").status == 200);
}

#[test]
fn h5_the_network_sees_no_drafts() {
    let project = with_draft();
    let hidden = Serving::new(&project, "-i 0.0.0.0");
    hidden.until("/-/secsite/", |_| hidden.said().contains("warning"));
    assert!(
        hidden.said().contains("0.0.0.0 is open to the network: drafts are not shown"),
        "{}",
        hidden.said()
    );
    let nothing =
        ["/advisories/EXAMPLE-2026-0666/", "/advisories/", "/feed.atom", "/-/secsite/", "/-/secsite/overlay"];
    for path in nothing {
        let body = hidden.get(path).body;
        assert!(!body.contains("zqx") && !body.contains("0666") && !body.contains("0667"), "{path}");
    }
    // A finding about a draft is told without its words.
    project.edit(DRAFT, "severity = \"high\"", "severity = \"zqxCANARYword\"");
    let overlay = hidden.until("/-/secsite/overlay", |reply| reply.body.contains("1 error"));
    assert!(!overlay.body.contains("zqx"), "{}", overlay.body);
    let shown = Serving::new(&with_draft(), "-i 0.0.0.0 --expose-drafts");
    shown.until("/-/secsite/", |_| shown.said().contains("warning"));
    assert!(shown.said().contains("everybody on the network can read"), "{}", shown.said());
    assert!(shown.get("/advisories/EXAMPLE-2026-0666/").body.contains("zqxCANARY"));
}

#[test]
fn h6_drafts_are_marked_and_nothing_is_written() {
    let project = with_draft();
    project.build().exits(0);
    let before = read_tree(project.root());
    let serving = Serving::new(&project, "");
    let draft = serving.get("/advisories/EXAMPLE-2026-0666/").body;
    assert!(draft.contains("<strong>DRAFT.</strong>"), "{draft}");
    assert!(draft.contains("<meta name=\"robots\" content=\"noindex\">"));
    let embargoed = serving.get("/advisories/EXAMPLE-2026-0667/").body;
    assert!(embargoed.contains("EMBARGOED until 2098-01-01 00:00 UTC"), "{embargoed}");
    assert!(embargoed.contains("<meta name=\"robots\" content=\"noindex\">"));
    let public = serving.get("/advisories/EXAMPLE-2026-0001/");
    assert!(!public.body.contains("name=\"robots\"") && public.header("x-robots-tag") == Some("noindex"));
    let list = serving.get("/advisories/").body;
    assert!(list.contains("DRAFT") && list.contains("EMBARGOED"));
    let panel = serving.until("/-/secsite/", |reply| reply.body.contains("EXAMPLE-2026-0666")).body;
    assert!(panel.contains("embargoed until 2098-01-01 00:00 UTC"), "{panel}");
    assert_same(&before, &read_tree(project.root()));
    drop(serving);
    let published = Serving::new(&project, "--no-drafts");
    assert_eq!(published.get("/advisories/EXAMPLE-2026-0666/").status, 404);
    for path in ["/advisories/", "/feed.json", "/-/secsite/"] {
        assert!(!published.get(path).body.contains("zqx"), "{path}");
    }
}

#[test]
fn h7_a_mistake_is_shown_as_text_above_the_last_good_page() {
    let project = Project::new();
    let serving = Serving::new(&project, "");
    let path = "advisories/EXAMPLE-2026-0001.md";
    let before = std::fs::read_to_string(project.path(path)).unwrap();
    let broken = before.replace("severity = \"high\"", "severity = \"<script>alert(1)</script>\"");
    project.write(path, broken.replace("Use-after-free", "Changed words"));
    let overlay = serving.until("/-/secsite/overlay", |reply| reply.body.contains("1 error")).body;
    assert!(overlay.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{overlay}");
    assert!(!overlay.contains("<script"), "{overlay}");
    assert!(overlay.contains("--&gt; advisories/EXAMPLE-2026-0001.md:5:12"), "{overlay}");
    let page = serving.get("/advisories/EXAMPLE-2026-0001/").body;
    assert!(page.contains("Use-after-free") && !page.contains("Changed words"), "{page}");
    assert!(serving.said().contains("advisories/EXAMPLE-2026-0001.md:5:12"), "{}", serving.said());
    project.write(path, before);
    serving.until("/-/secsite/overlay", |reply| !reply.body.contains("error"));
}
