//! What is kept in mind of a site between two verifications, as a value and as a file.
//!
//! In goes a file of our own writing, out comes what was learned, and back. Revocations once learned stay: certificates
//! are merged, never replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diag::escape::short;
use crate::formats::manifest::{hex, unhex};
use crate::openpgp::{Certificate, Fingerprint};

const FORMAT: &str = "secsite-state/1";

/// The name of the file about one origin: its host, for people, and a part of its hash, for there may be several sites
/// on one host. Safe on every system, whatever the origin is.
pub fn file_name(origin: &str) -> String {
    let host = origin.split("://").nth(1).unwrap_or(origin);
    let host = host.split(['/', ':', '?', '#', '@']).next().unwrap_or_default();
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c.to_ascii_lowercase() } else { '_' }
    };
    let host: String = host.chars().take(100).map(safe).collect();
    let hash = hex(&Sha256::digest(origin));
    // No name begins with a dot or is one that a system keeps for itself.
    format!("site-{host}-{}.json", &hash[..16])
}

/// What is known of one origin.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// Base URL of the site.
    pub origin: String,
    /// Primary fingerprints of those whose signatures count.
    pub pins: BTreeSet<Fingerprint>,
    /// How many of them must have signed, at least.
    pub threshold: u32,
    /// Those who handed over on the way to the pins. Whoever pins them means the pins.
    pub former: BTreeSet<Fingerprint>,
    /// All that was ever seen of keys that are or were pinned.
    pub certificates: Vec<Certificate>,
    /// The site that was found to be good last; none yet, if the first one was not.
    pub last: Option<Last>,
}

/// A site that was found to be good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// The highest version.
    pub version: u64,
    /// SHA-256 of its manifest.
    pub manifest: [u8; 32],
    /// When it was judged.
    pub at: Timestamp,
}

/// Why a file does not say what is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged(String);

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Damaged {}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    format: String,
    origin: String,
    pins: Vec<String>,
    threshold: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former: Vec<String>,
    last: Option<RawLast>,
    certificates: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLast {
    version: u64,
    manifest: String,
    at: String,
}

impl Remembered {
    /// Nothing but whom to trust.
    pub fn new(origin: String, pins: BTreeSet<Fingerprint>, threshold: u32) -> Self {
        Self { origin, pins, threshold, former: BTreeSet::new(), certificates: Vec::new(), last: None }
    }

    /// Adds what certificates say to what is known of their keys.
    pub fn learn(&mut self, certificates: impl IntoIterator<Item = Certificate>) {
        let mut known: BTreeMap<Fingerprint, Certificate> = BTreeMap::new();
        for certificate in std::mem::take(&mut self.certificates).into_iter().chain(certificates) {
            let fingerprint = certificate.fingerprint();
            let merged = known.get(&fingerprint).and_then(|it| it.merge(&certificate));
            known.insert(fingerprint, merged.unwrap_or(certificate));
        }
        self.certificates = known.into_values().collect();
    }

    /// Takes over what another run has learned meanwhile.
    pub fn join(&mut self, other: Self) {
        let newer = |last: &Last| self.last.as_ref().is_none_or(|ours| ours.version < last.version);
        if other.last.as_ref().is_some_and(newer) {
            (self.last, self.pins, self.threshold) = (other.last, other.pins, other.threshold);
        }
        self.former.extend(other.former);
        self.learn(other.certificates);
    }

    /// The file.
    pub fn to_json(&self) -> Vec<u8> {
        let armored = |it: &Certificate| String::from_utf8_lossy(&it.armored()).into_owned();
        let raw = Raw {
            format: FORMAT.into(),
            origin: self.origin.clone(),
            pins: self.pins.iter().map(Fingerprint::to_string).collect(),
            threshold: self.threshold,
            former: self.former.iter().map(Fingerprint::to_string).collect(),
            last: self.last.as_ref().map(|last| RawLast {
                version: last.version,
                manifest: hex(&last.manifest),
                at: last.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            }),
            certificates: self.certificates.iter().map(armored).collect(),
        };
        // Strings and numbers are JSON, and a Vec takes every byte.
        let mut out = serde_json::to_vec_pretty(&raw).expect("plain structures are JSON");
        out.push(b'\n');
        out
    }

    /// Reads the file, or says what is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, Damaged> {
        let raw: Raw = serde_json::from_slice(bytes)
            .map_err(|error| Damaged(format!("it cannot be read: {}", short(&error.to_string(), 160))))?;
        if raw.format != FORMAT {
            return Err(Damaged(format!("it is of the unknown format `{}`", short(&raw.format, 60))));
        }
        let pin = |text: &String| {
            text.parse().map_err(|_| Damaged(format!("`{}` is no fingerprint", short(text, 60))))
        };
        let pins = raw.pins.iter().map(pin).collect::<Result<BTreeSet<Fingerprint>, _>>()?;
        let former = raw.former.iter().map(pin).collect::<Result<_, _>>()?;
        if pins.is_empty() || raw.threshold == 0 {
            return Err(Damaged("it pins nobody".into()));
        }
        let certificate = |text: &String| {
            Certificate::parse(text.as_bytes())
                .map_err(|problem| Damaged(format!("a certificate in it: {problem}")))
        };
        let last = |last: RawLast| {
            let manifest = unhex(&last.manifest)
                .ok_or_else(|| Damaged(format!("`{}` is no SHA-256", short(&last.manifest, 80))))?;
            let at = last.at.parse().map_err(|_| Damaged(format!("`{}` is no date", short(&last.at, 60))))?;
            Ok(Last { version: last.version, manifest, at })
        };
        Ok(Self {
            origin: raw.origin,
            pins,
            threshold: raw.threshold,
            former,
            certificates: raw.certificates.iter().map(certificate).collect::<Result<_, _>>()?,
            last: raw.last.map(last).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered() -> Remembered {
        let pin = "0123456789ABCDEF0123456789ABCDEF01234567".parse().unwrap();
        let mut it = Remembered::new("https://security.example.org/".into(), BTreeSet::from([pin]), 1);
        it.last = Some(Last { version: 7, manifest: [9; 32], at: "2026-11-22T00:00:00Z".parse().unwrap() });
        it
    }

    #[test]
    fn it_reads_back() {
        let json = remembered().to_json();
        assert_eq!(Remembered::parse(&json).unwrap().to_json(), json);
    }

    #[test]
    fn damage_is_named() {
        let good = String::from_utf8(remembered().to_json()).unwrap();
        for (from, to, words) in [
            ("secsite-state/1", "secsite-state/9", "unknown format"),
            ("\"version\": 7", "\"version\": -7", "cannot be read"),
            ("\"threshold\": 1", "\"threshold\": 1, \"more\": 2", "cannot be read"),
            ("\"threshold\": 1", "\"threshold\": 0", "pins nobody"),
            ("01234567\"", "0123456\"", "no fingerprint"),
            ("0909", "09", "no SHA-256"),
            ("2026-11-22T", "2026-11-99T", "no date"),
            ("\"certificates\": []", "\"certificates\": [\"x\"]", "a certificate in it"),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good, "{from}");
            let message = Remembered::parse(bad.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn another_run_can_only_add() {
        let (mut ours, mut theirs) = (remembered(), remembered());
        theirs.last.as_mut().unwrap().version = 8;
        ours.join(theirs.clone());
        assert_eq!(ours.last.as_ref().unwrap().version, 8);
        theirs.last.as_mut().unwrap().version = 3;
        ours.join(theirs);
        assert_eq!(ours.last.as_ref().unwrap().version, 8);
        // Whoever saw the newer site knows who signs it.
        let (mut late, mut ours) = (remembered(), remembered());
        late.former = std::mem::replace(&mut late.pins, ["C".repeat(40).parse().unwrap()].into());
        late.last.as_mut().unwrap().version = 9;
        let (pins, former) = (late.pins.clone(), late.former.clone());
        ours.join(late);
        assert_eq!((&ours.pins, &ours.former), (&pins, &former));
        assert_eq!(Remembered::parse(&ours.to_json()).unwrap().former, former);
    }

    #[test]
    fn file_names_are_tame() {
        assert!(file_name("https://security.example.org/a/").starts_with("site-security.example.org-"));
        assert_ne!(file_name("https://example.org/a/"), file_name("https://example.org/b/"));
        for odd in ["", "../../x", "https://../..", "https://a\u{1b}b/", &"x".repeat(999)] {
            let name = file_name(odd);
            assert!(
                name.len() < 140 && name.starts_with("site-") && !name.contains(['/', '\u{1b}']),
                "{name}"
            );
        }
    }
}
