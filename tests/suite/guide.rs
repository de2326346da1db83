//! The guide is true: the commands of its first page run as they stand, and its page of commands names the program's
//! commands and options, all of them and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::project::{Project, Ran, repository};

#[test]
fn the_first_run_runs() {
    let page = fs::read_to_string(repository().join("content/docs/first-run.md")).unwrap();
    let has_gpg = Command::new("gpg").arg("--version").stdout(Stdio::null()).status().is_ok();
    let mut script = String::from("set -eux\n");
    for line in fenced(&page, "sh") {
        if line.starts_with("cargo install") {
            // The program is here already, in the test's search path.
        } else if line.starts_with("gpg ") && !has_gpg {
            println!("skipped: `{line}`: gpg is not here");
        } else {
            script.push_str(&format!("{line}\n"));
        }
    }
    // What the page says in words: the site and its key are where it has them.
    script.push_str("test -f public/.well-known/security.txt -a -f keys/security.asc -a -f SECURITY.md\n");
    script.push_str("secsite security-md --check\n");

    let home = Project::empty();
    fs::create_dir(home.path("gnupg")).unwrap();
    fs::set_permissions(home.path("gnupg"), fs::Permissions::from_mode(0o700)).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_secsite")).parent().unwrap();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths =
        std::env::join_paths(std::iter::once(program.to_owned()).chain(std::env::split_paths(&paths)));
    let mut shell = Command::new("sh");
    shell
        .env_clear()
        .env("PATH", paths.unwrap())
        .env("HOME", home.root())
        .env("GNUPGHOME", home.path("gnupg"));
    shell.env("SECSITE_PASSPHRASE", "words of an example").current_dir(home.root());
    let ran = Ran::of(shell.args(["-c", &script]).stdin(Stdio::null())).exits(0);
    assert!(ran.stdout.contains("advisories/EXAMPLE-20"), "{}", ran.stdout);
    assert!(ran.stderr.contains("signatures made"), "{}", ran.stderr);
    if has_gpg {
        assert!(ran.stderr.contains("Good signature"), "{}", ran.stderr);
        // The agent that gpg started ends with its folder.
        let _ = Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", home.path("gnupg")).status();
    }
}

#[test]
fn the_page_of_commands_is_complete() {
    let page = fs::read_to_string(repository().join("content/docs/commands.md")).unwrap();
    let told = told(&page);
    let mut real = BTreeMap::new();
    ask(&Project::empty(), &mut Vec::new(), &mut real);
    assert_eq!(told.keys().collect::<Vec<_>>(), real.keys().collect::<Vec<_>>(), "commands");
    for (command, options) in &real {
        assert_eq!(&told[command], options, "options of `secsite {command}`");
    }
}

/// The lines of all code blocks in one language.
fn fenced<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        match line {
            "```" if inside => inside = false,
            line if inside => lines.push(line),
            line => inside = line == fence,
        }
    }
    lines
}

/// Commands by their words, and the long options in the first column of each one's table. The empty name holds those of
/// every command.
fn told(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut commands = BTreeMap::new();
    let mut options: Option<&mut BTreeSet<String>> = None;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("##") {
            let heading = heading.trim_start_matches('#').trim();
            let name = match heading.strip_prefix("`secsite ") {
                Some(words) => Some(name(words)),
                None => (heading == "Everywhere").then(String::new),
            };
            options = name.map(|name| commands.entry(name).or_insert_with(BTreeSet::new));
        } else if let (Some(options), Some(row)) = (&mut options, line.strip_prefix("| `")) {
            let cell = row.split(" | ").next().unwrap_or_default();
            options.extend(long_options(cell));
        }
    }
    commands
}

/// The words of a heading before the first that stands for something else: `key new` of `` key new [ADDRESS]` ``.
fn name(words: &str) -> String {
    let words = words.trim_end_matches('`').split(' ');
    words
        .take_while(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words that begin with two hyphens.
fn long_options(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.len() > 2 && word.starts_with("--")).map(str::to_owned)
}

/// Asks the program for its commands and options, and then each command that it names.
fn ask(project: &Project, path: &mut Vec<String>, found: &mut BTreeMap<String, BTreeSet<String>>) {
    let help = Ran::of(project.command(path.iter().map(String::as_str)).arg("-h")).exits(0).stdout;
    // A command's own options stand before those of every command.
    let (own, common) = help.split_once("\nOptions of every command:").unwrap();
    let (commands, own) = own.split_once("\nOptions:").unwrap_or((own, ""));
    let options = |text: &str| -> BTreeSet<String> {
        let rows = text.lines().filter(|line| line.trim_start().starts_with('-'));
        rows.filter_map(|row| long_options(row.trim().split("  ").next()?).next()).collect()
    };
    let mut options_here = options(own);
    if path.is_empty() {
        options_here.extend(options(common));
    } else {
        options_here.remove("--help");
    }
    let below = commands.split_once("\nCommands:").map_or("", |(_, below)| below);
    let names = below.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    // What only holds commands is no command to be told of.
    if path.is_empty() || names.is_empty() {
        found.insert(path.join(" "), options_here);
    }
    for name in names {
        if name == "help" {
            if path.is_empty() {
                found.insert("help".into(), BTreeSet::new());
            }
            continue;
        }
        path.push(name.to_owned());
        ask(project, path, found);
        path.pop();
    }
}
