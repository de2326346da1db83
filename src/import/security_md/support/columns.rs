//! What the columns of a table of versions mean, by their headings and, where those say nothing, by their cells.

use super::cell;
use crate::import::security_md::outline::Cell;
use crate::value::sentence::has_any;
use crate::value::support::Versions;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Versions,
    Track,
    Status,
    Until,
    Extra,
    Note,
}

/// The columns of one table.
pub(super) struct Columns(Vec<Role>);

const UNTIL: &[&str] = &[
    "eol",
    "eos",
    "end of",
    "end-of",
    "until",
    "expire",
    "end date",
    "ends",
    "support end",
    "hasta",
    "até",
    "jusqu",
    "bis",
    "終了",
    "截止",
];
const NOTE: &[&str] = &[
    "note",
    "comment",
    "remark",
    "support level",
    "bemerkung",
    "details",
    "description",
    "notas",
    "備考",
    "备注",
];
const TRACK: &[&str] = &["channel", "codename", "code name", "phase", "release type"];
const STATUS: &[&str] = &[
    "support",
    "status",
    "unterst",
    "soport",
    "suport",
    "prise en charge",
    "prises en charge",
    "サポート",
    "支持",
    "지원",
    "поддерж",
    "état",
    "estado",
    "maintained",
    "security fixes",
    "security updates",
    "security patches",
    "状态",
    "状態",
];
const VERSIONS: &[&str] = &[
    "version",
    "versión",
    "versión",
    "versão",
    "verson",
    "верси",
    "バージョン",
    "版本",
    "버전",
    "release",
    "branch",
    "track",
    "line",
    "series",
    "tag",
    "ветк",
];

/// A table of more rows is none that a policy has, and stays prose.
const MOST: usize = 500;

impl Columns {
    /// The columns, if these are about versions; `expected` where the section's heading says so.
    pub(super) fn of(header: &[Cell], rows: &[Vec<Cell>], expected: bool) -> Option<Self> {
        if header.is_empty() || rows.is_empty() || rows.len() > MOST || header.len() > 12 {
            return None;
        }
        let lower: Vec<String> = header.iter().map(|cell| cell.text.to_lowercase()).collect();
        let column = |i: usize| rows.iter().filter_map(move |row| row.get(i)).map(|cell| cell.text.as_str());
        let share = |i: usize, test: &dyn Fn(&str) -> bool| {
            let (all, hits) =
                column(i).fold((0, 0), |(all, hits), text| (all + 1, hits + usize::from(test(text))));
            all > 0 && hits * 2 >= all
        };
        let is_version = |text: &str| {
            let first = text.lines().next().unwrap_or_default().trim();
            Versions::parse(first).is_ok_and(|versions| !versions.is_words())
        };
        let is_status = |text: &str| cell::status(text, true).known;
        let versions = (0..header.len())
            .find(|i| {
                has_any(&lower[*i], VERSIONS) && !has_any(&lower[*i], UNTIL) && !lower[*i].contains("support")
            })
            .or_else(|| (0..header.len()).find(|i| share(*i, &is_version)))
            .or_else(|| (expected && header.len() > 1).then_some(0))?;
        let mut roles = vec![Role::Extra; header.len()];
        roles[versions] = Role::Versions;
        let mut free = |role: Role, test: &dyn Fn(usize) -> bool| {
            let found = (0..header.len()).find(|i| roles[*i] == Role::Extra && test(*i));
            if let Some(i) = found {
                roles[i] = role;
            }
            found.is_some()
        };
        let until = free(Role::Until, &|i| has_any(&lower[i], UNTIL));
        free(Role::Note, &|i| has_any(&lower[i], NOTE));
        let status = free(Role::Status, &|i| has_any(&lower[i], STATUS) && !has_any(&lower[i], UNTIL))
            || free(Role::Status, &|i| share(i, &is_status))
            || (expected && header.len() == 2 && !until && free(Role::Status, &|_| true));
        free(Role::Track, &|i| has_any(&lower[i], TRACK));
        let sure = expected
            || share(versions, &is_version)
            || has_any(
                &lower[versions],
                &["version", "版本", "バージョン", "버전", "верси", "versão", "verson"],
            );
        (sure && (status || until || expected)).then_some(Self(roles))
    }

    pub(super) fn role(&self, at: usize) -> Role {
        self.0.get(at).copied().unwrap_or(Role::Extra)
    }

    pub(super) fn has_status(&self) -> bool {
        self.0.contains(&Role::Status)
    }

    /// Whether the columns stand as the model prints them.
    pub(super) fn order_is_ours(&self) -> bool {
        self.0.is_sorted()
    }

    /// Whether a mark would lose something of a cell: a link, or emphasis that the model does not keep.
    pub(super) fn is_lossy(&self, at: usize, cell: &Cell) -> bool {
        cell.marked || cell.text.contains('`') || self.role(at) == Role::Versions && cell.text.contains('|')
    }

    /// The printed headings of the columns that the model names.
    pub(super) fn headings(&self, header: &[Cell]) -> Vec<(&'static str, String)> {
        let key = |role: Role| match role {
            Role::Versions => Some("versions"),
            Role::Status => Some("status"),
            Role::Until => Some("until"),
            Role::Track => Some("track"),
            Role::Note => Some("note"),
            Role::Extra => None,
        };
        let named = self.0.iter().zip(header).filter_map(|(role, cell)| {
            let heading = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!heading.is_empty() && crate::value::line::check(&heading).is_ok())
                .then_some((key(*role)?, heading))
        });
        let mut named: Vec<_> = named.collect();
        let order = ["versions", "status", "until", "track", "note"];
        named.sort_by_key(|(key, _)| order.iter().position(|other| other == key));
        named
    }
}
