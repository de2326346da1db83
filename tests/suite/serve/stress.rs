//! What a preview must live through: `cargo test --test suite serve::stress -- --ignored`. It takes two minutes.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use super::Serving;
use crate::project::{Project, advisory};

const FILE: &str = "advisories/EXAMPLE-2026-0001.md";
const PAGE: &str = "/advisories/EXAMPLE-2026-0001/";

/// The most memory that a process took, in KiB.
fn peak(serving: &Serving) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", serving.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

#[test]
#[ignore = "it takes two minutes"]
fn storms_are_lived_through() {
    let project = Project::new();
    let mut serving = Serving::new(&project, "");
    let text =
        |n: usize| advisory("EXAMPLE-2026-0001", "").replace("Use-after-free", &format!("Number {n} of"));

    // A thousand times a second, for twenty seconds.
    let (started, mut n) = (Instant::now(), 0);
    while started.elapsed() < Duration::from_secs(20) {
        project.write(FILE, text(n));
        n += 1;
        std::thread::sleep(Duration::from_micros(900));
    }
    assert!(n > 1000, "only {n}");
    project.write(FILE, text(n));
    serving.until(PAGE, |reply| reply.body.contains(&format!("Number {n} of")));

    // Ten thousand files at once, and gone again.
    for n in 0..10_000 {
        let id = format!("EXAMPLE-2025-{n:05}");
        project.write(&format!("advisories/2025/{id}.md"), advisory(&id, ""));
    }
    serving.until("/advisories/EXAMPLE-2025-09999/", |reply| reply.status == 200);
    serving.until("/advisories/EXAMPLE-2025-00000/", |reply| reply.status == 200);
    fs::remove_dir_all(project.path("advisories/2025")).unwrap();
    serving.until("/advisories/EXAMPLE-2025-09999/", |reply| reply.status == 404);

    // The policy goes and comes, over and over.
    let policy = fs::read_to_string(project.path("policy.toml")).unwrap();
    for _ in 0..50 {
        fs::remove_file(project.path("policy.toml")).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        project.write("policy.toml", &policy);
        std::thread::sleep(Duration::from_millis(20));
    }
    project.write("policy.toml", policy.replace("name = \"Example\"", "name = \"Restored\""));
    serving.until("/", |reply| reply.body.contains("Restored security"));

    // Asleep for a minute, while more is saved than the system remembers.
    let signal = |name: &str| {
        assert!(Command::new("kill").args([name, &serving.id().to_string()]).status().unwrap().success());
    };
    signal("-STOP");
    let started = Instant::now();
    for n in 0..20_000 {
        project.write(FILE, text(n));
    }
    project.write("advisories/2027/EXAMPLE-2027-0001.md", advisory("EXAMPLE-2027-0001", ""));
    std::thread::sleep(Duration::from_secs(60).saturating_sub(started.elapsed()));
    signal("-CONT");
    serving.until(PAGE, |reply| reply.body.contains("Number 19999 of"));
    serving.until("/advisories/EXAMPLE-2027-0001/", |reply| reply.status == 200);

    assert!(serving.lives());
    assert!(peak(&serving) < 300 * 1024, "{} KiB", peak(&serving));
}
