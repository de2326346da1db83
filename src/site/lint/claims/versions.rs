//! Versions that a sentence calls supported or not: in go its words, out come findings where the row says the opposite.

use super::super::versions::MOST_ROWS;
use super::Claim;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::product::Product;
use crate::value::scheme::Scheme;
use crate::value::support::{Kind, Versions, row_for};

/// What may stand before the version, so that it is the product's: in "Python 3.8" it is another's.
const BEFORE: [&str; 12] = [
    "version", "versions", "release", "releases", "line", "branch", "series", "the", "our", "that", "and",
    "only",
];

/// Looks at one sentence.
pub(super) fn check(sentence: &str, claim: &Claim<'_>, diags: &mut Diagnostics) {
    let [product] = claim.subject.policy.products.as_slice() else { return };
    if product.support.is_empty()
        || product.support.len() > MOST_ROWS
        || product.scheme == Scheme::Text
        || !sentence.contains("support")
    {
        return;
    }
    let Some((version, supported)) = read(sentence, product.name.as_str()) else { return };
    let Ok(versions) = Versions::parse(version) else { return };
    let Some(row) = opposite(product, &versions, supported) else { return };
    let row = &product.support[row];
    let says = if supported { "supported" } else { "unsupported" };
    let message =
        format!("`{}` is called {says} here, and its row is {}", short(version, 40), row.status.value);
    claim.disagrees(version, row.versions.span, message, diags);
}

/// The version of "version 1.x is still supported", and whether it is.
fn read<'s>(sentence: &'s str, product: &str) -> Option<(&'s str, bool)> {
    let words: Vec<&str> = sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| "`*_,;:.()!".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    let is_version = |word: &str| {
        word.contains('.')
            && Versions::parse(word)
                .is_ok_and(|versions| matches!(versions.kind(), Kind::Line(_) | Kind::Exact(_)))
    };
    let mut places = words.iter().enumerate().filter(|(_, word)| is_version(word));
    let (at, version) = places.next().filter(|_| places.next().is_none())?;
    let before = at.checked_sub(1).map(|before| words[before].to_lowercase());
    let ours = |word: &str| BEFORE.contains(&word) || product.to_lowercase().ends_with(word);
    if !before.as_deref().is_none_or(ours) {
        return None;
    }
    if !matches!(*words.get(at + 1)?, "is" | "are") {
        return None;
    }
    let mut rest = words[at + 2..].iter().map(|word| word.to_lowercase()).filter(|word| {
        !matches!(word.as_str(), "still" | "currently" | "also" | "fully" | "actively" | "now" | "officially")
    });
    let (first, second, third) = (rest.next()?, rest.next(), rest.next());
    match (first.as_str(), second.as_deref(), third.as_deref()) {
        // "Supported by", "supported on" and "supported with" speak of other things than fixes.
        ("supported", None | Some("until" | "and" | "for" | "with"), _) => Some((version, true)),
        ("unsupported", ..)
        | ("not", Some("supported"), _)
        | ("no", Some("longer"), Some("supported" | "maintained")) => Some((version, false)),
        _ => None,
    }
}

/// The row that says the opposite of all releases that are meant.
fn opposite(product: &Product, versions: &Versions, supported: bool) -> Option<usize> {
    let rows: Vec<Versions> = product.support.iter().map(|row| row.versions.value.clone()).collect();
    let samples = match versions.kind() {
        Kind::Line(bound) => {
            let dots = bound.matches('.').count();
            let filled = |last: &str| {
                format!("{bound}{}", format!(".{last}").repeat(2_usize.saturating_sub(dots).max(1)))
            };
            vec![filled("0"), filled("999999")]
        }
        Kind::Exact(release) => vec![release.clone()],
        _ => return None,
    };
    let mut found = None;
    for sample in samples {
        let at = row_for(&rows, &sample, product.scheme)?;
        let status = product.support[at].status.value;
        if !status.is_decided() || status.gets_fixes() == supported {
            return None;
        }
        found = Some(at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn claims_are_told_from_talk() {
        assert_eq!(read("Version 1.x is still supported.", "Example"), Some(("1.x", true)));
        assert_eq!(read("`1.4` is no longer supported", "Example"), Some(("1.4", false)));
        assert_eq!(read("Example 2.0 is not supported.", "Example"), Some(("2.0", false)));
        for talk in [
            "Python 3.8 is supported",
            "Version 1.x is supported by volunteers",
            "Versions 1.x and 2.x are supported",
            "TLS 1.2 is not supported",
            "Version 2.0 is supportive",
        ] {
            assert_eq!(read(talk, "Example"), None, "{talk}");
        }
    }
}
