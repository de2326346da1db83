#![cfg(unix)]
use super::*;
use crate::cli::secret;

fn shell(script: &str) -> Program {
    Program::new("sh").args(["-c", script])
}

#[test]
fn output_and_status_come_back() {
    let done = shell("echo out; echo err >&2; cat; exit 3").finish(Duration::from_secs(10)).unwrap();
    assert_eq!(
        (done.status.code(), &done.stdout[..], &done.stderr[..]),
        (Some(3), &b"out\n"[..], &b"err\n"[..])
    );
}

#[test]
fn the_secrets_are_those_of_the_command_line_and_none_is_handed_on() {
    assert_eq!(SECRETS, [secret::KEY_VARIABLE, secret::PASSPHRASE_VARIABLE]);
    let program = shell("env");
    let removed: Vec<_> = program.command.get_envs().filter(|(_, value)| value.is_none()).collect();
    assert_eq!(removed.len(), SECRETS.len());
    assert!(SECRETS.iter().all(|name| removed.iter().any(|(removed, _)| removed == name)));
}

#[test]
fn a_program_that_hangs_is_killed_with_its_children() {
    let began = Instant::now();
    let late = shell("sleep 60 & sleep 60").finish(Duration::from_millis(200));
    assert!(matches!(late, Err(Unfinished::Late(_))), "{late:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_daemon_left_behind_holds_nobody_up() {
    let began = Instant::now();
    let done = shell("echo started; sleep 3 &").finish(Duration::from_secs(10)).unwrap();
    assert_eq!(done.stdout, b"started\n");
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_program_that_never_stops_talking_is_killed() {
    let loud = shell("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
    assert!(matches!(loud.finish(Duration::from_secs(20)), Err(Unfinished::Loud(_))));
}

#[test]
fn a_program_that_is_not_there_is_missing() {
    let missing = Program::new("secsite-has-no-such-program").finish(Duration::from_secs(1));
    assert!(matches!(missing, Err(Unfinished::Missing)));
}

#[test]
fn input_is_read_while_output_is_written() {
    let input = vec![b'x'; 3 << 20];
    let program = shell("cat").input(input.clone()).at_most(4 << 20);
    assert_eq!(program.finish(Duration::from_secs(20)).unwrap().stdout, input);
    let deaf = shell("exit 4").input(input).finish(Duration::from_secs(20)).unwrap();
    assert_eq!(deaf.status.code(), Some(4));
}

#[test]
fn a_partner_answers() {
    use std::io::BufRead;
    let mut partner = shell("while read -r line; do echo \"<$line>\"; done").converse().unwrap();
    for word in ["one", "two"] {
        partner.ask(format!("{word}\n").as_bytes()).unwrap();
        let mut line = String::new();
        partner.answer().read_line(&mut line).unwrap();
        assert_eq!(line, format!("<{word}>\n"));
    }
}
