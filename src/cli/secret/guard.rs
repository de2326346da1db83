//! What is refused of a secret key before anybody is asked for its passphrase: the primary secret where others may get
//! at it, and a file that git would publish.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::{KEY_VARIABLE, Origin};
use crate::cli::exit::Failure;
use crate::cli::globals::in_ci;
use crate::io;
use crate::io::process::Program;
use crate::openpgp::new_key::export_signing_subkey;
use crate::openpgp::{Fingerprint, Secret, signer};

/// How long git may take to answer; it looks one name up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Refuses the primary secret in a variable, and in a file on a machine that is not the owner's. With it a thief could
/// make subkeys and extend them for ever; a stolen signing subkey is revoked, and that is the end of it.
pub(super) fn check_primary(origin: &Origin<'_>, secret: &Secret, at: Timestamp) -> Result<(), Failure> {
    if matches!(origin, Origin::File(_)) && !in_ci() {
        return Ok(());
    }
    let Some(key) = signer::primary_secret(secret)? else { return Ok(()) };
    let (what, file) = match origin {
        Origin::Variable => (format!("{KEY_VARIABLE} holds"), "FILE".to_owned()),
        Origin::File(path) => {
            let path = io::escape::path(path);
            (format!("`{path}` holds"), path)
        }
    };
    let exportable = export_signing_subkey(secret, at).is_ok();
    let message =
        format!("{what} the primary secret of the key {key}, which belongs on no machine of others");
    Err(Failure::world(message, way_out(key, &file, exportable)))
}

fn way_out(key: Fingerprint, file: &str, exportable: bool) -> String {
    let gpg = format!("`gpg --armor --export-secret-subkeys {key}`");
    if exportable {
        return format!(
            "give the signing subkey alone, as `secsite key export {file} --signing-subkey` or {gpg} prints it"
        );
    }
    format!(
        "add a signing subkey with `gpg --quick-add-key {key} ed25519 sign 1y`, export the certificate again, and give \
         what {gpg} prints"
    )
}

/// Refuses a file that a repository keeps: whoever has the repository has the key.
pub(super) fn check_untracked(path: &Path) -> Result<(), Failure> {
    if !is_tracked(path) {
        return Ok(());
    }
    let path = io::escape::path(path);
    let help = format!(
        "take it out with `git rm --cached {path}`, and if that was ever pushed, revoke the key: history keeps it"
    );
    Err(Failure::world(format!("the secret key `{path}` is tracked by git"), help))
}

/// Asks git, where there is a repository and a git. Without either nothing can be known.
fn is_tracked(path: &Path) -> bool {
    // A link may lead into a repository; what counts is where the secret lies.
    let Ok(path) = path.canonicalize() else { return false };
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    if !path.is_file() || !folder.ancestors().any(|above| above.join(".git").exists()) {
        return false;
    }
    // The repository's own configuration may name programs to start; this question needs none of them.
    let git = Program::new("git")
        .args(["--literal-pathspecs", "-c", "core.fsmonitor=false", "-C"])
        .args([folder])
        .args(["ls-files", "--error-unmatch", "-z", "--"])
        .args([name])
        .without(["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]);
    git.finish(PATIENCE).is_ok_and(|finished| finished.status.success())
}
