//! `--wait`: until the host shows the site that was deployed.

use std::thread;

use crate::cli::exit::Failure;
use crate::cli::globals::Globals;
use crate::cli::verify;
use crate::deploy::{Release, patience};
use crate::io::fetch::{Host, Limits};

use super::fit::Owner;

/// Asks the host until it is what was deployed.
pub(super) fn wait(globals: &Globals, owner: &Owner, release: &Release) -> Result<(), Failure> {
    let base = owner.base.as_str();
    let minutes = patience::LONGEST.as_secs() / 60;
    globals.say(&format!(
        "waiting until {base} shows version {}, for {minutes} minutes at most",
        release.manifest.version
    ));
    let lanes = verify::lanes(true)?;
    let mut pauses = patience::pauses();
    loop {
        // What a slow host has taught one is not held against the next try.
        let host = Host::new(&owner.base, Limits::default());
        let why = match Release::read(&host) {
            Some(live) if live.hash == release.hash => {
                let verdict = lanes.install(|| owner.verdict(&host));
                match verdict.findings.first() {
                    None => {
                        globals.say(&format!("{base} is exactly what was deployed"));
                        return Ok(());
                    }
                    Some(finding) => finding.message.clone(),
                }
            }
            Some(live) => format!("it shows another manifest, version {}", live.manifest.version),
            None => "it does not show a manifest".to_owned(),
        };
        globals.detail(&format!("not yet: {why}"));
        let Some(pause) = pauses.next() else {
            let message = format!("{base} does not show what was deployed: {why}");
            let help = format!(
                "the branch is right; look at the host's settings and its log of deployments, then run `secsite verify {base}`"
            );
            return Err(Failure::world(message, help));
        };
        thread::sleep(pause);
    }
}
