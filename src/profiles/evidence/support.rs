//! Which versions get fixes, and until when.

use jiff::ToSpan as _;

use crate::model::policy::product::Support;
use crate::profiles::{Answer, Place, Subject};
use crate::routes;
use crate::value::support::{Status, Until};

/// What is supported: a table, or a rule in words.
pub(in crate::profiles) fn scope(subject: &Subject<'_>) -> Answer {
    let products = &subject.policy().products;
    let help = "add a [[product]] with [[product.support]] rows, or a `rule`";
    let stated = products.iter().filter(|product| !product.support.is_empty() || product.rule.is_some());
    let places = stated.map(|product| Place::Written(product.id.span));
    Answer::at(places, help).and(Answer::at(subject.output(&routes::support()), help))
}

/// Until when each supported line gets fixes, as a date or as a month.
pub(in crate::profiles) fn ends(subject: &Subject<'_>) -> Answer {
    let dated = |row: &&Support| row.until.as_ref().is_some_and(|until| until.last_day().is_some());
    if let Some(row) = supported(subject).find(|row| !dated(row)) {
        let help = "write its `until` as a date, or as a month such as `2029-01`";
        return Answer::short(Some(Place::Written(row.versions.span)), help);
    }
    let ends = supported(subject).filter_map(|row| row.until.as_ref());
    let help = "add [[product.support]] rows with `until`";
    Answer::at(ends.map(|until| Place::Written(until.span)), help)
        .and(Answer::at(subject.output(&routes::support()), help))
}

/// When fixes stop for each supported line: a date, an event, or what a rule says.
pub(in crate::profiles) fn stops(subject: &Subject<'_>) -> Answer {
    let help = "write its `until` as a date or an event, or a `rule` of the product";
    let mut places = Vec::new();
    for product in &subject.policy().products {
        for row in product.support.iter().filter(|row| row.status.gets_fixes()) {
            let known = row.until.as_ref().filter(|until| until.value != Until::Tbd);
            if known.is_none() && product.rule.is_none() {
                return Answer::short(Some(Place::Written(row.versions.span)), help);
            }
            places.push(Place::Written(known.map_or(row.versions.span, |until| until.span)));
        }
    }
    Answer::at(places, "add [[product.support]] rows with `until`")
}

/// Lines that are supported for five years or more.
pub(in crate::profiles) fn five_years(subject: &Subject<'_>) -> Answer {
    let help = "write `released`, and an `until` that is five years later";
    let long = |row: &Support| {
        let first = row.released?.day().checked_add(5.years()).ok()?;
        Some(row.until.as_ref()?.last_day()? >= first)
    };
    if let Some(row) = supported(subject).find(|row| long(row) != Some(true)) {
        return Answer::short(Some(Place::Written(row.versions.span)), help);
    }
    Answer::at(supported(subject).map(|row| Place::Written(row.versions.span)), help)
}

/// Rows that say which versions get no fixes any more.
pub(in crate::profiles) fn old_versions(subject: &Subject<'_>) -> Answer {
    let old = rows(subject).filter(|row| row.status.value == Status::Unsupported);
    let help = "add a row with `status = \"unsupported\"` for what is no longer mended";
    Answer::at(old.map(|row| Place::Written(row.versions.span)), help)
}

fn rows<'s>(subject: &Subject<'s>) -> impl Iterator<Item = &'s Support> {
    subject.policy().products.iter().flat_map(|product| &product.support)
}

fn supported<'s>(subject: &Subject<'s>) -> impl Iterator<Item = &'s Support> {
    rows(subject).filter(|row| row.status.gets_fixes())
}
