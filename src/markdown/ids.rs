//! Ids of headings: the heading's own words, prefixed, each one once.
//!
//! An id holds letters, digits and single hyphens. Ids of footnotes have an underscore, so the two never meet.

use std::collections::{BTreeMap, BTreeSet};

/// Longer headings are cut here, in characters.
const MAX: usize = 64;

/// The ids given out so far.
#[derive(Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// For a repeated heading, the number its next id is tried with.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// A fresh id for a heading's text, without the prefix.
    pub(super) fn claim(&mut self, text: &str) -> String {
        let base = slug(text);
        if self.taken.insert(base.clone()) {
            return base;
        }
        let number = self.next.entry(base.clone()).or_insert(2);
        loop {
            let id = format!("{base}-{number}");
            *number += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Whether a heading has this id, given without the prefix.
    pub(super) fn has(&self, id: &str) -> bool {
        self.taken.contains(id)
    }
}

/// Words in lower case joined by hyphens; `section` where there is no word.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX));
    let mut gap = false;
    for c in text.chars().take(MAX) {
        if c.is_ascii_lowercase() && !gap {
            out.push(c);
        } else if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else if c != '\'' && c != '’' {
            gap = true;
        }
    }
    if out.is_empty() { "section".into() } else { out }
}
