//! `secsite renew`: asks of each fact whether it still holds, then dates the review, then signs.
//!
//! `reviewed` is a person's word. Nothing else moves it, and one "no" leaves it where it is.

mod facts;
mod stamp;

use std::path::PathBuf;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::{ask, policy, secret, shown, sign};
use crate::diag::escape::visible;
use crate::io;
use crate::site::Site;
use crate::source::Sources;
use crate::value::Invalid;
use crate::value::date::When;
use facts::Fact;

/// `secsite renew`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ask nothing: you have been through the whole policy, and all of it holds.
    #[arg(long)]
    confirm_all: bool,
    /// File with the secret key to sign with afterwards; else the variable SECSITE_SIGNING_KEY.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Sign afterwards with a key that gpg-agent holds.
    #[arg(long, conflicts_with = "key")]
    agent: bool,
}

/// What somebody says of a fact.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Holds,
    Wrong,
    Later,
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    if !args.confirm_all && !ask::is_possible() {
        let help = "run it where somebody can answer; whoever has been through the whole policy may say --confirm-all";
        return Err(Failure::usage("there is no terminal to ask on", help));
    }
    let (mut site, sources) = policy::sound(globals, false)?;
    let facts = facts::of(&site);
    let doubts = if args.confirm_all { Vec::new() } else { walk(globals, &facts, &sources)? };
    if !doubts.is_empty() {
        return Err(doubted(globals, &site, &sources, &doubts));
    }
    date(globals, &mut site, &sources)?;
    if site.policy.signing.is_none() {
        return Ok(Exit::Clean);
    }
    let named = std::env::var_os(secret::KEY_VARIABLE).is_some_and(|value| !value.is_empty());
    if args.key.is_none() && !args.agent && !named {
        globals.say("now run `secsite sign` where the key is, and commit what it writes");
        return Ok(Exit::Clean);
    }
    sign::run(&sign::Args::with(args.key.clone(), args.agent), globals)
}

/// Asks about one fact after the other; what comes back does not hold, or is to be looked at.
fn walk<'f>(
    globals: &Globals,
    facts: &'f [Fact],
    sources: &Sources,
) -> Result<Vec<(&'f Fact, Answer)>, Failure> {
    let instead = "`reviewed` stays as it is; run `secsite renew` again when there is time";
    let mut doubts = Vec::new();
    for (i, fact) in facts.iter().enumerate() {
        let place = place(globals, fact, sources);
        let lines = visible(&fact.text);
        let prompt = format!(
            "{}/{}  {}  ({place})\n  {lines}\n  still true? [Y/n/edit later]: ",
            i + 1,
            facts.len(),
            fact.group
        );
        let answer = ask::until(&prompt, instead, read)?;
        if answer != Answer::Holds {
            doubts.push((fact, answer));
        }
    }
    Ok(doubts)
}

fn read(answer: &str) -> Result<Answer, Invalid> {
    match answer.to_lowercase().as_str() {
        "" | "y" | "yes" => Ok(Answer::Holds),
        "n" | "no" => Ok(Answer::Wrong),
        "e" | "edit" | "l" | "later" | "edit later" => Ok(Answer::Later),
        _ => Err(Invalid::new("that is no answer", "write `y` for yes, `n` for no, or `e` to edit it later")),
    }
}

/// `policy.toml:14`.
fn place(globals: &Globals, fact: &Fact, sources: &Sources) -> String {
    let path = shown::path(&globals.root, &sources.file(fact.span.file).path);
    format!("{path}:{}", sources.position(fact.span).line)
}

fn doubted(globals: &Globals, site: &Site, sources: &Sources, doubts: &[(&Fact, Answer)]) -> Failure {
    let stays = match site.policy.document.attested() {
        Some(day) => format!("`reviewed` stays {day}"),
        None => "the policy stays unreviewed".to_owned(),
    };
    let mut message = format!("{stays}, for not all holds:");
    for (fact, answer) in doubts {
        let why = if *answer == Answer::Wrong { "no longer true" } else { "to be edited" };
        let place = place(globals, fact, sources);
        message.push_str(&format!("\n  {place}: {why}: {}: {}", fact.group, visible(&fact.text)));
    }
    Failure::content(message, "edit these lines, then run `secsite renew` again")
}

/// Sets `reviewed` to today, in the file and in `site`.
fn date(globals: &Globals, site: &mut Site, sources: &Sources) -> Result<(), Failure> {
    // The day on which somebody attests is that of the clock, whatever a build is dated.
    let today = When::Instant(sources.clock).day();
    let reviewed = &mut site.policy.document.reviewed;
    let file = sources.file(reviewed.span.file);
    let path = shown::path(&globals.root, &file.path);
    if reviewed.value == today {
        globals.say(&format!("`reviewed` in {path} is {today} already"));
        return Ok(());
    }
    let Some(after) = stamp::stamp(&file.bytes, reviewed, today) else {
        let line = sources.position(reviewed.span).line;
        let help = format!("write `reviewed = {today}` in {path}:{line} yourself");
        return Err(Failure::content("`reviewed` is written in a way that cannot be replaced", help));
    };
    io::write::exchange(&globals.root, &file.path, &file.bytes, &after)?;
    reviewed.value = today;
    let until = crate::site::policy::expires(&site.policy);
    let until = until.map_or_else(String::new, |day| format!(", good until {day}"));
    globals.say(&format!("set `reviewed` to {today} in {path}{until}"));
    Ok(())
}
