//! Killed at whatever moment, `deploy` leaves the branch as it was or as it is to be, and the next run goes on unaided.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::portal::{Portal, git_is_here};
use crate::project::assert_same;

#[test]
fn the_branch_is_old_or_new() {
    if !git_is_here() {
        return;
    }
    let portal = Portal::new();
    let old = portal.project.output();
    portal.deploy("").exits(0);
    let first = portal.tip();
    let new = portal.build_with("more");
    let before = portal.surroundings();
    let began = Instant::now();
    portal.deploy("").exits(0);
    let whole = began.elapsed();
    let mut seen = [0, 0];
    for k in 1..=10 {
        portal.remote(&["update-ref", "refs/heads/gh-pages", &first]);
        let mut child = portal.command("").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * k / 10);
        let _ = child.kill();
        let _ = child.wait();
        // A git that was started may still be at work.
        let settled = Instant::now() + Duration::from_secs(20);
        let mut tip = portal.tip();
        loop {
            std::thread::sleep(Duration::from_millis(60));
            let again = portal.tip();
            if again == tip || Instant::now() > settled {
                break;
            }
            tip = again;
        }
        // However late it ends: what is looked at is one state of the branch.
        let (is_old, branch) = loop {
            let (tip, branch) = (portal.tip(), portal.branch());
            if portal.tip() == tip {
                break (tip == first, branch);
            }
        };
        assert_same(&branch, if is_old { &old } else { &new });
        seen[usize::from(!is_old)] += 1;
        let mut after = portal.surroundings();
        after.retain(|path, _| !path.starts_with(".git/secsite-deploy/"));
        assert_same(&after, &before);
    }
    assert!(seen[0] > 0, "{seen:?}");
    portal.remote(&["update-ref", "refs/heads/gh-pages", &first]);
    portal.deploy("").exits(0);
    assert_same(&portal.branch(), &new);
    assert_same(&portal.surroundings(), &before);
}
