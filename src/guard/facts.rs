//! What an advisory says, whatever the words around it: the same for a public file and for ours.
//!
//! In goes JSON of any shape, out come sets of texts by the author's own names for them. The members are a fixed choice, so a
//! newer secsite that writes one more of them says nothing new; order does not count either.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

/// What a file says of its advisory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub published: Option<Timestamp>,
    pub modified: Timestamp,
    /// Whether the file says that the advisory was taken back.
    pub withdrawn: bool,
    /// Everything else, by the name that it has in the advisory's source.
    pub facts: BTreeMap<&'static str, BTreeSet<String>>,
    /// Single versions that are hit, by what they are of.
    pub versions: BTreeMap<String, BTreeSet<String>>,
}

impl Told {
    /// What `self` says otherwise than `public`, by its name in the source. A version of `derived` that only `self` lists is
    /// no change: it follows from a range that both have and a release that the policy has now.
    pub(super) fn differs(&self, public: &Self, derived: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
        let nothing = BTreeSet::new();
        let names: BTreeSet<&'static str> = self.facts.keys().chain(public.facts.keys()).copied().collect();
        let set = |told: &'_ Self, name: &str| told.facts.get(name).cloned().unwrap_or_default();
        let mut differ: Vec<&'static str> =
            names.into_iter().filter(|name| set(self, name) != set(public, name)).collect();
        let of = |told: &Self, key: &String| told.versions.get(key).unwrap_or(&nothing).clone();
        let keys: BTreeSet<&String> = self.versions.keys().chain(public.versions.keys()).collect();
        let versions = keys.into_iter().any(|key| {
            let (ours, theirs) = (of(self, key), of(public, key));
            theirs.difference(&ours).next().is_some() || ours.difference(&theirs).any(|it| !derived(it))
        });
        if versions && !differ.contains(&"affected") {
            differ.push("affected");
        }
        differ
    }
}

/// Facts while they are collected.
#[derive(Default)]
pub(super) struct Facts(pub(super) BTreeMap<&'static str, BTreeSet<String>>);

impl Facts {
    /// Adds a text, unless it is empty.
    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        if !text.trim().is_empty() {
            self.0.entry(name).or_default().insert(text.trim().to_owned());
        }
    }

    /// Adds a value or, of a list, each of its items. What is `null` or empty is not there.
    pub(super) fn value(&mut self, name: &'static str, value: &Value) {
        match value {
            Value::Null => {}
            Value::String(text) => self.text(name, text),
            Value::Array(items) => items.iter().for_each(|item| self.value(name, item)),
            other => self.text(name, &other.to_string()),
        }
    }

    /// Adds the chosen members of each item of a list, as one text an item.
    pub(super) fn each(&mut self, name: &'static str, list: &Value, members: &[&str]) {
        for item in items(list) {
            self.text(name, &pick(item, members));
        }
    }
}

/// The items of a list; none of anything else.
pub(super) fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

/// Chosen members as one text. One that is absent, `null` or an empty list says the same: nothing.
pub(super) fn pick(value: &Value, members: &[&str]) -> String {
    let mut text = String::new();
    for member in members {
        let value = &value[*member];
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            text.push_str(&format!("{member} {value}\n"));
        }
    }
    text
}

/// An instant, where a member is one.
pub(super) fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}
