//! The id of the same, a related or an upstream vulnerability in another database.
//!
//! In goes one string of `aliases`, `related` or `upstream`, out comes an [`Alias`] that knows its page.
//! Ids of databases unknown here are kept as they are; misspelt CVE and GHSA ids are refused.

use std::fmt;

use crate::value::Invalid;
use crate::value::shown::shown;

/// Prefixes of ids that osv.dev has pages for (OSV schema, "id" field).
const OSV_PREFIXES: &[&str] = &[
    "ALBA",
    "ALEA",
    "ALPINE",
    "ALSA",
    "ASB-A",
    "BELL",
    "BIT",
    "CGA",
    "CURL",
    "DEBIAN",
    "DLA",
    "DRUPAL",
    "DSA",
    "DTSA",
    "ECHO",
    "EEF",
    "ELA",
    "GO",
    "GSD",
    "HSEC",
    "JLSEC",
    "LBSEC",
    "LSN",
    "MAL",
    "MGASA",
    "MINI",
    "OESA",
    "OSEC",
    "OSV",
    "PHSA",
    "PSF",
    "PUB-A",
    "PYSEC",
    "RHBA",
    "RHEA",
    "RHSA",
    "RLSA",
    "RSEC",
    "RUSTSEC",
    "RXSA",
    "SUSE-FU",
    "SUSE-OU",
    "SUSE-RU",
    "SUSE-SU",
    "UBUNTU",
    "USN",
    "V8",
    "openSUSE-SU",
];

/// Whose id it is, as far as pages treat it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// A CVE id.
    Cve,
    /// A GitHub Security Advisory id.
    Ghsa,
    /// `CVE-pending`: asked for, not yet given. Shown as a chip, in no machine format.
    Pending,
    /// Any other database.
    Other,
}

/// An id of another database. CVE ids sort before GHSA ids, before all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias {
    kind: AliasKind,
    text: String,
}

impl Alias {
    /// Letters, digits and `-_.:`; CVE and GHSA ids exactly in their form.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.eq_ignore_ascii_case("CVE-pending") {
            return Ok(Self { kind: AliasKind::Pending, text: "CVE-pending".to_owned() });
        }
        let starts =
            |prefix: &str| text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
        let kind = if starts("CVE-") {
            if !is_cve(text) {
                return Err(Invalid::new(
                    format!("{} is not a CVE id", shown(text)),
                    "write `CVE-`, a year and at least four digits, such as `CVE-2026-12345`; `CVE-pending` while you wait for one",
                ));
            }
            AliasKind::Cve
        } else if starts("GHSA-") {
            if !is_ghsa(text) {
                return Err(Invalid::new(
                    format!("{} is not a GHSA id", shown(text)),
                    "write `GHSA-` and three groups of four, such as `GHSA-h7h7-6mx3-r89v`",
                ));
            }
            AliasKind::Ghsa
        } else if is_other(text) {
            AliasKind::Other
        } else {
            return Err(Invalid::new(
                format!("{} is not an id of an advisory database", shown(text)),
                "write an id such as `CVE-2026-12345`: letters, digits and `-_.:`, at most 100",
            ));
        };
        Ok(Self { kind, text: text.to_owned() })
    }

    /// The id in its canonical form.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whose id it is.
    pub fn kind(&self) -> AliasKind {
        self.kind
    }

    /// The page that explains this id, if its database is known to have one.
    pub fn url(&self) -> Option<String> {
        let id = &self.text;
        match self.kind {
            AliasKind::Cve => Some(format!("https://www.cve.org/CVERecord?id={id}")),
            AliasKind::Ghsa => Some(format!("https://github.com/advisories/{id}")),
            AliasKind::Pending => None,
            AliasKind::Other if id.starts_with("EUVD-") => {
                Some(format!("https://euvd.enisa.europa.eu/vulnerability/{id}"))
            }
            AliasKind::Other => OSV_PREFIXES
                .iter()
                .any(|prefix| id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-')))
                .then(|| format!("https://osv.dev/vulnerability/{id}")),
        }
    }
}

impl fmt::Display for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `CVE-` year `-` four to nineteen digits (CVE Record Format, `cveId`).
fn is_cve(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.strip_prefix("CVE-").and_then(|rest| rest.split_once('-')).is_some_and(|(year, number)| {
        year.len() == 4
            && digits(year)
            && ("1999"..="2100").contains(&year)
            && (4..=19).contains(&number.len())
            && digits(number)
    })
}

/// `GHSA` and three groups of four from an alphabet without vowels and look-alikes.
fn is_ghsa(text: &str) -> bool {
    let group = |part: &str| part.len() == 4 && part.chars().all(|c| "23456789cfghjmpqrvwx".contains(c));
    text.strip_prefix("GHSA-").is_some_and(|rest| rest.split('-').count() == 3 && rest.split('-').all(group))
}

/// The widest shape that is still an id: it begins with a letter or digit and has one of each kind.
fn is_other(text: &str) -> bool {
    (3..=100).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.contains(|c: char| c.is_ascii_digit())
        && text.contains(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
