//! `secsite check`: every finding of the policy, the advisories, the theme and the output, in one run.

mod online;
mod profile;
mod tags;
pub(super) mod twice;

use std::mem::ManuallyDrop;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::guard::Past;
use super::load::{self, Resolved};
use super::receipt::{Course, Receipt};
use super::signing;
use crate::diag::Diagnostic;
use crate::profiles::report::Report;
use crate::selftest;
use crate::site::{Mark, Options};
use crate::value::counted::counted;

/// `secsite check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Compare with what is public: a folder, beneath the root unless absolute, or the portal's address.
    #[arg(long, value_name = "DIR|URL")]
    against: Option<String>,
    /// Show what there is as evidence for a scheme, such as `scorecard` or `bsi`; may be given several times.
    #[arg(long, value_name = "NAME")]
    profile: Vec<String>,
    /// Look at the portal where it lives, too: redirects, types, headers, keys, CSAF, signed bytes, days left.
    #[arg(long, conflicts_with = "profile")]
    online: bool,
    /// Check as if it were built on this date (RFC 3339).
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Warn about all that ends within so many days, support of versions too; without it 30, and support aside.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=3660))]
    days: Option<u16>,
    /// Leave a rule out; may be given several times.
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let profiles = profile::named(&args.profile, globals)?;
    if args.online {
        online::check_form(globals)?;
    }
    let past = args.against.as_deref().map(|word| Past::named(globals, word)).transpose()?;
    let mut loaded = load::load(globals, &[], args.date.as_deref())?;
    load::allow(&mut loaded.levels, &args.allow)?;
    loaded.levels.show_notes();
    let signs = loaded.parsed.policy.as_ref().is_some_and(|policy| policy.signing.is_some());
    let mark = if signs { Mark::Signed } else { Mark::Unsigned };
    let options = Options { mark, days: args.days, ..Options::default() };
    signing::store::check(globals, &mut loaded, options.notice())?;
    let dated = loaded.dated;
    // The process ends here, and the system takes all memory at once: a large site is not taken apart text by text.
    let mut resolved = ManuallyDrop::new(load::resolve(loaded, &options));
    let resolved: &mut Resolved = &mut resolved;
    let plan = ManuallyDrop::new(resolved.plan());
    let mut reports = Vec::new();
    if let (Some(past), Some(plan)) = (&past, &*plan) {
        past.compare(globals, plan, resolved)?;
    }
    if let (Some(site), Some(plan)) = (&resolved.site, &*plan) {
        let course = Course { command: "check", root: &globals.root, output: None, dated, other: &[] };
        let receipt = Receipt::of(site, &resolved.sources, &course);
        if receipt.as_ref().and_then(Receipt::outcome).is_none() {
            let found = selftest::run(site, plan);
            if let Some(receipt) = receipt.filter(|_| found.is_empty()) {
                receipt.keep("nothing found");
            }
            found.into_iter().for_each(|finding| resolved.diags.push(finding));
        }
        twice::check(globals, &site.policy, &mut resolved.diags);
        tags::check(globals, &site.policy, &mut resolved.diags);
        if mark == Mark::Unsigned {
            resolved.diags.push(unsigned());
        }
        let Resolved { sources, diags, private, .. } = &*resolved;
        reports = profile::assess(&profiles, globals, site, plan, sources, diags, private);
    }
    let findings = resolved.judge();
    let live = match resolved.site.as_ref().filter(|_| args.online) {
        Some(site) => online::look(site, resolved.sources.judged, options.notice())?,
        None => Vec::new(),
    };
    if args.online {
        online::print(globals, &live, &findings, resolved)?;
    } else if profiles.is_empty() {
        resolved.print(globals, &findings)?;
    } else {
        profile::print(globals, &reports, &findings, &resolved.sources, &resolved.private)?;
    }
    if resolved.policy_unreadable || findings.denied() > 0 {
        return Ok(resolved.stopped());
    }
    if let Some(exit) = online::exit(globals, &live) {
        return Ok(exit);
    }
    if let Some(site) = &resolved.site {
        let missing: usize = reports.iter().map(Report::missing).sum();
        if missing > 0 {
            globals.say(&format!("{} without evidence", counted(missing, "required control")));
            return Ok(Exit::Content);
        }
        let advisories = counted(site.advisories.len(), "published advisory");
        let aside = if signs { ", signatures aside" } else { "" };
        globals.say(&format!("checked {advisories}: nothing that would stop a build{aside}"));
    }
    Ok(Exit::Clean)
}

/// The finding of a site that nobody signs.
pub fn unsigned() -> Diagnostic {
    let help = "make a key with `secsite key new` and name it in [signing]";
    crate::rules::output::NO_SIGNATURE.anywhere("the site is not signed").help(help)
}
