//! A verdict for people, on standard error, after all of it is known.

use std::collections::BTreeMap;

use super::Args;
use crate::cli::globals::Globals;
use crate::diag::escape::{short, visible};
use crate::diag::github;
use crate::value::counted::counted;
use crate::verify::finding::{Finding, Kind};
use crate::verify::verdict::{Facts, Verdict};

/// Reasons of one code that are shown one by one: a folder that is half a site lacks thousands of files.
const MOST: usize = 5;

/// Every reason against a site, and every warning.
pub(in crate::cli) fn reasons(globals: &Globals, verdict: &Verdict) {
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &verdict.findings {
        let count = shown.entry(finding.code).or_default();
        *count += 1;
        if *count <= MOST {
            globals.error(&text(finding));
        }
    }
    for (code, count) in shown.into_iter().filter(|(_, count)| *count > MOST) {
        globals.error(&format!("[{code}] and {} more; --json has all", count - MOST));
    }
    warnings(globals, verdict);
}

/// What will be a reason soon, or is odd.
pub(in crate::cli) fn warnings(globals: &Globals, verdict: &Verdict) {
    for warning in &verdict.warnings {
        globals.say(&format!("warning: {}", text(warning)));
    }
}

pub(super) fn verdict(globals: &Globals, args: &Args, verdict: &Verdict) {
    reasons(globals, verdict);
    match (verdict.kind(), &verdict.facts) {
        (None, Some(facts)) => describe(globals, facts),
        (None, None) => {}
        (Some(kind), facts) => globals.say(summary(kind, facts.is_some())),
    }
    if verdict.findings.is_empty() {
        for unknown in &verdict.unknown {
            globals.say(&format!("not known: {}", visible(unknown)));
        }
        if args.no_state {
            globals.say(
                "not known: whether an older site is shown for a newer one; --no-state remembers nothing",
            );
        }
    }
}

/// The verdict as GitHub's workflow commands.
pub(super) fn annotations(verdict: &Verdict) -> String {
    let line = |word, finding: &Finding| {
        github::command(word, finding.code, &format!("{} ({})", finding.message, finding.help))
    };
    let errors = verdict.findings.iter().map(|finding| line("error", finding));
    errors.chain(verdict.warnings.iter().map(|finding| line("warning", finding))).collect()
}

fn text(finding: &Finding) -> String {
    format!("[{}] {}\n  help: {}", finding.code, finding.message, finding.help)
}

fn summary(kind: Kind, authentic: bool) -> &'static str {
    match kind {
        Kind::Trust => "nothing was verified",
        Kind::Changing => "the site is changing; nothing is proven against it, and nothing for it",
        Kind::Content if authentic => {
            "the manifest is by its signers, the site is not what it says: do not use it"
        }
        Kind::Content => "nothing proves that this is what its signers published: do not use it",
        Kind::Stale => {
            "the site may have been theirs once, but it must not be taken for today's: do not use it"
        }
        Kind::World => "not everything could be read, so nothing is proven",
    }
}

fn describe(globals: &Globals, facts: &Facts) {
    let instant = |at: jiff::Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    globals.say(&format!("{} is exactly what its signers published", short(&facts.origin, 200)));
    globals.say(&format!(
        "  version {}, issued {}, good until {}",
        facts.version,
        instant(facts.issued),
        instant(facts.expires)
    ));
    globals.say(&format!("  {}, {} bytes", counted(facts.files, "file"), facts.bytes));
    for signer in &facts.signers {
        globals.say(&format!("  signed by {}", signer.grouped()));
    }
    for former in &facts.former {
        globals.say(&format!("  in succession to {}", former.grouped()));
    }
    for stranger in &facts.strangers {
        globals.say(&format!(
            "  also signed by the key {stranger}, which nobody pinned and which counts for nothing"
        ));
    }
    if let Some(length) = facts.history {
        let manifests = usize::try_from(length).unwrap_or(usize::MAX);
        globals.say(&format!("  {} in an unbroken chain", counted(manifests, "manifest")));
    }
    if facts.first_use {
        globals.say("trusted on first use: the site itself named its signer. Compare the fingerprint above, all of it,");
        globals.say("with the owner's word by another way: a release, a repository, a person");
    }
}
