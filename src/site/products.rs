//! What is wrong with a product: its id, its releases, the rows of its support table.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diag::Diagnostics;
use crate::model::policy::Policy;
use crate::model::policy::product::{Product, Support};
use crate::rules::policy as rules;

/// Checks every product of the policy as of a day.
pub fn check(policy: &Policy, today: Date, soon: Option<u16>, diags: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for product in &policy.products {
        if let Some(first) = seen.insert(product.id.as_str().to_lowercase(), product.id.span) {
            let message = format!("the product id `{}` is taken", product.id.as_str());
            let finding = rules::DUPLICATE_PRODUCT.at(product.id.span, message).and(first, "first here");
            diags.push(finding.help("rename one"));
        }
        check_releases(product, diags);
        check_ends(product, today, soon, diags);
    }
}

fn check_releases(product: &Product, diags: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for release in &product.releases {
        if let Err(problem) = product.scheme.check(release.as_str()) {
            diags.push(rules::BAD_RELEASE.at(release.span, problem.message).help(problem.help));
            continue;
        }
        if let Some(first) = seen.insert(release.as_str(), release.span) {
            let message = format!("the release `{}` is listed twice", release.as_str());
            let finding = rules::BAD_RELEASE.at(release.span, message).and(first, "first here");
            diags.push(finding.help("remove one"));
            continue;
        }
        // A row in words may mean any release, and then there is no telling.
        let misses = |row: &Support| row.versions.matches(release.as_str(), product.scheme) == Some(false);
        if !product.support.is_empty() && product.support.iter().all(misses) {
            let message = format!("no row of the support table covers the release `{}`", release.as_str());
            let help = "add a [[product.support]] row for it, or set `version-gap = \"allow\"` in [lints]";
            diags.push(rules::VERSION_GAP.at(release.span, message).help(help));
        }
    }
}

/// Rows that still promise fixes: after their own end, or, where somebody asks, within so many days before it.
fn check_ends(product: &Product, today: Date, soon: Option<u16>, diags: &mut Diagnostics) {
    let last = soon.map(|days| today.saturating_add(jiff::Span::new().days(days)));
    for row in product.support.iter().filter(|row| row.status.gets_fixes()) {
        let Some(until) = &row.until else { continue };
        let Some(end) = until.last_day() else { continue };
        let versions = row.versions.as_printed();
        if end < today {
            let message = format!("`{versions}` is supported until {}, which is over", until.value);
            let help = "set `status = \"unsupported\"`, or correct `until`";
            let finding = rules::UNTIL_PAST.at(until.span, message);
            diags.push(finding.and(row.status.span, "the status").help(help));
        } else if last.is_some_and(|last| end <= last) {
            let message = format!("support of `{versions}` ends on {end}");
            let help = "tell those who use it; once the day is over, set `status = \"unsupported\"`";
            diags.push(rules::UNTIL_SOON.at(until.span, message).help(help));
        }
    }
}
