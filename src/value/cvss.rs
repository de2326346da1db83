//! CVSS vectors of all versions in use, with their score and what they say in words.
//!
//! In goes a vector string, out comes a [`Vector`] whose score was computed here, never taken on trust. A score
//! covers what the standard calls the score of the vector: base metrics in versions 2 and 3, all in version 4.

use std::fmt;
use std::str::FromStr;

use cvss::Cvss;

use super::Invalid;
use super::severity::Severity;
use super::shown::shown;

mod range;
mod words;

pub use range::CvssRange;

/// Longest vector, in bytes; one with every metric of version 4 has about 220.
const LONGEST: usize = 400;

/// A version of the standard; later ones are larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CvssVersion {
    /// 2.0 of 2007.
    V2,
    /// 3.0 of 2015.
    V30,
    /// 3.1 of 2019; rounds differently from 3.0.
    V31,
    /// 4.0 of 2023.
    V40,
}

impl CvssVersion {
    /// As in a vector: `3.1`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2 => "2.0",
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V40 => "4.0",
        }
    }
}

impl fmt::Display for CvssVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A vector, checked and scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vector {
    version: CvssVersion,
    text: String,
    /// Tenths, so that vectors can be equal.
    tenths: u32,
    severity: Severity,
}

impl Vector {
    /// A vector with its `CVSS:x.y/` prefix; version 2 also without one, or in parentheses, as it was printed.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let cvss = if text.len() > LONGEST { Err("it is too long".to_owned()) } else { read(text.trim()) };
        let cvss = cvss.map_err(|why| {
            Invalid::new(
                format!("{} is not a CVSS vector: {why}", shown(text)),
                "copy the vector from a calculator, such as `CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N`",
            )
        })?;
        let version = match &cvss {
            Cvss::CvssV20(_) => CvssVersion::V2,
            Cvss::CvssV30(_) => CvssVersion::V30,
            Cvss::CvssV31(_) => CvssVersion::V31,
            _ => CvssVersion::V40,
        };
        // A score lies between 0.0 and 10.0; `as` saturates if a dependency should ever think otherwise.
        let tenths = (cvss.score() * 10.0).round() as u32;
        Ok(Self { version, text: cvss.to_string(), tenths, severity: band(version, tenths) })
    }

    /// Which version of the standard it follows.
    pub fn version(&self) -> CvssVersion {
        self.version
    }

    /// Later versions of the standard rank higher.
    pub fn version_rank(&self) -> u8 {
        self.version as u8
    }

    /// The vector with its metrics in the standard's order; version 2 has no prefix.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// From 0.0 to 10.0, to one decimal.
    pub fn score(&self) -> f64 {
        f64::from(self.tenths) / 10.0
    }

    /// By the bands of its version: version 2 knows neither none nor critical.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether `word` does not contradict this vector. A critical flaw is high in version 2, which has no higher word.
    pub fn agrees(&self, word: Severity) -> bool {
        match (self.version, word) {
            (CvssVersion::V2, Severity::Critical) => self.severity == Severity::High,
            (CvssVersion::V2, Severity::None) => self.tenths == 0,
            _ => self.severity == word,
        }
    }

    /// The base metrics (and exploit maturity) for readers: `("Attack vector", "network")`.
    pub fn metrics(&self) -> Vec<(&'static str, &'static str)> {
        words::metrics(self.version, &self.text)
    }

    /// The calculator of the standard's authors, showing this vector.
    pub fn url(&self) -> Option<String> {
        let page = match self.version {
            CvssVersion::V2 => return None,
            CvssVersion::V30 => "3-0",
            CvssVersion::V31 => "3-1",
            CvssVersion::V40 => "4-0",
        };
        Some(format!("https://www.first.org/cvss/calculator/{page}#{}", self.text))
    }
}

impl fmt::Display for Vector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

fn read(text: &str) -> Result<Cvss, String> {
    let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let bare = bare.strip_prefix("CVSS:2.0/").unwrap_or(bare);
    if bare.starts_with("AV:") {
        return cvss::v2::Vector::from_str(bare).map(Cvss::CvssV20).map_err(|error| error.to_string());
    }
    let cvss = Cvss::from_str(text).map_err(|error| error.to_string())?;
    // The crate asks for the mandatory metrics of versions 2 and 4 alone.
    if matches!(cvss, Cvss::CvssV30(_) | Cvss::CvssV31(_)) {
        let given = |metric: &str| {
            text.split('/')
                .any(|part| part.split_once(':').is_some_and(|(name, _)| name.eq_ignore_ascii_case(metric)))
        };
        let missing = ["AV", "AC", "PR", "UI", "S", "C", "I", "A"].into_iter().find(|metric| !given(metric));
        if let Some(metric) = missing {
            return Err(format!("the mandatory metric {metric} is missing"));
        }
    }
    Ok(cvss)
}

/// The standard's bands; those of version 2 are NVD's, as the standard itself has none.
fn band(version: CvssVersion, tenths: u32) -> Severity {
    match (version, tenths) {
        (CvssVersion::V2, 0..=39) => Severity::Low,
        (CvssVersion::V2, 70..) => Severity::High,
        (_, 0) => Severity::None,
        (_, 1..=39) => Severity::Low,
        (_, 40..=69) => Severity::Medium,
        (_, 70..=89) => Severity::High,
        (_, 90..) => Severity::Critical,
    }
}

#[cfg(test)]
mod tests;
