//! Releases that were tagged after the table of supported versions was written: in go the names of git's tags, out comes a
//! finding for each product whose newest tag no row of its table covers.

use std::cmp::Ordering;

use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::Policy;
use crate::model::policy::product::{Product, Support};
use crate::rules::version::VERSION_TAGGED;
use crate::value::scheme::Scheme;

/// Looks at the table of each product.
pub fn check(policy: &Policy, tags: &[String], diags: &mut Diagnostics) {
    let alone = policy.products.len() == 1;
    for product in &policy.products {
        // A rule speaks for releases to come, and so may words; what only has a name cannot be newer.
        let open = product.rule.is_some() || product.support.iter().any(|row| row.versions.is_words());
        let Some(first) = product.support.first().filter(|_| !open && product.scheme != Scheme::Text) else {
            continue;
        };
        let Some((tag, version)) = newest(product, tags, alone) else { continue };
        let covers = |row: &Support| row.versions.matches(version, product.scheme) == Some(true);
        if !product.support.iter().any(covers) {
            let name = short(product.name.as_str(), 60);
            let message =
                format!("the newest tag is `{}`, and no row of `{name}` covers `{version}`", short(tag, 60));
            let help = "add a row for that line of releases, or widen one";
            diags.push(VERSION_TAGGED.at(first.versions.span, message).help(help));
        }
    }
}

/// The newest release of a product that has a tag, and its tag.
fn newest<'t>(product: &Product, tags: &'t [String], alone: bool) -> Option<(&'t str, &'t str)> {
    let releases =
        tags.iter().filter_map(|tag| Some((tag.as_str(), release(tag, product.id.as_str(), alone)?)));
    let sound = releases.filter(|(_, version)| product.scheme.check(version).is_ok());
    sound.max_by(|(_, a), (_, b)| product.scheme.compare(a, b).unwrap_or(Ordering::Equal))
}

/// The version that a tag names: `v1.2.3`, `release-1.2.3`, or `core-1.2.3` and `core/v1.2.3` of the product `core`; where
/// there are several products, only with its id. Pre-releases have letters, and are none.
fn release<'t>(tag: &'t str, id: &str, alone: bool) -> Option<&'t str> {
    let own = tag.get(..id.len()).filter(|begin| begin.eq_ignore_ascii_case(id)).and_then(|begin| {
        let rest = &tag[begin.len()..];
        rest.strip_prefix(['-', '/', '@', '_'])
    });
    let rest = own.or_else(|| alone.then_some(tag))?;
    let rest =
        ["version-", "release-", "rel-"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.strip_prefix(['v', 'V']).unwrap_or(rest);
    let plain = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (plain && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn tags_name_releases() {
        let check = |tag: &str, alone: bool, expect: Option<&str>| {
            assert_eq!(release(tag, "core", alone), expect, "{tag}");
        };
        check("v1.2.3", true, Some("1.2.3"));
        check("1.2.3", true, Some("1.2.3"));
        check("release-1.2.3", true, Some("1.2.3"));
        check("core-1.2.3", true, Some("1.2.3"));
        check("Core/v1.2.3", false, Some("1.2.3"));
        check("core@1.2.3", false, Some("1.2.3"));
        for (tag, alone) in [
            ("v1.2.3", false),
            ("other-1.2.3", true),
            ("v2.0.0-rc.1", true),
            ("v2.0.0rc1", true),
            ("core", true),
            ("core-", true),
            ("vé", true),
            ("..", true),
            ("", true),
        ] {
            check(tag, alone, None);
        }
    }
}
