//! How bad it is, in one of five words.
//!
//! In goes a word of an author or of another database, out comes a [`Severity`] that orders from none to critical.

use std::fmt;

use super::Invalid;
use super::shown::shown;

/// The qualitative severity rating scale of CVSS 3 and 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No impact.
    None,
    /// CVSS 0.1 to 3.9.
    Low,
    /// CVSS 4.0 to 6.9.
    Medium,
    /// CVSS 7.0 to 8.9.
    High,
    /// CVSS 9.0 to 10.0.
    Critical,
}

impl Severity {
    /// All of them, from none to critical.
    pub const ALL: [Self; 5] = [Self::None, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word of the input files, in lower case.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text).ok_or_else(|| {
            let help = match Self::recognise(text) {
                Some(meant) => format!("write `{meant}`"),
                None => "write one of `none`, `low`, `medium`, `high`, `critical`".to_owned(),
            };
            Invalid::new(format!("{} is not a severity", shown(text)), help)
        })
    }

    /// What other databases mean by `text`: any case, `moderate` for medium, `important` for high.
    pub fn recognise(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "moderate" => Some(Self::Medium),
            "important" => Some(Self::High),
            "informational" | "info" => Some(Self::None),
            _ => Self::ALL.into_iter().find(|severity| severity.as_str() == text),
        }
    }

    /// The word of input files, paths and machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The word of pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }

    /// How many of the badge's four bars are filled.
    pub fn bars(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
            Self::Critical => 4,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Severity;

    #[test]
    fn orders_and_reads_itself() {
        assert!(Severity::ALL.is_sorted());
        for severity in Severity::ALL {
            assert_eq!(Severity::parse(severity.as_str()), Ok(severity));
        }
        let invalid = Severity::parse("Moderate").unwrap_err();
        assert_eq!(
            (invalid.message.as_str(), invalid.help.as_str()),
            ("`Moderate` is not a severity", "write `medium`")
        );
    }
}
