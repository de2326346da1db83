//! How to verify the portal with tools that people have.

use serde::Serialize;

use super::key::Key;
use crate::routes;
use crate::site::{Mark, Site};

/// The page.
#[derive(Debug, Serialize)]
pub struct Verify {
    /// The key that signs, or that would once the site is signed.
    pub key: Option<Key>,
    /// Command that gets the list of checksums.
    pub fetch: String,
    /// Command that verifies its signature.
    pub verify: String,
    /// Command that checks the files.
    pub check: String,
    /// Command that does all of it.
    pub secsite: String,
}

impl Verify {
    /// Gathers it.
    pub fn of(site: &Site) -> Self {
        let configured = |id: &str| site.policy.signing.as_ref().is_some_and(|signing| signing.names(id));
        let would_sign = || site.keys.iter().find(|key| configured(&key.id));
        let signing = match site.mark {
            Mark::Unsigned => None,
            _ => site.signing_key().or_else(would_sign),
        };
        let key = signing.filter(|key| key.certificate.is_some()).map(|key| Key::of(site, key));
        let list = routes::checksums();
        let (url, name) = (site.url(&list), list.as_str());
        let fingerprint = key.as_ref().and_then(|key| key.fingerprint.clone()).unwrap_or_default();
        Self {
            fetch: if key.is_some() {
                format!("curl -sSfO {url} -O {url}.asc")
            } else {
                format!("curl -sSfO {url}")
            },
            verify: format!("gpg --verify {name}.asc {name}"),
            check: format!("sha256sum --check --quiet {name}"),
            secsite: format!("secsite verify {} --signer {fingerprint}", site.base.as_str()),
            key,
        }
    }
}
