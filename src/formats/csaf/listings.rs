//! `index.txt` and `changes.csv`, which older clients read (CSAF 2.0 §7.1.12, §7.1.13).

use std::cmp::Reverse;

use super::tracking::dates;
use crate::formats::instant::rfc3339;
use crate::routes::csaf_path;
use crate::site::Site;
use crate::site::advisory::Advisory;

fn path(advisory: &Advisory) -> String {
    csaf_path(&advisory.id, advisory.published.day().year())
}

/// Paths, one a line, sorted.
pub(super) fn index(site: &Site) -> Vec<u8> {
    let mut paths: Vec<String> = site.shown().map(path).collect();
    paths.sort();
    paths.into_iter().map(|path| path + "\n").collect::<String>().into_bytes()
}

/// Paths and dates, the last changed first.
pub(super) fn changes(site: &Site) -> Vec<u8> {
    let mut rows: Vec<_> = site.advisories.iter().map(|it| (Reverse(dates(it).1), path(it))).collect();
    rows.sort();
    let mut out = String::with_capacity(rows.iter().map(|(_, path)| path.len() + 40).sum());
    for (Reverse(date), path) in rows {
        out.extend(["\"", &path, "\",\"", &rfc3339(date), "\"\n"]);
    }
    out.into_bytes()
}
