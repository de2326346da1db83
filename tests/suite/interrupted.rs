//! Row E1 for `sign`: killed at whatever moment, it leaves the store before, the new one, or one that a build refuses
//! with the way out. Never a clean build of a site that nobody signed, and never a store that `sign` cannot mend.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, assert_same, read_tree};

const LATER: &str = "2026-11-23T00:00:00Z";

/// What gives a file its name, or takes one away.
const STEPS: &str = "rename,renameat,renameat2,unlinkat";

type Tree = BTreeMap<String, Vec<u8>>;

struct Signed {
    project: Project,
    secret: String,
    strace: bool,
    /// How long an undisturbed run takes.
    whole: Duration,
}

impl Signed {
    fn new() -> Self {
        let project = Project::new();
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let secret = sign_with(&project, &key);
        let mut strace = Command::new("strace");
        let strace = strace.args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
        Self { project, secret, strace, whole: Duration::ZERO }
    }

    fn words(&self) -> [&str; 5] {
        ["sign", "--key", &self.secret, "--date", LATER]
    }

    fn store(&self) -> Tree {
        read_tree(&self.project.path("signatures"))
    }

    /// Signs to the end, and gives the store and the site.
    fn finish(&self) -> (Tree, Tree) {
        self.project.run(&self.words().join(" ")).exits(0);
        self.project.run(&format!("build --date {LATER}")).exits(0);
        (self.store(), self.project.output())
    }

    /// Puts the store back, and no site beside it.
    fn reset(&self, store: &Tree) {
        for folder in ["signatures", "public"] {
            let _ = std::fs::remove_dir_all(self.project.path(folder));
        }
        for (path, bytes) in store {
            self.project.write(&format!("signatures/{path}"), bytes);
        }
    }

    /// Starts `sign` and kills it at its step `k`. Whether it was still running then.
    fn kill(&self, k: u32) -> bool {
        let command = self.project.command(self.words());
        if !self.strace {
            let mut command = command;
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(self.whole * k / 30);
            let _ = child.kill();
            return child.wait().unwrap().signal().is_some();
        }
        let mut traced = Command::new("strace");
        traced.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={STEPS}")]);
        traced.args(["-e", &format!("inject={STEPS}:signal=SIGKILL:when={k}")]);
        traced.arg(command.get_program()).args(command.get_args()).env_clear();
        // strace counts for each thread.
        traced.env("RAYON_NUM_THREADS", "1").env("PATH", std::env::var_os("PATH").unwrap_or_default());
        !traced.stdin(Stdio::null()).output().unwrap().status.success()
    }

    /// Kills `sign` at each of its steps on the way from a store to the one it makes.
    fn try_all(&mut self, before: &Tree) {
        self.reset(before);
        let started = Instant::now();
        let (store, site) = self.finish();
        self.whole = started.elapsed();
        let mut killed = 0;
        for k in 1..=40 {
            self.reset(before);
            if !self.kill(k) {
                break;
            }
            killed += 1;
            let ran = self.project.run(&format!("build --date {LATER}"));
            match ran.code {
                Some(0) => assert_same(&self.project.output(), &site),
                _ => assert!(ran.stderr.contains("secsite sign"), "killed at {k}: {}", ran.stderr),
            }
            let (mended, again) = self.finish();
            assert_same(&mended, &store);
            assert_same(&again, &site);
        }
        assert!(killed > 5, "{killed}");
    }
}

#[test]
fn the_first_signing_may_be_cut_short() {
    let mut signed = Signed::new();
    signed.try_all(&Tree::new());
}

#[test]
fn the_next_signing_may_be_cut_short() {
    let mut signed = Signed::new();
    signed.project.run(&format!("sign --key {} --date {DATE}", signed.secret)).exits(0);
    let before = signed.store();
    signed.project.edit("advisories/EXAMPLE-2026-0001.md", "twice.", "twice, which is once too often.");
    // And something goes that the old release had.
    signed.project.edit("policy.toml", "[[product]]", "[lints]\nexample-domain = \"allow\"\n\n[[product]]");
    signed.try_all(&before);
}
