//! Comparator lists such as `>= 1, < 2`: all of them must hold.
//!
//! In goes one expression of `unaffected` or of an imported database, out come [`Comparators`] that match a
//! version or say that they cannot know. A bare version is refused, for `1.2` means "1.2" to one tool and
//! "1.2 or any compatible" to another.

use std::cmp::Ordering;
use std::fmt;

use super::scheme::Scheme;
use super::shown::shown;
use super::{Invalid, line};

/// How a version must compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `<`
    Less,
    /// `<=`, also `≤` and `=<`
    AtMost,
    /// `=`, also `==`
    Equal,
    /// `>=`, also `≥` and `=>`
    AtLeast,
    /// `>`
    Greater,
}

impl Op {
    /// Longer spellings first, so that `<=` is not read as `<`.
    const SPELLINGS: [(&'static str, Self); 11] = [
        ("<=", Self::AtMost),
        ("=<", Self::AtMost),
        ("≤", Self::AtMost),
        (">=", Self::AtLeast),
        ("=>", Self::AtLeast),
        ("≥", Self::AtLeast),
        ("==", Self::Equal),
        ("<", Self::Less),
        (">", Self::Greater),
        ("=", Self::Equal),
        ("＝", Self::Equal),
    ];

    /// The operator at the head of `text`, and the rest without spaces.
    pub(crate) fn strip(text: &str) -> Option<(Self, &str)> {
        Self::SPELLINGS
            .iter()
            .find_map(|(spelling, op)| text.strip_prefix(spelling).map(|rest| (*op, rest.trim())))
    }

    /// The canonical spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::Greater => ">",
        }
    }

    /// Whether a version that compares as `order` to the bound is meant.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::Greater => order.is_gt(),
        }
    }
}

/// One operator and its version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comparator {
    /// How a version must compare.
    pub op: Op,
    /// With what.
    pub version: String,
}

/// Comparators that must hold together; none at all (`*`) hold for every version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comparators {
    list: Vec<Comparator>,
}

impl Comparators {
    /// `< 0.3.0`, `>= 1, < 2`, `= 1.2.3`, `*`; and, for imports, cargo's `^1.2` and `~1.2` as what they stand for.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        line::check(text)?;
        if text.trim() == "*" {
            return Ok(Self { list: Vec::new() });
        }
        let mut list = Vec::new();
        for part in text.split(',').map(str::trim) {
            if let Some(version) = part.strip_prefix(['^', '~']) {
                list.extend(
                    compatible(part.starts_with('^'), version.trim()).ok_or_else(|| fault(text, part))?,
                );
                continue;
            }
            let (op, version) = Op::strip(part).ok_or_else(|| fault(text, part))?;
            if version.is_empty() || version.contains(|c: char| c.is_whitespace() || "<>=^~*,".contains(c)) {
                return Err(fault(text, part));
            }
            list.push(Comparator { op, version: version.to_owned() });
        }
        Ok(Self { list })
    }

    /// The single comparators; empty for `*`.
    pub fn as_slice(&self) -> &[Comparator] {
        &self.list
    }

    /// Refuses versions that `scheme` cannot read.
    pub fn check(&self, scheme: Scheme) -> Result<(), Invalid> {
        self.list.iter().try_for_each(|comparator| scheme.check(&comparator.version))
    }

    /// Whether all hold for `version`; `None` where that cannot be known.
    pub fn matches(&self, version: &str, scheme: Scheme) -> Option<bool> {
        let mut answer = Some(true);
        for Comparator { op, version: bound } in &self.list {
            match scheme.compare(version, bound) {
                Some(order) if !op.holds(order) => return Some(false),
                Some(_) => {}
                None => answer = None,
            }
        }
        answer
    }
}

impl fmt::Display for Comparators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.list.is_empty() {
            return f.write_str("*");
        }
        for (place, Comparator { op, version }) in self.list.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{} {version}", op.as_str())?;
        }
        Ok(())
    }
}

fn fault(text: &str, part: &str) -> Invalid {
    let bare = part.starts_with(|c: char| c.is_ascii_digit()) && !part.contains(char::is_whitespace);
    if bare {
        return Invalid::new(
            format!("{} has no operator before {}", shown(text), shown(part)),
            format!("write `= {part}` for that one version, or `>= {part}` for it and all later ones"),
        );
    }
    Invalid::new(
        format!("{} is not a list of comparators", shown(text)),
        "write an operator and a version, with commas between pairs, such as `< 0.3.0` or `>= 1.0, < 2.0`",
    )
}

/// The interval that cargo's caret (else tilde) stands for. Its upper end carries `-0`, so that pre-releases of
/// the next incompatible version stay outside, as they do in cargo.
fn compatible(caret: bool, version: &str) -> Option<[Comparator; 2]> {
    let core = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> = core.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    if numbers.len() > 3 {
        return None;
    }
    // The last number that may not change: for a caret the first that is not zero, for a tilde the minor.
    let fixed = if caret {
        numbers.iter().position(|number| *number != 0).unwrap_or(numbers.len() - 1)
    } else {
        1.min(numbers.len() - 1)
    };
    let mut upper = [0; 3];
    upper[..=fixed].copy_from_slice(&numbers[..=fixed]);
    upper[fixed] = upper[fixed].checked_add(1)?;
    let [major, minor, patch] = upper;
    Some([
        Comparator { op: Op::AtLeast, version: version.to_owned() },
        Comparator { op: Op::Less, version: format!("{major}.{minor}.{patch}-0") },
    ])
}

#[cfg(test)]
mod tests;
