//! The commands of Sequoia's sq, as of its version 1, in place of those of gpg. It needs no keyring: the certificates are
//! named as files.

use serde::Serialize;

use super::gpg::MANIFEST;
use crate::routes;

/// The commands, in their order.
#[derive(Debug, Serialize)]
pub struct Commands {
    /// Shows the fingerprints of the certificates.
    pub inspect: String,
    /// Verifies the manifest and the list of checksums.
    pub verify: String,
    /// Takes what was signed out of security.txt.
    pub security_txt: String,
}

impl Commands {
    pub(super) fn of(fingerprints: &[&str], threshold: usize) -> Self {
        let files: Vec<String> =
            fingerprints.iter().map(|fingerprint| format!("{fingerprint}.asc")).collect();
        let inspect: Vec<String> = files.iter().map(|file| format!("sq inspect {file}")).collect();
        let signers: String = files.iter().map(|file| format!(" \\\n  --signer-file={file}")).collect();
        let threshold = if threshold > 1 { format!(" --signatures={threshold}") } else { String::new() };
        let detached = |path: &str, threshold: &str| {
            format!("sq verify{threshold}{signers} \\\n  --signature-file={path}.asc {path}")
        };
        let list = routes::checksums();
        Self {
            inspect: inspect.join("\n"),
            // Only the manifest has the signatures of several.
            verify: format!("{}\n{}", detached(MANIFEST, &threshold), detached(list.as_str(), "")),
            security_txt: format!(
                "sq verify --cleartext{signers} \\\n  --output=security.txt.verified {}",
                routes::security_txt().as_str()
            ),
        }
    }
}
