//! `reviewed` is a person's word: who moves it, what keeps it, and who is told in time that it runs out.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use secsite::openpgp::Generated;

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, POLICY, Project, Ran, read_tree};

/// Facts of each kind, behind comments and odd blanks that nobody may touch.
const FACTS: &str = "
[[response]]  # odd   blanks
stage  = \"acknowledgment\"
within = \"48 hours\"

[[product.support]]
versions = \"2.x\"
status   = \"supported\"
until    = 2099-06-30
";

fn project() -> Project {
    let project = Project::new();
    let (head, tail) = POLICY.split_once("\n[[contact]]").unwrap();
    let rows = FACTS.split_once("[[product.support]]").unwrap();
    let policy =
        format!("# since 2026-11-01\n{head}\n[[product.support]]{}\n[[contact]]{tail}{}", rows.1, rows.0);
    project.write("policy.toml", policy.replace("reviewed = 2026-11-01", "reviewed=2026-11-01   # by hand"));
    project
}

fn policy(project: &Project) -> String {
    fs::read_to_string(project.path("policy.toml")).unwrap()
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Only the value of `reviewed` is another, and it is the day of the test; midnight may have passed under way.
#[track_caller]
fn assert_renewed(before: &str, after: &str) {
    let day = |day: Date| before.replace("reviewed=2026-11-01", &format!("reviewed={day}"));
    assert!(after == day(today()) || after == day(today().yesterday().unwrap()), "{after}");
}

/// A key that is good on the day of the test.
fn fresh_key() -> Generated {
    let (made, ends) = (today().checked_sub(2.days()).unwrap(), today().checked_add(2.years()).unwrap());
    new_key(&format!("{made}T00:00:00Z"), &format!("{ends}T00:00:00Z"))
}

/// The program on a terminal of its own; `None` where the machine has no `script`.
fn terminal(project: &Project, words: &str) -> Option<Command> {
    let line = format!("{} --root {} {words}", env!("CARGO_BIN_EXE_secsite"), project.root().display());
    let known = Command::new("script").arg("--version").output();
    if !known.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux")) {
        println!("skipped: there is no `script` of util-linux");
        return None;
    }
    let mut command = Command::new("script");
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TERM", "dumb");
    command.args(["-q", "-e", "-c", &line, "/dev/null"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Some(command)
}

/// Runs it with these answers; what it said stands in `stderr`.
pub fn answered(project: &Project, words: &str, answers: &str) -> Option<Ran> {
    let mut child = terminal(project, words)?.spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    assert!(!said.contains("panicked"), "{said}");
    Some(Ran { code: output.status.code(), stdout: String::new(), stderr: said })
}

#[test]
fn without_a_terminal_nobody_has_answered() {
    let project = project();
    let before = policy(&project);
    project.run("renew").exits(2).says("there is no terminal to ask on").says("--confirm-all");
    assert_eq!(policy(&project), before);
}

#[test]
fn who_has_read_it_all_may_say_so_at_once() {
    let project = project();
    let before = policy(&project).replace('\n', "\r\n");
    project.write("policy.toml", &before);
    project.run("renew --confirm-all").exits(0).says("set `reviewed` to ").says(", good until ");
    assert_renewed(&before, &policy(&project));
    project.run("renew --confirm-all").exits(0);
    assert_renewed(&before, &policy(&project));
}

#[test]
fn each_fact_is_asked_about() {
    let project = project();
    let before = policy(&project);
    let Some(ran) = answered(&project, "renew", "\nY\nwhat?\nyes\n\n") else { return };
    let ran = ran.exits(0).says("1/4  contact").says("email security@example.org, for report");
    let ran = ran.says("2/4  promise").says("acknowledgment, within: 48 hours").says("that is no answer");
    ran.says("3/4  end of support")
        .says("Example Core 2.x: ")
        .says("4/4  all else")
        .says("set `reviewed` to ");
    assert_renewed(&before, &policy(&project));
}

#[test]
fn a_no_leaves_the_date_and_names_the_line() {
    let project = project();
    let before = policy(&project);
    let line = |text: &str| before.lines().position(|line| line.starts_with(text)).unwrap() + 1;
    let Some(ran) = answered(&project, "renew", "n\ny\nedit later\ny\n") else { return };
    let ran = ran.exits(1).says("`reviewed` stays 2026-11-01");
    let ran = ran.says(&format!("policy.toml:{}: no longer true: contact: email", line("[[contact]]")));
    ran.says(&format!("policy.toml:{}: to be edited: end of support: ", line("until")));
    assert_eq!(policy(&project), before);
}

#[test]
fn who_leaves_has_not_answered() {
    let project = project();
    let before = policy(&project);
    // Ctrl-D.
    let Some(ran) = answered(&project, "renew", "y\ny\n\u{4}") else { return };
    ran.exits(2).says("no more answers").says("`reviewed` stays as it is");
    assert_eq!(policy(&project), before);
}

#[test]
fn a_policy_that_changes_under_way_is_not_overwritten() {
    let project = project();
    let Some(mut command) = terminal(&project, "renew") else { return };
    let mut child = command.spawn().unwrap();
    let (mut answers, mut said) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("still true?") {
        let mut byte = [0];
        assert_eq!(said.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&heard));
        heard.push(byte[0]);
    }
    project.edit("policy.toml", "48 hours", "24 hours");
    let before = policy(&project);
    answers.write_all(b"y\ny\ny\ny\n").unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(rest.contains("it was changed meanwhile"), "{rest}");
    assert_eq!(policy(&project), before);
}

#[test]
fn a_policy_with_errors_is_not_attested() {
    let project = project();
    project.edit("policy.toml", "48 hours", "soon");
    let before = policy(&project);
    project.run("renew --confirm-all").exits(1).says("error[bad-value]");
    assert_eq!(policy(&project), before);
}

#[test]
fn a_review_that_is_due_does_not_stop_its_own_renewal() {
    let project = project();
    let day = today().checked_sub(170.days()).unwrap();
    project.edit("policy.toml", "reviewed=2026-11-01", &format!("reviewed={day}"));
    project.edit(
        "policy.toml",
        "[advisories]",
        "[lints]\nreview-due = \"deny\"\nexample-domain = \"allow\"\n\n[advisories]",
    );
    project.run("check").exits(1).says("error[review-due]");
    project.run("renew --confirm-all").exits(0).says("set `reviewed` to ");
}

#[test]
fn what_changed_is_signed_where_a_key_is_at_hand() {
    let project = project();
    let secret = sign_with(&project, &fresh_key());
    let before = policy(&project);
    project.run("renew --confirm-all").exits(0).says("now run `secsite sign`");
    assert_renewed(&before, &policy(&project));
    assert!(read_tree(&project.path("signatures")).is_empty());

    project.run(&format!("renew --confirm-all --key {secret}")).exits(0).says("signed version 1");
    // The variable is for machines of others, so it takes no primary key.
    let subkey = project.run(&format!("key export {secret} --signing-subkey")).exits(0).stdout;
    let mut command = project.command(["renew", "--confirm-all"]);
    Ran::of(command.env("SECSITE_SIGNING_KEY", subkey)).exits(0).says("nothing to sign");
    project.run("build").exits(0).says("0 signatures made");
}

#[test]
fn nothing_else_moves_the_date() {
    let project = project();
    let secret = sign_with(&project, &fresh_key());
    let before = policy(&project);
    for words in [
        "check".to_owned(),
        "check --days 400".to_owned(),
        format!("sign --key {secret}"),
        format!("build --key {secret}"),
        "security-md".to_owned(),
        "build --preview -o looked-at".to_owned(),
    ] {
        project.run(&words);
        assert_eq!(policy(&project), before, "{words}");
    }
}

#[test]
fn what_ends_within_the_days_is_warned_about() {
    let project = project();
    project.edit("policy.toml", "2099-06-30", "2027-06-30");
    let secret = sign_with(&project, &new_key("2026-11-01T00:00:00Z", "2027-03-01T00:00:00Z"));
    project.run(&format!("sign --key {secret} --date {DATE}")).exits(0);
    let found = |days: &str| {
        let said = project.run(&format!("check --date {DATE} {days}")).exits(0).stderr;
        let rules = ["review-due", "key-expires-soon", "manifest-expires-soon", "until-soon"];
        rules.into_iter().filter(|rule| said.contains(&format!("warning[{rule}]"))).collect::<Vec<_>>()
    };
    assert!(found("").is_empty());
    assert!(found("--days 89").is_empty());
    assert_eq!(found("--days 90"), ["manifest-expires-soon"]);
    assert_eq!(found("--days 100"), ["key-expires-soon", "manifest-expires-soon"]);
    assert_eq!(found("--days 160"), ["review-due", "key-expires-soon", "manifest-expires-soon"]);
    assert_eq!(found("--days 365").len(), 4);
    project.run(&format!("check --date {DATE} --days 365 --deny warnings")).exits(1).says("[until-soon]");
    for days in ["0", "-1", "x", "99999"] {
        project.run(&format!("check --days={days}")).exits(2);
    }
}

#[test]
fn what_ends_is_in_a_calendar() {
    let project = project();
    let secret = sign_with(&project, &new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z"));
    let calendar = |date: &str| {
        project.run(&format!("build --key {secret} --date {date}")).exits(0);
        String::from_utf8(project.output()["renewals.ics"].clone()).unwrap().replace("\r\n ", "")
    };
    let events = calendar(DATE);
    assert_eq!(events.matches("BEGIN:VEVENT").count(), 3, "{events}");
    for line in [
        "PRODID:-//secsite//renewals//EN\r\n",
        "DTSTART;VALUE=DATE:20270430\r\n",
        "SUMMARY:Example: security.txt expires\\, the policy has to be reviewed\r\n",
        "DTSTART;VALUE=DATE:20281101\r\n",
        "SUMMARY:Example: the key ends: team\r\n",
        "DTSTART;VALUE=DATE:20990630\r\n",
        "SUMMARY:Example Core 2.x: last day of support\r\n",
    ] {
        assert!(events.contains(line), "{line} in {events}");
    }
    assert_eq!(events, calendar("2026-12-24T00:00:00Z"), "it says nothing of today");

    // A later review moves its event and makes no second one.
    project.edit("policy.toml", "reviewed=2026-11-01", "reviewed=2026-12-20");
    let uids = |events: &str| -> Vec<String> {
        events.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let later = calendar("2026-12-24T00:00:00Z");
    assert_eq!(uids(&events), uids(&later));
    assert!(later.contains("DTSTART;VALUE=DATE:20270618\r\n"), "{later}");

    // Who gets no fixes any more has nothing to renew.
    project.edit("policy.toml", "status   = \"supported\"", "status   = \"unsupported\"");
    assert_eq!(uids(&calendar("2026-12-24T00:00:00Z")).len(), 2);
}
