//! A range of scores, as a policy grades by them: `9.0-10.0`.

use std::fmt;

use crate::value::Invalid;
use crate::value::shown::shown;

/// Scores from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CvssRange {
    /// In tenths, so that ranges can be equal.
    min: u8,
    max: u8,
}

impl CvssRange {
    /// `9.0-10.0`, also with a dash or spaces; or one score.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (min, max) = text.split_once(['-', '–']).unwrap_or((text, text));
        match (tenths(min.trim()), tenths(max.trim())) {
            (Some(min), Some(max)) if min <= max => Ok(Self { min, max }),
            _ => Err(Invalid::new(
                format!("{} is not a range of CVSS scores", shown(text)),
                "write two scores from 0.0 to 10.0, the lower first, such as `9.0-10.0`",
            )),
        }
    }

    /// The lowest score.
    pub fn lowest(self) -> f64 {
        f64::from(self.min) / 10.0
    }

    /// The highest score.
    pub fn highest(self) -> f64 {
        f64::from(self.max) / 10.0
    }

    /// Whether `score` lies within.
    pub fn contains(self, score: f64) -> bool {
        let tenths = (score * 10.0).round();
        f64::from(self.min) <= tenths && tenths <= f64::from(self.max)
    }

    /// Whether both have a score in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.min <= other.max && other.min <= self.max
    }
}

impl fmt::Display for CvssRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.min == self.max {
            write!(f, "{:.1}", self.lowest())
        } else {
            write!(f, "{:.1}–{:.1}", self.lowest(), self.highest())
        }
    }
}

/// `7`, `7.0` or `8.9` in tenths.
fn tenths(text: &str) -> Option<u8> {
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |part: &str, longest| (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 2) || !digits(tenth, 1) {
        return None;
    }
    let tenths = whole.parse::<u16>().ok()? * 10 + tenth.parse::<u16>().ok()?;
    u8::try_from(tenths).ok().filter(|tenths| *tenths <= 100)
}
