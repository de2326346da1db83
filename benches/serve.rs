//! From a saved file to the changed page, `secsite serve` beside `hugo server`: `cargo bench --bench serve`.
//!
//! Both serve the same advisories (see `side_by_side`), each with its defaults. In turn an advisory's title is changed,
//! and the page is asked for until it shows the new one; of secsite the first page of the list and the Atom feed must
//! show it too, of Hugo the page alone. What counts is the ratio of the medians. Also told: the time from the start of
//! the process to its first page, and on Linux the most memory that it took. `SECSITE_BENCH_COUNTS="1000 10000"` sets
//! the sizes.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark runs programs and takes their time"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 9;

/// Nobody waits longer for a page.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let shared = std::env::var_os("SECSITE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let generator = shared.join("bench/gen.py");
    let hugo = hugo();
    if !generator.is_file() || !hugo.is_file() {
        println!("skipped: there is no {} or no {}", generator.display(), hugo.display());
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let counts = std::env::var("SECSITE_BENCH_COUNTS").unwrap_or_else(|_| "1000 10000".to_owned());
    for count in counts.split_whitespace() {
        let source = |tool: &str| {
            let folder = work.path().join(format!("{tool}-{count}"));
            let mut generate = Command::new("python3");
            generate.arg(&generator).args(["--count", count, "--tool", tool, "--out"]).arg(&folder);
            assert!(generate.stdout(Stdio::null()).status().unwrap().success());
            folder
        };
        let (ours, theirs) = (source("secsite"), source("hugo"));
        let mut secsite = Server::secsite(&ours);
        let mut hugo = Server::hugo(&hugo, &theirs, &secsite.file);
        let (mut mine, mut his) = (Vec::new(), Vec::new());
        for run in 0..RUNS {
            mine.push(secsite.edit(run));
            his.push(hugo.edit(run));
        }
        let (mine, his) = (median(mine), median(his));
        println!("{count} advisories, saved to served, medians of {RUNS} in turn:");
        println!("  hugo server                {:>7.1} ms", his * 1e3);
        println!("  secsite serve              {:>7.1} ms   ratio {:.3}", mine * 1e3, mine / his);
        for (name, server) in [("hugo server", &hugo), ("secsite serve", &secsite)] {
            let memory = server.memory().map_or_else(String::new, |mib| format!(", at most {mib} MiB"));
            println!("  {name}: first page after {} ms{memory}", server.first.as_millis());
        }
    }
}

/// A server, and the advisory that is edited.
struct Server {
    child: Child,
    port: u16,
    file: PathBuf,
    /// The advisory's page, then what must follow it.
    pages: Vec<String>,
    first: Duration,
}

impl Server {
    fn secsite(site: &Path) -> Self {
        let file = newest(&site.join("advisories"));
        let id = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
        command.arg("-q").arg("-r").arg(site).args(["serve", "-p"]);
        let pages = vec![format!("/advisories/{id}/"), "/advisories/".to_owned(), "/feed.atom".to_owned()];
        Self::start(command, &[], file, pages)
    }

    fn hugo(hugo: &Path, site: &Path, edited: &Path) -> Self {
        let name = edited.file_stem().unwrap().to_str().unwrap().to_lowercase();
        let file = site.join(format!("content/advisories/{name}.md"));
        let mut command = Command::new(hugo);
        command.arg("server").arg("-s").arg(site).args(["--bind", "127.0.0.1", "-p"]);
        Self::start(command, &["--quiet"], file, vec![format!("/advisories/{name}/")])
    }

    fn start(mut command: Command, more: &[&str], file: PathBuf, pages: Vec<String>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let started = Instant::now();
        let command = command.arg(port.to_string()).args(more).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let mut server = Self { child, port, file, pages, first: Duration::ZERO };
        server.wait_for(&server.pages[0], "<title");
        server.first = started.elapsed();
        server
    }

    /// Saves another title; the seconds until all pages show it.
    fn edit(&mut self, run: usize) -> f64 {
        // What was done about the last change is not part of this one.
        std::thread::sleep(Duration::from_millis(1500));
        let text = std::fs::read_to_string(&self.file).unwrap();
        let title = format!("Changed title number {run} of this run");
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some((key, _)) if key.trim() == "title" => format!("title = \"{title}\"\n"),
            _ => format!("{line}\n"),
        });
        let text: String = lines.collect();
        let started = Instant::now();
        std::fs::write(&self.file, text).unwrap();
        for page in &self.pages {
            self.wait_for(page, &title);
        }
        started.elapsed().as_secs_f64()
    }

    fn wait_for(&self, page: &str, words: &str) {
        let started = Instant::now();
        while !self.get(page).is_some_and(|body| body.contains(words)) {
            assert!(started.elapsed() < PATIENCE, "{page} never showed `{words}`");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn get(&self, page: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let host = format!("localhost:{}", self.port);
        write!(stream, "GET {page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The most memory that it took, in MiB.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse().ok().map(|kib: u64| kib / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The advisory that was published last: lists and feeds begin with it.
fn newest(folder: &Path) -> PathBuf {
    let published = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().find(|line| line.starts_with("published = ")).map(str::to_owned)
    };
    let files = below(folder).into_iter();
    files.max_by_key(|path| (published(path), path.file_name().map(ToOwned::to_owned))).unwrap()
}

/// All Markdown files, however deep.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => below(&path),
            false => Vec::from_iter(path.extension().is_some_and(|it| it == "md").then_some(path)),
        })
        .collect()
}

fn hugo() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from);
    cache.join("secsite-bench/bin/hugo")
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
