//! The id of an organisation in the CVE programme: a random UUID, version 4 of RFC 9562.
//!
//! In goes text, out comes its form in lower case.

use std::fmt;

use super::Invalid;
use super::shown::shown;

/// A UUID of version 4.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(String);

impl Uuid {
    /// Five groups of hexadecimal digits with hyphens between, version and variant in their places.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let lengths = [8, 4, 4, 4, 12];
        let groups: Vec<&str> = text.split('-').collect();
        let hex = |(group, length): (&&str, usize)| {
            group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let shaped = groups.len() == lengths.len() && groups.iter().zip(lengths).all(hex);
        if shaped && groups[2].starts_with('4') && groups[3].starts_with(['8', '9', 'a', 'b', 'A', 'B']) {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(Invalid::new(
            format!("{} is not a UUID of version 4", shown(text)),
            "copy the organisation's id from the CVE programme, such as `8254265b-2729-46b6-b9e3-3dfca2d5bfca`",
        ))
    }

    /// The id in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Uuid;

    #[test]
    fn reads_version_4_alone() {
        let id = Uuid::parse("8254265B-2729-46b6-b9e3-3dfca2d5bfca").unwrap();
        assert_eq!(id.as_str(), "8254265b-2729-46b6-b9e3-3dfca2d5bfca");
        for text in [
            "",
            "8254265b272946b6b9e33dfca2d5bfca",
            "8254265b-2729-16b6-b9e3-3dfca2d5bfca",
            "8254265b-2729-46b6-79e3-3dfca2d5bfca",
            "8254265b-2729-46b6-b9e3-3dfca2d5bfcg",
            "8254265b-2729-46b6-b9e3-3dfca2d5bfca-",
        ] {
            assert!(Uuid::parse(text).is_err(), "{text:?}");
        }
    }
}
