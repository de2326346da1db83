//! Where each key of `policy.toml` is written.
//!
//! In goes the text, out come places by name: `disclosure`, `disclosure.deadline`, and of a list of tables the first
//! that has the key; a key without anything in it is none. Most decoded facts know their place themselves; this is for those that do not.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::source::{Sources, Span, text};

/// Places of keys, by name.
pub(super) fn keys(sources: &Sources) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let Some((id, file)) = sources.find("policy.toml") else { return found };
    let text = text::lenient(&file.bytes);
    let (root, _) = DeTable::parse_recoverable(&text);
    for (table, value) in root.get_ref() {
        found.insert(table.get_ref().to_string(), Span::new(id, table.span()));
        let mut entries = |value: &DeValue<'_>| {
            let keys = value.as_table().into_iter().flatten();
            for (key, _) in keys.filter(|(_, value)| !says_nothing(value.get_ref())) {
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

fn says_nothing(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Array(list) => list.is_empty(),
        DeValue::String(text) => text.trim().is_empty(),
        _ => false,
    }
}
