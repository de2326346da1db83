//! The page /verify/ is true: what it tells readers to run runs as it stands, and notices a changed byte. Where nothing
//! of secsite is, gpg and sha256sum are enough.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use secsite::openpgp::Generated;
use tempfile::TempDir;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran};
use crate::signers::{add_key, signing};

/// The exit code for the first block of commands that does not end well.
const FIRST: i32 = 10;

const TOOLS: [&str; 5] = ["gpg", "curl", "sha256sum", "mktemp", "grep"];

type Tree = BTreeMap<String, Vec<u8>>;

/// Whether a reader's tools are here; says which is not.
fn here(tools: &[&str]) -> bool {
    tools.iter().all(|tool| {
        let asked = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        let here = asked.is_ok_and(|status| status.success());
        if !here {
            println!("skipped: commands of /verify/: there is no {tool}");
        }
        here
    })
}

/// The code blocks below a heading of the page, as a reader copies them.
fn commands(page: &str, heading: &str) -> Vec<String> {
    let (_, below) = page.split_once(&format!("<h2 id=\"{heading}\">")).unwrap();
    let section = below.split("<h2 ").next().unwrap();
    let blocks = section.split("<code class=\"script\">").skip(1);
    blocks.map(|block| text(block.split("</code>").next().unwrap())).collect()
}

/// HTML as text.
fn text(html: &str) -> String {
    let plain =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/")];
    let plain = plain.iter().fold(html.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
    plain.replace("&amp;", "&")
}

/// A host on this machine: one request for each connection.
struct Host {
    url: String,
    files: Arc<Mutex<Tree>>,
}

impl Host {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let files = Arc::new(Mutex::new(Tree::new()));
        let served = Arc::clone(&files);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let files = Arc::clone(&served);
                thread::spawn(move || answer(stream, &files));
            }
        });
        Self { url, files }
    }

    fn shows(&self, files: Tree) {
        *self.files.lock().unwrap() = files;
    }
}

fn answer(mut stream: TcpStream, files: &Mutex<Tree>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
    let folder = path.is_empty() || path.ends_with('/');
    let path = if folder { format!("{path}index.html") } else { path.to_owned() };
    let (status, body) = match files.lock().unwrap().get(&path) {
        Some(bytes) => ("200 OK", bytes.clone()),
        None => ("404 Not Found", b"none".to_vec()),
    };
    let media_type =
        if path.ends_with(".txt") { "text/plain; charset=utf-8" } else { "application/octet-stream" };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// A reader: an empty folder, and nothing but the search path.
struct Reader(TempDir);

impl Reader {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).unwrap();
        Self(home)
    }

    /// Runs blocks of commands in one shell. The first that does not end well ends all of it.
    fn run(&self, blocks: &[String]) -> Ran {
        let mut script = String::new();
        for (code, block) in (FIRST..).zip(blocks) {
            script.push_str(&format!("{block}\n[ $? = 0 ] || exit {code}\n"));
        }
        let mut shell = Command::new("sh");
        shell.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        shell.env("HOME", self.0.path()).env("TMPDIR", self.0.path()).env("LC_ALL", "C");
        // The agent that gpg may have started ends with its folder.
        let end = "trap 'gpgconf --kill all 2>/dev/null' EXIT\n";
        Ran::of(shell.current_dir(self.0.path()).args(["-c", &format!("{end}{script}")]).stdin(Stdio::null()))
    }
}

/// A site of today, for gpg and secsite judge by the clock.
fn of_today() -> Project {
    let project = Project::new();
    let now = Command::new("date").args(["-u", "+%Y-%m-%d"]).output().unwrap();
    let today = String::from_utf8(now.stdout).unwrap();
    project.edit("policy.toml", "reviewed = 2026-11-01", &format!("reviewed = {}", today.trim()));
    project
}

fn page(site: &Tree) -> String {
    String::from_utf8(site["verify/index.html"].clone()).unwrap()
}

/// Runs the commands for sq behind those that get the files. Before its version 1 sq spelled its options differently.
fn with_sq(page: &str, gpg: &[String]) {
    let Ok(help) = Command::new("sq").args(["verify", "--help"]).output() else {
        return println!("skipped: commands of /verify/: there is no sq");
    };
    let new = String::from_utf8_lossy(&help.stdout).contains("--signature-file");
    let spelled = |block: String| match new {
        true => block,
        false => block
            .replace("--signer-file=", "--signer-cert=")
            .replace("--signature-file=", "--detached=")
            .replace(" --cleartext", ""),
    };
    let mut blocks = gpg[..5].to_vec();
    blocks.extend(commands(page, "sq").into_iter().map(spelled));
    blocks.push("grep '^Contact: mailto:' security.txt.verified".to_owned());
    Reader::new().run(&blocks).exits(0);
}

#[test]
fn readers_need_gpg_and_sha256sum_alone() {
    if !here(&TOOLS) {
        return;
    }
    let (project, host) = (of_today(), Host::new());
    let key = new_key("2026-01-05T09:00:00Z", "2036-01-05T09:00:00Z");
    let secret = sign_with(&project, &key);
    project.run(&format!("build --key {secret} -u {}", host.url)).exits(0);
    let site = project.output();
    host.shows(site.clone());
    let page = page(&site);
    let blocks = commands(&page, "gpg");
    let (wget, all): (Vec<String>, Vec<String>) =
        blocks.into_iter().partition(|block| block.contains("| wget "));
    assert_eq!((wget.len(), all.len()), (1, 6));

    let ran = Reader::new().run(&all).exits(0);
    let grouped = key.certificate.fingerprint().grouped();
    assert_eq!(ran.stderr.matches("Good signature").count(), 3, "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("Primary key fingerprint: {grouped}")), "{}", ran.stderr);
    for line in [format!("\"origin\":\"{}\"", host.url).as_str(), "\"version\":1", "1"] {
        assert!(ran.stdout.lines().any(|it| it == line), "{line}: {}", ran.stdout);
    }
    assert!(ran.stdout.contains("\nContact: mailto:security@example.org\n"), "{}", ran.stdout);

    // The other way to get the files, and one command for all of it.
    if here(&["wget"]) {
        let mut other = all.clone();
        let (_, check) = all[4].split_once("done\n").unwrap();
        other[4] = format!("{}\n{check}", wget[0]);
        Reader::new().run(&other).exits(0);
    }
    with_sq(&page, &all);
    let [secsite] = commands(&page, "secsite").try_into().unwrap();
    let words = secsite.strip_prefix("secsite ").unwrap();
    project.run(&format!("{words} --no-state")).exits(0).says("is exactly what its signers published");

    // One byte of a file, of the list, of the manifest, of security.txt: each is found at a step.
    for (path, step) in [
        ("policy/index.html", 4),
        ("SHA256SUMS", 3),
        (".well-known/secsite/manifest.json", 1),
        (".well-known/security.txt", 4),
    ] {
        let mut changed = site.clone();
        let file = changed.get_mut(path).unwrap();
        let middle = file.len() / 2;
        file[middle] ^= 1;
        host.shows(changed);
        let ran = Reader::new().run(&all);
        assert_eq!(ran.code, Some(FIRST + step), "{path}: {}{}", ran.stdout, ran.stderr);
        project.run(&format!("{words} --no-state")).exits(1);
    }
}

#[test]
fn two_of_three_signers_are_named_and_counted() {
    if !here(&TOOLS) {
        return;
    }
    let (project, host) = (of_today(), Host::new());
    project.edit("policy.toml", "https://security.example.org/", &host.url);
    let secrets: Vec<String> = ["alice", "bob", "carol"].map(|id| add_key(&project, id).1).into();
    signing(&project, "key = [\"alice\", \"bob\", \"carol\"]\nthreshold = 2");
    for secret in &secrets[..2] {
        project.run(&format!("sign --key {secret}")).exits(0);
    }
    project.run("build").exits(0);
    let site = project.output();
    let page = page(&site);
    host.shows(site);
    assert!(page.contains("A release counts when two of these three keys have signed it."));
    let all: Vec<String> =
        commands(&page, "gpg").into_iter().filter(|block| !block.contains("| wget ")).collect();
    let ran = Reader::new().run(&all[..2]).exits(0);
    assert_eq!(ran.stderr.matches("Good signature").count(), 2, "{}", ran.stderr);
    Reader::new().run(&all).exits(0);
    let [secsite] = commands(&page, "secsite").try_into().unwrap();
    assert_eq!((secsite.matches("--signer ").count(), secsite.matches("--threshold 2").count()), (3, 1));
    let words = secsite.replace('\\', "").replacen("secsite ", "", 1);
    project.run(&format!("{words} --no-state")).exits(0);
    with_sq(&page, &all);
    let sq = commands(&page, "sq").join("\n");
    assert_eq!((sq.matches("sq inspect ").count(), sq.matches("--signatures=2").count()), (3, 1));
}

#[test]
fn successors_and_their_statement_are_named() {
    let (project, host) = (of_today(), Host::new());
    project.edit("policy.toml", "https://security.example.org/", &host.url);
    let (old, olds) = add_key(&project, "old");
    signing(&project, "key = \"old\"");
    project.run(&format!("sign --key {olds}")).exits(0);
    let (new, news) = add_key(&project, "new");
    signing(&project, "key = \"new\"\nsucceeds = \"old\"");
    for secret in [&olds, &news] {
        project.run(&format!("sign --key {secret}")).exits(0);
    }
    project.run("build").exits(0);
    let site = project.output();
    let page = page(&site);
    let [before, former] = page.split("<h2 id=\"former\">").collect::<Vec<_>>().try_into().unwrap();
    let link = "href=\"/.well-known/secsite/signers/1.json\"";
    assert!(former.contains(link) && site.contains_key(".well-known/secsite/signers/1.json"));
    let names = |text: &str, key: &Generated| text.contains(&key.certificate.fingerprint().to_string());
    assert!(names(before, &new) && !names(before, &old) && names(former, &old));
    if here(&TOOLS) {
        host.shows(site.clone());
        let blocks = [commands(&page, "gpg").remove(0), commands(&page, "former").remove(0)];
        let ran = Reader::new().run(&blocks).exits(0);
        assert_eq!(ran.stderr.matches("Good signature").count(), 2, "{}", ran.stderr);
        assert!(ran.stdout.contains("\"format\":\"secsite-succession/1\""), "{}", ran.stdout);
    }
}

#[test]
fn builds_that_prove_nothing_say_so() {
    let project = Project::new();
    for (flag, says, keys) in [
        ("--unsigned", "This site is not signed.", false),
        ("--preview", "This is a preview.", false),
        ("--dev-key", "This is a development build.", true),
    ] {
        project.run(&format!("build {flag} --date {DATE}")).exits(0);
        let page = page(&project.output());
        assert!(page.contains(says), "{flag}");
        assert_eq!(page.contains("gpg --verify"), keys, "{flag}");
        assert!(page.contains("sha256sum --check --quiet SHA256SUMS"), "{flag}");
    }
}
