//! Rows of support tables, each for itself: what it names, what it says, until when.

pub(super) mod until;

use jiff::civil::Date;

use super::{Subject, contacts, versions};
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::product::{Product, Support};
use crate::rules::version as rules;
use crate::value::scheme::Scheme;
use crate::value::support::{self, Kind, Status};

/// All rules about versions.
pub(super) fn check(subject: &Subject<'_>, today: Date, diags: &mut Diagnostics) {
    version_missing(subject, diags);
    for product in &subject.policy.products {
        if template_rows(product, diags) {
            // Whatever else is wrong with these rows goes with them.
            continue;
        }
        version_duplicate(product, diags);
        version_words_only(product, diags);
        version_exact(product, diags);
        version_none_supported(product, today, diags);
        for row in &product.support {
            until::until_future(row, today, diags);
            until::until_format(row, diags);
            version_status_unknown(row, diags);
        }
        until::until_missing(product, diags);
        versions::check(product, diags);
    }
}

fn version_missing(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let silent = |product: &Product| product.support.is_empty() && product.rule.is_none();
    if subject.policy.products.iter().all(silent) && !contacts::is_elsewhere(subject.policy) {
        let help = "add a [[product]] with [[product.support]] rows, or with `rule = { kind = \"latest\" }`";
        let message = "nothing says which versions get fixes";
        diags.push(rules::VERSION_MISSING.at(subject.table("[[product]]"), message).help(help));
    }
}

/// The rows that forges offer with a new policy, in any order and no others.
fn template_rows(product: &Product, diags: &mut Diagnostics) -> bool {
    let cell = |row: &Support| row.versions.as_printed().trim_matches('`').replace(' ', "");
    let mut cells: Vec<String> = product.support.iter().take(5).map(cell).collect();
    cells.sort();
    let found = cells == ["4.0.x", "5.0.x", "5.1.x", "<4.0"];
    if let Some(first) = product.support.first().filter(|_| found) {
        let help = "write one row for each line of releases of your product";
        let message = "these four rows are those of the template";
        diags.push(rules::TEMPLATE_ROWS.at(first.versions.span, message).help(help));
    }
    found
}

/// Whether two rows are about different tracks, such as `GA` and `Beta`.
pub(super) fn on_other_track(a: &Support, b: &Support) -> bool {
    a.track != b.track || a.extra.0 != b.extra.0
}

fn version_duplicate(product: &Product, diags: &mut Diagnostics) {
    for (at, row) in product.support.iter().take(versions::MOST_ROWS).enumerate() {
        let same = |other: &&Support| {
            let words = row.versions.as_printed().eq_ignore_ascii_case(other.versions.as_printed());
            let kinds = !row.versions.is_words() && row.versions.kind() == other.versions.kind();
            (words || kinds) && !on_other_track(row, other)
        };
        let Some(first) = product.support[..at].iter().find(same) else { continue };
        if first.status.value != row.status.value {
            let message = format!(
                "`{}` is `{}` here, and `{}` above",
                short(row.versions.as_printed(), 40),
                row.status.value,
                first.status.value
            );
            let finding =
                rules::VERSION_DUPLICATE.at(row.versions.span, message).and(first.versions.span, "the other");
            diags
                .push(finding.help("keep the row that is true; two tracks of one version differ by `track`"));
        }
    }
}

fn version_words_only(product: &Product, diags: &mut Diagnostics) {
    let Some(first) = product.support.first().filter(|_| product.rule.is_none()) else { return };
    // Everybody knows which release is the latest, and what all are.
    let plain = |row: &Support| {
        ["latest", "all", "none"].iter().any(|word| row.versions.as_printed().eq_ignore_ascii_case(word))
    };
    let wordy = product.support.iter().all(|row| row.versions.is_words());
    if wordy && !product.support.iter().any(plain) && product.releases.is_empty() {
        let message = "no row of this table has a number";
        let help = "write lines of releases such as `2.1.x`, or add a `rule` that tells what the words mean";
        diags.push(rules::VERSION_WORDS_ONLY.at(first.versions.span, message).help(help));
    }
}

fn version_exact(product: &Product, diags: &mut Diagnostics) {
    let supported: Vec<&Support> = product.support.iter().filter(|row| row.status.gets_fixes()).collect();
    let exact = |row: &&Support| matches!(row.versions.kind(), Kind::Exact(_));
    if let Some(first) = supported.first()
        && supported.iter().all(exact)
        && product.rule.is_none()
        && product.scheme != Scheme::Text
    {
        let message = format!(
            "`{}` names one release, so its next patch is not supported",
            first.versions.as_printed()
        );
        let help = "write a line of releases such as `2.1.x`, or a `rule` such as `{ kind = \"latest\" }`";
        diags.push(rules::VERSION_EXACT.at(first.versions.span, message).help(help));
    }
}

fn version_none_supported(product: &Product, today: Date, diags: &mut Diagnostics) {
    let Some(first) = product.support.first().filter(|_| product.rule.is_none()) else { return };
    let over = |row: &Support| {
        let ended = row.until.as_ref().and_then(|until| until.last_day()).is_some_and(|end| end < today);
        row.status.value == Status::Unsupported || ended
    };
    if product.support.iter().all(over) {
        let message = format!("no version of `{}` gets fixes", short(product.name.as_str(), 60));
        let help = "add a row for the versions that do; if none does, say so in [[product]].rule";
        diags.push(rules::VERSION_NONE_SUPPORTED.at(first.status.span, message).help(help));
    }
}

/// A row without a status, or a sign or a word of the printed table that the row's status does not follow from.
fn version_status_unknown(row: &Support, diags: &mut Diagnostics) {
    // Words beside it explain any sign.
    if row.note.is_some() {
        return;
    }
    let printed = row.as_printed.as_ref().map_or("", |cell| cell.as_str().trim());
    let nothing = printed.chars().all(|c| matches!(c, '-' | '–' | '—'));
    let message = match row.status.value {
        Status::Unknown if nothing => {
            format!("what `{}` gets is not known", short(row.versions.as_printed(), 40))
        }
        Status::Unknown => format!("`{}` is no status that is known", short(printed, 40)),
        Status::Unsupported if !nothing && support::printed(printed).is_none() => {
            format!("`{}` is no status that is known, and counts as unsupported", short(printed, 40))
        }
        _ => return,
    };
    let help = "write the `status` that it stands for, and a `note` that says what it means";
    diags.push(rules::VERSION_STATUS_UNKNOWN.at(row.status.span, message).help(help));
}
