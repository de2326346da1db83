//! `secsite explain`: the page of a rule.

use super::exit::{Exit, Failure};
use super::globals::{Globals, print_data};
use crate::diag::Rule;
use crate::diag::escape::short;
use crate::rules::{RULES, find};
use crate::source::fields::nearest;

/// Columns of a page.
const WIDTH: usize = 80;

/// `secsite explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The rule, as it stands in brackets in a finding; without it, all are listed.
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, _: &Globals) -> Result<Exit, Failure> {
    let text = match &args.rule {
        None => list(),
        Some(id) => page(find(id).ok_or_else(|| unknown(id))?),
    };
    print_data(text.as_bytes())?;
    Ok(Exit::Clean)
}

fn unknown(id: &str) -> Failure {
    let near = nearest(id, RULES.iter().map(|rule| rule.id));
    let help = near.map_or_else(
        || "`secsite explain` lists all rules".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Failure::usage(format!("there is no rule `{}`", short(id, 60)), help)
}

fn list() -> String {
    let widest = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let line = |rule: &&Rule| format!("{:<widest$}  {:<5}  {}\n", rule.id, rule.level.word(), rule.summary);
    RULES.iter().map(line).collect()
}

fn page(rule: &Rule) -> String {
    let fixed = if rule.adjustable { "" } else { ", cannot be lowered" };
    let mut out = format!("{} ({}{fixed})\n{}\n", rule.id, rule.level.word(), wrap(rule.summary));
    for paragraph in rule.explain.split("\n\n") {
        out.push_str(&format!("\n{}\n", wrap(paragraph)));
    }
    if !rule.clause.is_empty() {
        out.push_str(&format!("\n{}\n", wrap(&format!("See: {}", rule.clause))));
    }
    if rule.adjustable {
        out.push_str(&format!(
            "\nIn policy.toml:\n\n  [lints]\n  {} = \"allow\"   # or note, warn, deny\n",
            rule.id
        ));
    }
    out
}

/// Words on lines of at most [`WIDTH`] columns; a word that is longer has a line of its own.
fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{RULES, page};

    #[test]
    fn every_page_fits_a_terminal() {
        for rule in RULES {
            let page = page(rule);
            assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
            assert!(page.starts_with(rule.id) && page.ends_with('\n'), "{page}");
        }
    }
}
