//! The guide is true: the commands of its first page run as they stand, and its page of commands names the program's
//! commands and options, all of them and no others.

mod first_run;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::project::{Project, Ran, repository};

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
