//! Where each key of `policy.toml` is written.
//!
//! In goes the text, out come places by name: `disclosure`, `disclosure.deadline`, and of a list of tables the first
//! that has the key. Most decoded facts know their place themselves; this is for those that do not.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::source::{Sources, Span, text};

/// Places of keys, by name.
pub(super) fn keys(sources: &Sources) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let Some((id, file)) = sources.find("policy.toml") else { return found };
    let text = text::lenient(&file.bytes);
    let (root, _) = DeTable::parse_recoverable(&text);
    for (table, value) in root.get_ref().iter() {
        found.insert(table.get_ref().to_string(), Span::new(id, table.span()));
        let mut entries = |value: &DeValue<'_>| {
            for (key, _) in value.as_table().into_iter().flatten() {
                let name = format!("{}.{}", table.get_ref(), key.get_ref());
                found.entry(name).or_insert_with(|| Span::new(id, key.span()));
            }
        };
        match value.get_ref() {
            DeValue::Array(list) => list.iter().for_each(|entry| entries(entry.get_ref())),
            single => entries(single),
        }
    }
    found
}
