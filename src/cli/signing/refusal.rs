//! Why there is no release, in the words of a command.

use crate::cli::exit::Failure;
use crate::diag::Diagnostic;
use crate::diag::escape::short;
use crate::openpgp::{Fingerprint, NotVerified};
use crate::sign::Unreleased;
use crate::sign::handover::Handover;
use crate::sign::issue::SIGN_AGAIN;
use crate::site::Site;
use crate::site::keys::Key;

/// How many files a message lists before it counts the rest.
const LISTED: usize = 10;

/// A statement of succession that waits for signatures.
pub fn unfinished(handover: &Handover, site: &Site) -> Failure {
    let message =
        "the statement by which former signers hand over to those of the policy is not signed by both";
    Failure::content(message, next_signer(handover, site))
}

/// Who is to sign a statement next: the old before the new, who then sign all else as well.
pub fn next_signer(handover: &Handover, site: &Site) -> String {
    let next = if handover.former.is_empty() { &handover.present } else { &handover.former };
    format!("run `secsite sign` with the key of {}", names(site, next))
}

/// Why there is no release, in the words of a command; findings of recipes are the caller's.
pub fn failure(problem: Unreleased, site: &Site) -> Result<Vec<Diagnostic>, Failure> {
    Err(match problem {
        Unreleased::Findings(found) => return Ok(found),
        Unreleased::Io(error) => error.into(),
        Unreleased::Signer(problem) => problem.into(),
        Unreleased::Faulty { path, reason } => {
            let message = format!("the new signature over `{path}` does not verify: {reason}");
            Failure::world(message, faulty_help(&reason))
        }
        Unreleased::Missing(paths) => {
            let message = format!(
                "{} no stored signature that holds:\n{}",
                if paths.len() == 1 {
                    "this file has".to_owned()
                } else {
                    format!("{} files have", paths.len())
                },
                listed(&paths)
            );
            Failure::content(message, SIGN_AGAIN)
        }
        Unreleased::Stale(lines) => {
            let message = if lines.is_empty() {
                "the signed manifest names other signers than the policy".to_owned()
            } else {
                format!("the site is not the one that was signed:\n{}", listed(&lines))
            };
            Failure::content(message, SIGN_AGAIN)
        }
        Unreleased::Ended => Failure::content("the signed manifest has run out", SIGN_AGAIN),
        Unreleased::TooFew { have, need, waiting } => {
            let message = format!("the manifest has {have} of {need} signatures");
            Failure::content(message, format!("run `secsite sign` with the key of {}", names(site, &waiting)))
        }
    })
}

fn faulty_help(reason: &NotVerified) -> &'static str {
    match reason {
        NotVerified::UnknownSigner(_) => {
            "the certificate that the policy names has not this subkey: export it again with \
             `gpg --armor --export FINGERPRINT` or `secsite key export SECRET`"
        }
        _ => "the key or the program is faulty: try again, and if it stays so, report it",
    }
}

/// The signers of some fingerprints, as people know them.
pub fn names(site: &Site, fingerprints: &[Fingerprint]) -> String {
    let name = |fingerprint: &Fingerprint| {
        let certificate =
            |key: &&Key| key.certificate.as_ref().is_some_and(|it| it.fingerprint() == *fingerprint);
        let key = site.keys.iter().find(certificate);
        key.map_or_else(|| fingerprint.grouped(), |key| format!("`{}` ({})", key.id, fingerprint.grouped()))
    };
    fingerprints.iter().map(name).collect::<Vec<_>>().join(", or of ")
}

fn listed<T: ToString>(items: &[T]) -> String {
    let mut lines: Vec<String> =
        items.iter().take(LISTED).map(|item| format!("  {}", short(&item.to_string(), 160))).collect();
    if items.len() > LISTED {
        lines.push(format!("  and {} more", items.len() - LISTED));
    }
    lines.join("\n")
}
