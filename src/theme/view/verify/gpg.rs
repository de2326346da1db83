//! The way that needs nothing of secsite: curl or wget, gpg and sha256sum.
//!
//! In go addresses and fingerprints, out come blocks of commands to be run one after the other in one shell. The keyring
//! is a new one: in a person's own, many keys could make a signature good.

use serde::Serialize;

use crate::routes;
use crate::site::Site;

/// What curl calls the manifest. It is not among the files that the list of checksums has, so it need not lie in its place.
pub(super) const MANIFEST: &str = "manifest.json";

/// The commands, in their order.
#[derive(Debug, Serialize)]
pub struct Commands {
    /// Makes an empty folder and an empty keyring.
    pub prepare: String,
    /// Gets the signers' certificates and shows their fingerprints.
    pub certificates: String,
    /// Gets the manifest and verifies its signatures.
    pub manifest: String,
    /// Prints the manifest's dates and its version.
    pub facts: String,
    /// Gets the list of checksums; of a signed site, verifies that the manifest lists it.
    pub checksums: String,
    /// Gets every file, with curl.
    pub files: String,
    /// The same with wget, which is faster.
    pub wget: String,
    /// Checks the files.
    pub check: String,
    /// Takes what was signed out of security.txt.
    pub security_txt: String,
    /// Gets the first statement of succession and verifies its signatures, where former keys are named.
    pub statement: Option<String>,
}

impl Commands {
    pub(super) fn of(site: &Site, fingerprints: &[&str], former: &[&str]) -> Self {
        let signed = !fingerprints.is_empty();
        let base = site.base.as_str();
        let (manifest, sums) = (site.url(&routes::manifest()), site.url(&routes::checksums()));
        let list = routes::checksums().as_str().to_owned();
        let (fetch, names) = certificates(site, fingerprints);
        // Of `/project/policy/` wget shall keep `policy/`.
        let above = site.base.path().split('/').filter(|part| !part.is_empty()).count();
        let cut = if above == 0 { String::new() } else { format!(" --cut-dirs={above}") };
        Self {
            prepare: if signed {
                "cd \"$(mktemp -d)\"\nexport GNUPGHOME=\"$(mktemp -d)\"".to_owned()
            } else {
                "cd \"$(mktemp -d)\"".to_owned()
            },
            certificates: format!("{fetch}\ngpg --import {names}\ngpg --fingerprint"),
            manifest: format!(
                "curl -sSf -O {manifest}\ncurl -sSf -O {manifest}.asc\ngpg --verify {MANIFEST}.asc {MANIFEST}"
            ),
            facts: format!(r#"grep -oE '"(expires|issued|origin|version)":("[^"]*"|[0-9]+)' {MANIFEST}"#),
            checksums: if signed {
                format!(
                    "curl -sSf -O {sums}\ncurl -sSf -O {sums}.asc\ngpg --verify {list}.asc {list} &&\n  grep -cF \"$(sha256sum \
                     {list} | cut -c -64)\" {MANIFEST}"
                )
            } else {
                format!("curl -sSf -O {sums}")
            },
            files: format!(
                "cut -c 67- {list} | while IFS= read -r file; do\n  curl -sSf --create-dirs -o \"$file\" \
                 \"{base}$file\"\ndone"
            ),
            wget: format!("cut -c 67- {list} | wget -nv -x -nH{cut} -B {base} -i -"),
            check: format!("sha256sum --check --quiet {list}"),
            security_txt: format!(
                "gpg --output security.txt.verified --verify {}\ncat security.txt.verified",
                routes::security_txt().as_str()
            ),
            statement: (!former.is_empty()).then(|| statement(site, former)),
        }
    }
}

fn statement(site: &Site, former: &[&str]) -> String {
    let statement = site.url(&routes::succession(1));
    let name = statement.rsplit('/').next().unwrap_or_default();
    let (fetch, names) = certificates(site, former);
    format!(
        "{fetch}\ngpg --import {names}\ncurl -sSf -O {statement}\ncurl -sSf -O {statement}.asc\ngpg --verify {name}.asc \
         {name}\ncat {name}"
    )
}

/// The commands that get certificates, and the names of the files that they make.
fn certificates(site: &Site, fingerprints: &[&str]) -> (String, String) {
    let fetch = |fingerprint: &&str| format!("curl -sSf -O {}", site.url(&routes::certificate(fingerprint)));
    let fetch: Vec<String> = fingerprints.iter().map(fetch).collect();
    let names: Vec<String> = fingerprints.iter().map(|fingerprint| format!("{fingerprint}.asc")).collect();
    (fetch.join("\n"), names.join(" "))
}
