//! From the signers that are pinned to those who sign now, by statements that both have signed.
//!
//! A statement counts for whoever pinned nobody but those who hand over. Then it must hold: one that is half signed is
//! no reason to stay with the old signers, but to trust nobody.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::authority::Authority;
use super::finding::{Finding, quoted};
use super::offer::read;
use super::place::Place;
use super::signature;
use crate::diag::escape::short;
use crate::formats::manifest::Signers;
use crate::formats::succession::{LARGEST, Succession};
use crate::openpgp::{Fingerprint, canonical};
use crate::routes::{self, OutPath};

/// How many times signers may have changed.
const MOST: u32 = 256;

const HELP: &str = "do not use this copy; ask the owner, by another way than this site, who signs now";

/// Moves the pins as far as statements lead.
pub(super) fn walk(
    authority: &mut Authority,
    place: &dyn Place,
    origin: &str,
    now: Timestamp,
) -> Result<(), Box<Finding>> {
    for number in 1..=MOST {
        let path = routes::succession(number).file();
        let Some(bytes) = read(place, &path, LARGEST)? else { break };
        let bad = |words: String| {
            let message = format!("{}: {words}", quoted(path.as_str()));
            Box::new(Finding::content("bad-succession", path.as_str(), message, HELP))
        };
        let statement = Succession::parse(&bytes).map_err(|problem| bad(problem.to_string()))?;
        if statement.number != number {
            return Err(bad(format!("the statement says that it is number {}", statement.number)));
        }
        if statement.origin != origin {
            let (theirs, ours) = (short(&statement.origin, 200), short(origin, 200));
            return Err(bad(format!("the statement is about `{theirs}`, not about `{ours}`")));
        }
        let (from, to) = (set(&statement.from), set(&statement.to));
        let news = authority.pins != to || authority.threshold > statement.to.threshold;
        if authority.pins.is_subset(&from) && news {
            check(authority, place, &path, &bytes, &statement, now)?;
            authority.hand_over(&statement.to);
        }
    }
    Ok(())
}

/// Whether enough of both sides have signed, and of those who were pinned.
fn check(
    authority: &mut Authority,
    place: &dyn Place,
    path: &OutPath,
    bytes: &[u8],
    statement: &Succession,
    now: Timestamp,
) -> Result<(), Box<Finding>> {
    let (from, to) = (set(&statement.from), set(&statement.to));
    from.union(&to).for_each(|signer| authority.learn(place, *signer));
    let beside = path.with(".asc");
    let armored = read(place, &beside, canonical::LARGEST as u64)?.ok_or_else(|| {
        let message =
            format!("{} is not signed: there is no {}", quoted(path.as_str()), quoted(beside.as_str()));
        Finding::content("half-succession", path.as_str(), message, HELP)
    })?;
    let verified = authority
        .verifier(from.union(&to), now)
        .detached(bytes, &armored)
        .map_err(|reason| signature::finding(beside.as_str(), &reason))?;
    let signed: BTreeSet<Fingerprint> = verified.signers().into_iter().collect();
    let sides = [
        ("old", &from, statement.from.threshold),
        ("pinned", &authority.pins, authority.threshold),
        ("new", &to, statement.to.threshold),
    ];
    for (side, signers, needed) in sides {
        let count = signed.intersection(signers).count();
        if u32::try_from(count).unwrap_or(u32::MAX) < needed {
            // Without a certificate nobody can tell whether its key signed.
            let unknown = signers.iter().find(|signer| !authority.certificates.contains_key(signer));
            let why = unknown.map_or_else(String::new, |signer| {
                format!("; there is no certificate of `{signer}` to judge by")
            });
            let message = format!(
                "{}: {count} of the {side} signers are known to have signed it, and {needed} must{why}",
                quoted(path.as_str())
            );
            return Err(Box::new(Finding::content("half-succession", path.as_str(), message, HELP)));
        }
    }
    Ok(())
}

fn set(signers: &Signers) -> BTreeSet<Fingerprint> {
    signers.fingerprints.iter().copied().collect()
}
