//! What was found, ready to be shown in a browser: made once, when the findings change.

use std::collections::BTreeSet;

use super::address::OWN;
use super::words::escape;
use crate::diag::human::{self, Style, Withhold};
use crate::diag::{Diagnostic, Findings, Level};
use crate::source::{FileId, Sources, Span};
use crate::value::counted::counted;

/// The most findings that are shown at once. Who has more, mends some first.
const MOST: usize = 30;

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// What stops a build, as HTML, one element each.
    pub(super) errors: Vec<String>,
    /// How many errors there are, shown or not.
    pub(super) denied: usize,
    /// Warnings, as HTML.
    pub(super) warnings: Vec<String>,
    /// How many warnings there are, shown or not.
    pub(super) warned: usize,
    /// Advisories that are not published.
    pub(super) drafts: Vec<Draft>,
}

/// An advisory that no build would publish.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) path: String,
    /// Its id and its page, if it could be read.
    pub(super) page: Option<(String, String)>,
    pub(super) title: String,
    /// `draft`, or until when it is held back.
    pub(super) state: String,
    /// What is missing, as HTML.
    pub(super) missing: Vec<String>,
}

/// Keeps the text of drafts to itself where others may look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Private<'a> {
    pub(super) files: &'a BTreeSet<FileId>,
    pub(super) withheld: bool,
}

impl Withhold for Private<'_> {
    fn withholds(&self, span: Span) -> bool {
        self.withheld && self.files.contains(&span.file)
    }
}

/// A finding as it is printed, as HTML.
pub(super) fn shown(level: Level, finding: &Diagnostic, sources: &Sources, private: Private<'_>) -> String {
    let findings = Findings { list: vec![(level, finding.clone())] };
    let text = human::render(&findings, sources, Style { color: false, withhold: &private });
    format!("<pre>{}</pre>\n", escape(text.trim_end()))
}

impl Report {
    /// What was found, and what could not be read.
    pub(super) fn of(
        findings: &Findings,
        troubles: &[String],
        sources: &Sources,
        private: Private<'_>,
    ) -> Self {
        let of_level = |wanted: Level| {
            let list = findings.list.iter().filter(move |(level, _)| *level == wanted).take(MOST);
            list.map(|(level, finding)| shown(*level, finding, sources, private))
        };
        let troubles =
            troubles.iter().map(|text| format!("<pre>{}</pre>\n", escape(&format!("error: {text}"))));
        let count = troubles.len();
        Self {
            errors: troubles.chain(of_level(Level::Deny)).collect(),
            denied: findings.denied() + count,
            warnings: of_level(Level::Warn).collect(),
            warned: findings.warned(),
            drafts: Vec::new(),
        }
    }

    /// What lies over a page: the corner, and the sheet of what is wrong, if anything is. `here` is what is wrong with
    /// this very page.
    pub(super) fn overlay(&self, here: Option<&str>) -> String {
        let denied = self.denied + usize::from(here.is_some());
        let mut out = format!("<div class=\"corner\"><a href=\"{OWN}\">secsite serve</a>");
        if !self.drafts.is_empty() {
            out.push_str(&format!("<span>{}</span>", counted(self.drafts.len(), "draft")));
        }
        if denied == 0 {
            return out + "</div>\n";
        }
        let count = counted(denied, "error");
        out.push_str(&format!("<button class=\"show bad\">{count}</button></div>\n"));
        out.push_str(&format!(
            "<section class=\"sheet\" role=\"alert\" aria-label=\"Errors\"><header><strong>{count}: nothing of this is published.</strong> \
             Below lies the last page that could be made. <button class=\"hide\">Hide</button></header>\n"
        ));
        here.into_iter().chain(self.errors.iter().map(String::as_str)).for_each(|text| out.push_str(text));
        out.push_str(&more(self.denied, self.errors.len()));
        out + "</section>\n"
    }
}

/// How many are not shown.
pub(super) fn more(all: usize, shown: usize) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        rest => format!("<p>And {rest} more; `secsite check` prints them all.</p>\n"),
    }
}
