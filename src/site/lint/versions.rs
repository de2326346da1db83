//! Rows of a support table beside each other: overlaps, gaps, exceptions and holes.
//!
//! Rows are compared by what they cover. A few versions around each bound are tried against each row: between two
//! bounds nothing changes, so these stand for all. How a row reads a version is thus told in one place, its own.

use std::cmp::Ordering;

use super::tables::on_other_track;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::product::{Product, Support};
use crate::rules::version as rules;
use crate::value::comparators::Op;
use crate::value::scheme::Scheme;
use crate::value::support::{Kind, Status};

/// Tables with more rows than this are not compared row by row; the longest that was met has 24.
pub(super) const MOST_ROWS: usize = 50;

/// The last of a line, as far as anybody will get.
const LAST: u64 = 999_999;

/// A table and what its rows cover.
struct Table<'a> {
    product: &'a Product,
    /// Versions, lowest first.
    samples: Vec<String>,
    /// For each row, whether it covers each of them.
    covers: Vec<Vec<bool>>,
}

/// All rules that look at two rows or more.
pub(super) fn check(product: &Product, diags: &mut Diagnostics) {
    if !compare(product, diags) {
        version_no_unsupported(product, diags);
    }
}

/// Compares the rows; answers whether the table is open below.
fn compare(product: &Product, diags: &mut Diagnostics) -> bool {
    if product.support.is_empty() || product.support.len() > MOST_ROWS || product.scheme == Scheme::Text {
        return false;
    }
    let mut open = false;
    let table = Table::of(product);
    table.overlaps(diags);
    // A row in words may cover anything, and a rule speaks for all versions.
    if product.rule.is_none() && !product.support.iter().any(|row| row.versions.is_words()) {
        if product.releases.is_empty() {
            table.version_table_gap(diags);
        }
        open = table.version_open_below(diags);
    }
    table.version_hole(diags);
    open
}

impl<'a> Table<'a> {
    fn of(product: &'a Product) -> Self {
        let mut samples: Vec<String> =
            product.support.iter().flat_map(|row| around(row.versions.kind())).collect();
        samples.push("0".to_owned());
        samples.retain(|version| product.scheme.check(version).is_ok());
        samples.sort_by(|a, b| product.scheme.compare(a, b).unwrap_or(Ordering::Equal));
        samples.dedup_by(|a, b| product.scheme.compare(a, b) == Some(Ordering::Equal));
        let covered = |row: &Support| {
            let covers = |version: &String| row.versions.matches(version, product.scheme) == Some(true);
            samples.iter().map(covers).collect()
        };
        let covers = product.support.iter().map(covered).collect();
        Self { product, samples, covers }
    }

    fn row(&self, at: usize) -> &'a Support {
        &self.product.support[at]
    }

    /// Whether `inner` covers something, and nothing that `outer` does not.
    fn is_within(&self, inner: usize, outer: usize) -> bool {
        let (inner, outer) = (&self.covers[inner], &self.covers[outer]);
        inner.contains(&true) && inner.iter().zip(outer).all(|(inner, outer)| !inner || *outer)
    }

    /// `version-contradiction` and `version-exception`.
    fn overlaps(&self, diags: &mut Diagnostics) {
        let promised = |row: &Support| row.status.is_decided().then(|| row.status.gets_fixes());
        for a in 0..self.covers.len() {
            for b in 0..a {
                let (one, other) = (self.row(a), self.row(b));
                let opposite = promised(one).zip(promised(other)).is_some_and(|(one, other)| one != other);
                let meet = self.covers[a].iter().zip(&self.covers[b]).position(|(one, other)| *one && *other);
                let (Some(meet), true) = (meet, opposite && !on_other_track(one, other)) else { continue };
                if one.versions.kind() == other.versions.kind() {
                    continue; // `version-duplicate`
                }
                let narrower = |inner: usize, outer: usize| {
                    self.row(inner).versions.specificity() > self.row(outer).versions.specificity()
                        && self.is_within(inner, outer)
                };
                if narrower(a, b) || narrower(b, a) {
                    let (inner, outer) = if narrower(a, b) { (one, other) } else { (other, one) };
                    if inner.status.gets_fixes() {
                        version_exception(inner, outer, diags);
                    }
                    continue;
                }
                version_contradiction(one, other, &self.samples[meet], diags);
            }
        }
    }

    /// The first and the last sample that a row covers.
    fn ends(&self, row: usize) -> Option<(usize, usize)> {
        let first = self.covers[row].iter().position(|covered| *covered)?;
        let last = self.covers[row].iter().rposition(|covered| *covered)?;
        Some((first, last))
    }

    fn version_table_gap(&self, diags: &mut Diagnostics) {
        let covered = |at: usize| (0..self.covers.len()).find(|row| self.covers[*row][at]);
        let mut below: Option<usize> = None;
        let mut gap = false;
        for at in 0..self.samples.len() {
            let Some(row) = covered(at) else {
                gap = below.is_some();
                continue;
            };
            if let Some(lower) = below.filter(|lower| gap && !follows(self.row(*lower), self.row(row))) {
                let (lower, upper) = (self.row(lower), self.row(row));
                let message = format!(
                    "no row covers the versions between `{}` and `{}`",
                    short(lower.versions.as_printed(), 40),
                    short(upper.versions.as_printed(), 40)
                );
                let help =
                    "add a row for them, or list the known ones in `releases` if there are none between";
                let finding = rules::VERSION_TABLE_GAP.at(upper.versions.span, message);
                diags.push(finding.and(lower.versions.span, "the row below").help(help));
            }
            (below, gap) = (Some(row), false);
        }
    }

    fn version_open_below(&self, diags: &mut Diagnostics) -> bool {
        let lowest =
            (0..self.covers.len()).filter_map(|row| self.ends(row).map(|(first, _)| (first, row))).min();
        let Some((first, row)) = lowest.filter(|(first, _)| *first > 0) else { return false };
        let row = self.row(row);
        let message =
            format!("no row says what becomes of versions before `{}`", short(&self.samples[first], 40));
        let bound = short(row.versions.as_printed().trim_end_matches(".x"), 40);
        let help = format!("add a row `< {bound}` with `status = \"unsupported\"`, or a `rule` in words");
        diags.push(rules::VERSION_OPEN_BELOW.at(row.versions.span, message).help(help));
        true
    }

    fn version_hole(&self, diags: &mut Diagnostics) {
        let ends: Vec<Option<(usize, usize)>> = (0..self.covers.len()).map(|row| self.ends(row)).collect();
        for (at, place) in ends.iter().enumerate() {
            let (row, Some((first, last))) = (self.row(at), place) else { continue };
            let narrow = matches!(row.versions.kind(), Kind::Line(_) | Kind::Exact(_));
            if row.status.value != Status::Unsupported || !narrow {
                continue;
            }
            let mut below = None;
            let mut above = false;
            for (other, place) in ends.iter().enumerate() {
                let (other, Some((start, end))) = (self.row(other), place) else { continue };
                let lines = matches!(other.versions.kind(), Kind::Line(_) | Kind::Exact(_));
                if other.status.gets_fixes() && lines && end < first {
                    below = below.or(Some(other));
                }
                above |= other.status.gets_fixes() && start > last;
            }
            // A line that is kept on purpose says so.
            if let Some(below) = below.filter(|below| above && below.track.is_none() && below.note.is_none())
            {
                let message = format!(
                    "`{}` is unsupported, between `{}` and a newer line that are supported",
                    short(row.versions.as_printed(), 40),
                    short(below.versions.as_printed(), 40)
                );
                let help = "correct the status, or write `track = \"LTS\"` for the older line";
                let finding = rules::VERSION_HOLE
                    .at(row.versions.span, message)
                    .and(below.versions.span, "the older line");
                diags.push(finding.help(help));
            }
        }
    }
}

/// A rule in words speaks for all versions, and a row that nobody understands may say it.
fn version_no_unsupported(product: &Product, diags: &mut Diagnostics) {
    let Some(last) = product.support.last().filter(|_| product.rule.is_none()) else { return };
    // Everybody knows that the others are not the latest.
    let latest = |row: &Support| row.versions.as_printed().to_ascii_lowercase().contains("latest");
    let decided = |row: &Support| matches!(row.status.value, Status::Unsupported | Status::Unknown);
    let silent = |row: &Support| !decided(row) && !latest(row);
    if product.support.iter().all(silent) && product.support.iter().any(|row| row.status.gets_fixes()) {
        let message =
            format!("no row says which versions of `{}` get no fixes", short(product.name.as_str(), 60));
        let help = "add a row with `status = \"unsupported\"`, or a `rule` in words";
        diags.push(rules::VERSION_NO_UNSUPPORTED.at(last.versions.span, message).help(help));
    }
}

fn version_contradiction(row: &Support, other: &Support, both: &str, diags: &mut Diagnostics) {
    let message = format!(
        "`{}` is {} and `{}` is {}, and `{}` is in both",
        short(row.versions.as_printed(), 40),
        row.status.value,
        short(other.versions.as_printed(), 40),
        other.status.value,
        short(both, 40)
    );
    let help = "move one of the bounds, so that each version is in one row, or in a row within a wider one";
    let finding =
        rules::VERSION_CONTRADICTION.at(row.versions.span, message).and(other.versions.span, "the other row");
    diags.push(finding.help(help));
}

fn version_exception(inner: &Support, outer: &Support, diags: &mut Diagnostics) {
    let message = format!(
        "`{}` is supported, as an exception to `{}`",
        short(inner.versions.as_printed(), 40),
        short(outer.versions.as_printed(), 40)
    );
    let help = "nothing has to be done; a `note` can tell readers who see only the bound";
    let finding =
        rules::VERSION_EXCEPTION.at(inner.versions.span, message).and(outer.versions.span, "the bound");
    diags.push(finding.help(help));
}

/// Whether the next release after one row may well be the first of another: after 2.1 comes 2.2 or 3.0, and nobody but
/// the project knows which. Few go from 0.3 to 1.0 in one step, and all from 0.9.
fn follows(lower: &Support, upper: &Support) -> bool {
    let last = match lower.versions.kind() {
        Kind::Line(bound) | Kind::Exact(bound) | Kind::Compare(Op::AtMost, bound) => numbers(bound),
        _ => return false,
    };
    let first = match upper.versions.kind() {
        Kind::Line(bound) | Kind::Exact(bound) | Kind::Compare(Op::AtLeast, bound) => numbers(bound),
        Kind::Compare(Op::Greater, bound) => stepped(&numbers(bound)),
        _ => return false,
    };
    let Some(at) = (0..last.len()).find(|at| first.get(*at) != last.get(*at)) else { return false };
    let one_more =
        first.get(at).zip(last.get(at)).is_some_and(|(first, last)| last.checked_add(1) == Some(*first));
    let zeros = first.iter().skip(at + 1).all(|number| *number == 0);
    let from_zero = at == 0 && last.first() == Some(&0) && last.get(1).is_some_and(|minor| *minor < 9);
    one_more && zeros && at + 1 < last.len() && !from_zero
}

/// Versions around the bound of a row.
fn around(kind: &Kind) -> Vec<String> {
    let bound = match kind {
        Kind::Line(bound) | Kind::Exact(bound) | Kind::Compare(_, bound) | Kind::PreRelease(bound) => {
            bound.as_str()
        }
        Kind::Words => return Vec::new(),
    };
    let numbers = numbers(bound);
    let dotted = |numbers: &[u64]| {
        let mut text: Vec<String> = numbers.iter().map(u64::to_string).collect();
        while text.len() < 3 {
            text.push("0".to_owned());
        }
        text.join(".")
    };
    let filled = |numbers: &[u64]| {
        let mut numbers = numbers.to_vec();
        numbers.resize(numbers.len().max(3), LAST);
        dotted(&numbers)
    };
    let mut found = vec![bound.to_owned(), dotted(&numbers), filled(&numbers), dotted(&stepped(&numbers))];
    if let Some((last, rest)) = numbers.split_last()
        && let Some(before) = last.checked_sub(1)
    {
        found.push(filled(&[rest, &[before]].concat()));
    }
    found.extend(pre_releases(bound));
    found
}

/// The pre-releases around one: `1.0.0-alpha.1` and `.3` for `1.0.0-alpha.2`, and some of `1.0.0-alpha`.
fn pre_releases(bound: &str) -> Vec<String> {
    let Some((_, tag)) = bound.split_once('-') else { return Vec::new() };
    let number = tag.rsplit('.').next().and_then(|last| last.parse::<u64>().ok());
    let Some(number) = number else { return [0, 1, LAST].map(|last| format!("{bound}.{last}")).into() };
    let stem = bound.rsplit_once('.').map_or(bound, |(stem, _)| stem);
    let around = [number.checked_sub(1), number.checked_add(1)];
    around.into_iter().flatten().map(|number| format!("{stem}.{number}")).collect()
}

/// The numbers that a bound begins with.
fn numbers(bound: &str) -> Vec<u64> {
    let end = bound.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(bound.len());
    bound[..end].split('.').map_while(|part| part.parse().ok()).collect()
}

/// The first version after a line.
fn stepped(numbers: &[u64]) -> Vec<u64> {
    let mut next = numbers.to_vec();
    if let Some(last) = next.last_mut() {
        *last = last.saturating_add(1);
    }
    next
}

#[cfg(test)]
mod tests;
