//! Which versions get fixes: the rule, then the table, for each product.

use super::{Fact, Facts, Shown};
use crate::model::policy::product::{Product, Rule, RuleKind, Support};
use crate::security_md::text::{plain, table};

pub(super) static FACT: Fact = Fact {
    marker: "support",
    heading: "Supported Versions",
    stated: |policy| policy.products.iter().any(says_anything),
    render,
};

fn says_anything(product: &Product) -> bool {
    product.rule.is_some() || !product.support.is_empty()
}

fn render(_: &Facts<'_>, shown: &Shown<'_>) -> String {
    let mut blocks = Vec::new();
    for product in shown.products.iter().filter(|product| says_anything(product)) {
        if shown.named {
            blocks.push(format!("**{}**", plain(product.name.as_str())));
        }
        blocks.extend(product.rule.as_ref().map(rule));
        if !product.support.is_empty() {
            blocks.push(rows(product));
        }
    }
    blocks.join("\n\n")
}

fn rule(rule: &Rule) -> String {
    if let Some(text) = &rule.text {
        return text.trim().to_owned();
    }
    let newest = |what: &str| match rule.count {
        None | Some(1) => format!("The newest {what} gets security fixes."),
        Some(count) => format!("The newest {count} {what}s get security fixes."),
    };
    match rule.kind {
        RuleKind::Latest => newest("release"),
        RuleKind::LatestMinors => newest("minor release"),
        RuleKind::LatestMajors => newest("major release"),
        RuleKind::Age => "A release gets security fixes for a time after it was made.".into(),
        RuleKind::UntilNext => "A release gets security fixes until the next one.".into(),
        RuleKind::Branch => "Security fixes are made on the branches named here.".into(),
        RuleKind::All => "Every release gets security fixes.".into(),
        RuleKind::None => "No release gets security fixes.".into(),
        RuleKind::Elsewhere => "Supported versions are told elsewhere.".into(),
    }
}

/// The table: a column stands where a row has something to say in it.
fn rows(product: &Product) -> String {
    let (rows, names) = (&product.support, &product.columns);
    let heading = |name: &Option<crate::value::line::Line>, default: &str| {
        name.as_ref().map_or_else(|| default.to_owned(), |name| plain(name.as_str()))
    };
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    let mut column = |heading: String, cell: &dyn Fn(&Support) -> Option<String>| {
        let cells: Vec<Option<String>> = rows.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            columns.push((heading, cells.into_iter().map(Option::unwrap_or_default).collect()));
        }
    };
    column(heading(&names.versions, "Version"), &|row| Some(row.versions.as_printed().to_owned()));
    column(heading(&names.track, "Track"), &|row| row.track.as_ref().map(|track| plain(track.as_str())));
    column(heading(&names.released, "Released"), &|row| row.released.map(|when| when.to_string()));
    column(heading(&names.status, "Status"), &|row| Some(status(row)));
    for name in in_order(rows.iter().flat_map(|row| row.fixes.0.iter().map(|(name, _)| name))) {
        column(plain(name), &|row| {
            let fix = row.fixes.0.iter().find(|(other, _)| other == name);
            fix.map(|(_, fixed)| if *fixed { "Yes" } else { "No" }.to_owned())
        });
    }
    column(heading(&names.until, "Supported until"), &|row| {
        row.until.as_ref().map(|until| plain(&until.as_written()))
    });
    column(heading(&names.note, "Notes"), &|row| row.note.clone());
    for name in in_order(rows.iter().flat_map(|row| row.extra.0.iter().map(|(name, _)| name))) {
        column(plain(name), &|row| {
            let cell = row.extra.0.iter().find(|(other, _)| other == name);
            cell.map(|(_, cell)| plain(cell.as_str()))
        });
    }
    let heading: Vec<String> = columns.iter().map(|(heading, _)| heading.clone()).collect();
    let line = |at: usize| columns.iter().map(|(_, cells)| cells[at].clone()).collect();
    table(&heading, &(0..rows.len()).map(line).collect::<Vec<_>>())
}

/// The cell as its author printed it, else the status in words.
fn status(row: &Support) -> String {
    row.as_printed.as_ref().map_or_else(|| row.status.label().to_owned(), |cell| cell.as_str().to_owned())
}

/// Each name once, in the order in which the rows name them.
fn in_order<'n>(names: impl Iterator<Item = &'n String>) -> Vec<&'n String> {
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}
