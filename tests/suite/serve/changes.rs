//! What is saved is shown: by any editor's way of saving, through bad hours of policies and folders, and in the end right.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::time::Duration;

use super::Serving;
use crate::project::{Project, advisory};

const FILE: &str = "advisories/EXAMPLE-2026-0001.md";
const PAGE: &str = "/advisories/EXAMPLE-2026-0001/";

fn titled(title: &str) -> String {
    advisory("EXAMPLE-2026-0001", "").replace("Use-after-free in the pool", title)
}

/// Events as they come.
struct Events {
    lines: BufReader<std::net::TcpStream>,
}

impl Events {
    fn of(serving: &Serving) -> Self {
        let mut stream = serving.connect();
        let request = format!("GET /-/secsite/events HTTP/1.1\r\nHost: {}\r\n\r\n", serving.host());
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Self { lines: BufReader::new(stream) };
        let (name, _) = events.next();
        assert_eq!(name, "hello");
        events
    }

    /// The next event and its data.
    fn next(&mut self) -> (String, String) {
        let (mut name, mut data) = (String::new(), String::new());
        loop {
            let mut line = String::new();
            assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(text) = line.strip_prefix("event: ") {
                name = text.trim_end().to_owned();
            } else if let Some(text) = line.strip_prefix("data: ") {
                data = text.trim_end().to_owned();
            } else if line.trim_end().is_empty() && !name.is_empty() {
                return (name, data);
            }
        }
    }

    /// The next event of this name.
    fn wait_for(&mut self, wanted: &str) -> String {
        loop {
            let (name, data) = self.next();
            if name == wanted {
                return data;
            }
        }
    }
}

#[test]
fn every_way_of_saving_is_seen() {
    let project = Project::new();
    let serving = Serving::new(&project, "");
    let shows = |title: &str| {
        serving.until(PAGE, |reply| reply.body.contains(title));
    };
    project.write(FILE, titled("Written in place"));
    shows("Written in place");
    // As editors do it: beside, then renamed over.
    project.write("advisories/.EXAMPLE-2026-0001.md.swp", "x");
    fs::write(project.path("advisories/4913"), "").unwrap();
    fs::remove_file(project.path("advisories/4913")).unwrap();
    fs::rename(project.path(FILE), project.path(&format!("{FILE}~"))).unwrap();
    project.write(FILE, titled("Renamed away before"));
    shows("Renamed away before");
    project.write("advisories/new.tmp", titled("Renamed over"));
    fs::rename(project.path("advisories/new.tmp"), project.path(FILE)).unwrap();
    shows("Renamed over");
    // A folder that is made and filled at once, moved, and taken away.
    project.write("advisories/2027/deep/EXAMPLE-2027-0001.md", advisory("EXAMPLE-2027-0001", ""));
    serving.until("/advisories/EXAMPLE-2027-0001/", |reply| reply.status == 200);
    project.write("advisories/2027/deep/EXAMPLE-2027-0002.md", advisory("EXAMPLE-2027-0002", ""));
    serving.until("/advisories/EXAMPLE-2027-0002/", |reply| reply.status == 200);
    fs::rename(project.path("advisories/2027"), project.path("elsewhere")).unwrap();
    serving.until("/advisories/EXAMPLE-2027-0002/", |reply| reply.status == 404);
    fs::rename(project.path("elsewhere"), project.path("advisories/2027")).unwrap();
    serving.until("/advisories/EXAMPLE-2027-0001/", |reply| reply.status == 200);
    // All of it deleted, and there again: a checkout.
    fs::remove_dir_all(project.path("advisories")).unwrap();
    serving.until(PAGE, |reply| reply.status == 404);
    project.write(FILE, titled("Checked out"));
    shows("Checked out");
    project.write(FILE, titled("And still watched"));
    shows("And still watched");
    // A folder of inputs that was not there before.
    project.write("content/about.md", "+++\ntitle = \"About us\"\n+++\n\nWords.\n");
    serving.until("/about/", |reply| reply.body.contains("Words."));
}

#[test]
fn lists_and_feeds_follow_and_a_page_says_which_state_it_shows() {
    let project = Project::new();
    let serving = Serving::new(&project, "");
    let mut events = Events::of(&serving);
    project.write(FILE, titled("A new title"));
    let at = events.wait_for("reload");
    for path in [PAGE, "/advisories/", "/"] {
        let body = serving.get(path).body;
        assert!(body.contains("A new title") && body.contains(&format!("data-at=\"{at}\"")), "{path}");
    }
    for path in ["/feed.atom", "/feed.json", "/osv/x_EXAMPLE-2026-0001.json"] {
        assert!(serving.get(path).body.contains("A new title"), "{path}");
    }
    // A touch is no change.
    project.write(FILE, titled("A new title"));
    std::thread::sleep(Duration::from_millis(300));
    assert!(serving.get("/").body.contains(&at));
}

#[test]
fn the_policy_may_break_and_vanish() {
    let project = Project::new();
    let serving = Serving::new(&project, "");
    let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
    project.write("policy.toml", policy.replace("[policy]", "[policy"));
    let overlay = serving.until("/-/secsite/overlay", |reply| reply.body.contains("error")).body;
    assert!(overlay.contains("policy.toml:4:"), "{overlay}");
    assert_eq!(serving.get(PAGE).status, 200);
    fs::remove_file(project.path("policy.toml")).unwrap();
    serving.until("/-/secsite/overlay", |reply| reply.body.contains("there is no such file"));
    assert_eq!(serving.get(PAGE).status, 200);
    project.write("policy.toml", policy.replace("name = \"Example\"", "name = \"Restored\""));
    serving.until("/", |reply| reply.body.contains("Restored security"));
    serving.until("/-/secsite/overlay", |reply| !reply.body.contains("error"));
}

#[test]
fn links_follow_what_they_lead_to() {
    let project = Project::new();
    project.write(FILE, titled("T") + "\nSee [the other](EXAMPLE-2026-0002.md).\n");
    let serving = Serving::new(&project, "");
    serving.until("/-/secsite/overlay", |reply| reply.body.contains("EXAMPLE-2026-0002"));
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", ""));
    serving.until(PAGE, |reply| reply.body.contains("href=\"/advisories/EXAMPLE-2026-0002/\""));
    serving.until("/-/secsite/overlay", |reply| !reply.body.contains("error"));
    // A draft is there for its author, and is not for a build.
    project.write("advisories/EXAMPLE-2026-0002.md", advisory("EXAMPLE-2026-0002", "status = \"draft\""));
    serving.until("/-/secsite/overlay", |reply| reply.body.contains("there is no published advisory"));
    assert!(serving.get(PAGE).body.contains("href=\"/advisories/EXAMPLE-2026-0002/\""));
}

#[test]
fn a_draft_tells_what_it_lacks() {
    let project = Project::new();
    let text =
        "+++\nid = \"EXAMPLE-2026-0003\"\ntitle = \"Half written\"\nstatus = \"draft\"\n+++\n\nNot yet.\n";
    project.write("advisories/EXAMPLE-2026-0003.md", text);
    let serving = Serving::new(&project, "");
    assert!(serving.get("/advisories/EXAMPLE-2026-0003/").body.contains("Not yet."));
    let panel = serving.until("/-/secsite/", |reply| reply.body.contains("Half written")).body;
    for missing in ["missing-severity", "missing-affected", "published = …"] {
        assert!(panel.contains(missing), "{missing}: {panel}");
    }
    // What a draft lacks stops no build, so it is no error.
    assert!(!serving.get("/-/secsite/overlay").body.contains("error"));
}

#[test]
fn style_sheets_are_swapped_and_the_edited_page_is_opened() {
    let project = Project::new();
    project.write("themes/default/static/custom.css", "a { color: red }");
    let serving = Serving::new(&project, "--follow");
    let mut events = Events::of(&serving);
    project.write("themes/default/static/custom.css", "a { color: blue }");
    events.wait_for("css");
    assert!(serving.get("/assets/custom.css").body.contains("blue"));
    project.write(FILE, titled("Followed"));
    assert_eq!(events.wait_for("go"), PAGE);
    project.write(
        "themes/default/templates/home.html",
        "{% extends \"default/home.html\" %}{% block main %}{{ nothing.at.all }}{% endblock %}",
    );
    events.wait_for("reload");
    let home = serving.get("/");
    assert!(home.status == 500 || home.body.contains("security"), "{home:?}");
}

#[test]
fn network_folders_are_polled() {
    let project = Project::new();
    let serving = Serving::new(&project, "--poll");
    std::thread::sleep(Duration::from_millis(1100));
    project.write(FILE, titled("Seen by looking"));
    serving.until(PAGE, |reply| reply.body.contains("Seen by looking"));
}
