use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::*;

/// A host that answers from a table: `HEAD` like `GET`, and 404 for what is not in it.
#[derive(Default)]
struct Table {
    answers: BTreeMap<String, Answer>,
    /// Hosts that have no address.
    unknown: BTreeSet<String>,
}

impl Client for Table {
    fn ask(&self, method: Method, address: &str, _: u64) -> Result<Answer, Silence> {
        if self.unknown.iter().any(|host| address.contains(&format!("//{host}/"))) {
            return Err(Silence::Unknown);
        }
        let mut answer =
            self.answers.get(address).cloned().unwrap_or(Answer { status: 404, ..Answer::default() });
        if method == Method::Head {
            answer.bytes.clear();
        }
        Ok(answer)
    }
}

const BASE: &str = "https://security.example.org/";

fn answer(media_type: &str, body: &[u8]) -> Answer {
    Answer {
        status: 200,
        media_type: Some(media_type.into()),
        last_modified: Some("Sun, 22 Nov 2026 00:00:00 GMT".into()),
        open_to: Some("*".into()),
        bytes: body.to_vec(),
        ..Answer::default()
    }
}

/// A portal where all is as it should be.
fn table() -> (Table, BTreeSet<String>, Vec<Address>) {
    let mut table = Table::default();
    let mut files = BTreeSet::new();
    let mut add = |path: &str, media_type: &str, body: &str| {
        files.insert(path.to_owned());
        table.answers.insert(format!("{BASE}{path}"), answer(media_type, body.as_bytes()));
    };
    let security_txt =
        format!("Contact: https://example.org/\nCSAF: {BASE}.well-known/csaf/provider-metadata.json\n");
    add(".well-known/security.txt", "text/plain; charset=utf-8", &security_txt);
    let metadata = format!(
        r#"{{"canonical_url":"{BASE}.well-known/csaf/provider-metadata.json","distributions":[{{"rolie":{{"feeds":[{{"url":"{BASE}csaf/white/feed.json"}}]}}}}]}}"#
    );
    add(".well-known/csaf/provider-metadata.json", "application/json", &metadata);
    let feed = format!(
        r#"{{"feed":{{"entry":[{{"link":[{{"href":"{BASE}csaf/white/2026/a.json"}},{{"href":"{BASE}csaf/white/2026/a.json.asc"}}]}}]}}}}"#
    );
    add("csaf/white/feed.json", "application/json", &feed);
    add("csaf/white/2026/a.json", "application/json", "{}");
    add("csaf/white/2026/a.json.asc", "application/pgp-signature", "x");
    add("osv/all.json", "application/json; charset=utf-8", "[]");
    add("feed.atom", "application/atom+xml", "<feed/>");
    table.answers.insert(BASE.into(), answer("text/html", b"<p>"));
    let moved = |to: &str| Answer { status: 301, location: Some(to.into()), ..Answer::default() };
    table.answers.insert("http://security.example.org/".into(), moved(BASE));
    table.answers.insert(format!("{BASE}policy"), moved("https://security.example.org/policy/"));
    let hash = wkd_hash();
    let key = b"key".as_slice();
    table.unknown.insert("openpgpkey.example.org".into());
    table.answers.insert(
        format!("https://example.org/.well-known/openpgpkey/hu/{hash}?l=security"),
        answer("application/octet-stream", key),
    );
    let address = Address {
        local: "security".into(),
        domain: "example.org".into(),
        sha256: Sha256::digest(key).into(),
    };
    (table, files, vec![address])
}

fn wkd_hash() -> String {
    crate::openpgp::wkd::hash("security")
}

fn look(change: impl FnOnce(&mut Table)) -> Vec<Line> {
    let (mut table, files, addresses) = table();
    change(&mut table);
    let base = BaseUrl::parse(BASE).unwrap();
    probe(&Portal { base: &base, files: &files, addresses: &addresses }, &table)
}

/// The lines that are not good, as text.
#[track_caller]
fn complaints(change: impl FnOnce(&mut Table)) -> Vec<(Mark, String)> {
    let lines = look(change).into_iter().filter(|line| line.mark != Mark::Good);
    lines.map(|line| (line.mark, line.text())).collect()
}

#[track_caller]
fn one(mark: Mark, words: &[&str], change: impl FnOnce(&mut Table)) {
    let found = complaints(change);
    assert!(!found.is_empty() && found[0].0 == mark, "{found:?}");
    for word in words {
        assert!(found[0].1.contains(word), "`{word}` is not in {found:?}");
    }
}

fn at(path: &str) -> String {
    format!("{BASE}{path}")
}

#[test]
fn a_good_portal_has_no_complaints() {
    assert_eq!(complaints(|_| {}), []);
    assert!(look(|_| {}).len() > 12);
}

#[test]
fn a_host_that_does_not_answer_is_one_line() {
    let lines = look(|table| {
        table.unknown.insert("security.example.org".into());
    });
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].mark, Mark::Silent);
}

#[test]
fn redirects_and_pages_for_everything_are_seen() {
    one(Mark::Odd, &["without `https`"], |table| {
        table.answers.insert("http://security.example.org/".into(), answer("text/html", b""));
    });
    one(Mark::Bad, &["301 to http://"], |table| {
        table.answers.get_mut("http://security.example.org/").unwrap().location =
            Some("http://www.example.org/".into());
    });
    one(Mark::Bad, &["where there is no file"], |table| {
        table
            .answers
            .insert(at(".well-known/secsite/there-is-no-such-file.json"), answer("text/html", b"<p>"));
    });
    one(Mark::Odd, &["/policy: 404", "slash"], |table| {
        table.answers.remove(&at("policy"));
    });
}

#[test]
fn dropped_dot_folders_are_named() {
    one(Mark::Bad, &["security.txt: 404", "include-hidden-files"], |table| {
        table.answers.retain(|address, _| !address.contains("security.example.org/.well-known"));
    });
}

#[test]
fn below_a_path_the_root_is_looked_at() {
    let lines = |root: Option<&[u8]>| {
        let (mut table, files, _) = table();
        let below = table.answers.clone().into_iter();
        table.answers =
            below.map(|(address, answer)| (address.replace(BASE, &at("portal/")), answer)).collect();
        if let Some(text) = root {
            table.answers.insert(at(".well-known/security.txt"), answer("text/plain; charset=utf-8", text));
        }
        let base = BaseUrl::parse(&at("portal/")).unwrap();
        let lines = probe(&Portal { base: &base, files: &files, addresses: &[] }, &table);
        let subject = at(".well-known/security.txt");
        lines.into_iter().find(|line| line.subject == subject).unwrap()
    };
    let dead = lines(None);
    assert_eq!((dead.mark, dead.found.as_str()), (Mark::Bad, "404"));
    assert!(dead.help.contains("below `/portal/`"), "{}", dead.help);
    assert_eq!(lines(Some(b"Contact: https://example.org/\n")).mark, Mark::Odd);
    let (table, ..) = table();
    let same = &table.answers[&at(".well-known/security.txt")].bytes;
    assert_eq!(lines(Some(same)).mark, Mark::Good);
}

#[test]
fn types_and_headers_matter() {
    let typed = |path: &'static str, media_type: &'static str| {
        move |table: &mut Table| {
            table.answers.get_mut(&at(path)).unwrap().media_type = Some(media_type.into());
        }
    };
    one(Mark::Bad, &["text/html", "`text/plain`"], typed(".well-known/security.txt", "text/html"));
    one(Mark::Odd, &["charset=utf-8"], typed(".well-known/security.txt", "text/plain"));
    one(Mark::Odd, &["application/atom+xml"], typed("feed.atom", "application/octet-stream"));
    one(Mark::Odd, &["HEAD", "no `Last-Modified`"], |table| {
        table.answers.get_mut(&at("osv/all.json")).unwrap().last_modified = None;
    });
    one(Mark::Odd, &["Access-Control-Allow-Origin"], |table| {
        table.answers.get_mut(&at("osv/all.json")).unwrap().open_to = None;
    });
}

#[test]
fn readers_of_csaf_follow_each_step() {
    one(Mark::Bad, &["a.json.asc: 404"], |table| {
        table.answers.remove(&at("csaf/white/2026/a.json.asc"));
    });
    one(Mark::Bad, &["feed.json: 404"], |table| {
        table.answers.remove(&at("csaf/white/feed.json"));
    });
    let body = |path: &'static str, text: &'static str| {
        move |table: &mut Table| table.answers.get_mut(&at(path)).unwrap().bytes = text.into()
    };
    one(Mark::Odd, &["CSAF, from security.txt"], body(".well-known/security.txt", "Contact: x\n"));
    one(Mark::Bad, &["no JSON"], body(".well-known/csaf/provider-metadata.json", "<p>"));
    one(Mark::Bad, &["another address"], body(".well-known/csaf/provider-metadata.json", "{}"));
    one(
        Mark::Bad,
        &["leads away"],
        body(
            "csaf/white/feed.json",
            r#"{"feed":{"entry":[{"link":[{"href":"https://example.net/a.json"}]}]}}"#,
        ),
    );
}

#[test]
fn keys_are_looked_up_as_mail_programs_do() {
    let direct = format!("https://example.org/.well-known/openpgpkey/hu/{}?l=security", wkd_hash());
    one(Mark::Odd, &["key of security@example.org", "404", "openpgpkey.example.org"], |table| {
        table.answers.remove(&direct);
    });
    one(Mark::Bad, &["another key"], |table| {
        table.answers.get_mut(&direct).unwrap().bytes = b"other".to_vec();
    });
    // Where there is such a host, the domain itself is not asked.
    one(Mark::Odd, &["404 at https://openpgpkey.example.org/"], |table| {
        table.unknown.clear();
    });
}

#[test]
fn days_are_counted() {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let end = |at: &str| End { what: "the review".into(), at: at.parse().unwrap(), help: "renew" };
    let lines = ends(
        &[end("2026-11-21T12:00:00Z"), end("2026-12-01T13:00:00Z"), end("2027-11-22T12:00:00Z")],
        now,
        30,
    );
    assert_eq!(lines.iter().map(|line| line.mark).collect::<Vec<_>>(), [Mark::Bad, Mark::Odd, Mark::Good]);
    assert_eq!(lines[1].found, "9 days left, until 2026-12-01");
    let text = "Hash: SHA512\n\nContact: x\nExpires: 2027-05-01T00:00:00Z\n";
    assert_eq!(security_txt_end(text), Some("2027-05-01T00:00:00Z".parse().unwrap()));
    assert_eq!(security_txt_end("Expires: soon"), None);
}
