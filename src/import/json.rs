//! JSON of strangers: in goes the text of one document, out comes a tree whose nodes know their line and what became of
//! them, or why the document is refused: not JSON, a key that stands there twice, too deep, or more values than any
//! advisory has.
//!
//! Importers mark what they take. What nobody marked is in the loss report by itself, so no statement can be forgotten.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use super::loss::{Loss, Outcome};
use crate::value::shown::shown;

mod lines;

/// Most values in one document. The largest of real advisories have some ten thousand.
const MOST_VALUES: usize = 1_000_000;
/// Longest part of a path that comes from the document, in characters.
const LONGEST_KEY: usize = 60;
/// Why a statement that nobody marked went nowhere.
const UNKNOWN: &str = "no field of an advisory means this";

/// A value with its place.
#[derive(Debug)]
pub(super) struct Node {
    /// Line in the document, counted from 1.
    pub line: usize,
    value: Value,
    outcome: RefCell<Option<Outcome>>,
}

#[derive(Debug)]
enum Value {
    Null,
    /// A number or a truth value; no advisory of ours holds one.
    Plain,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Why a document could not be read.
#[derive(Debug)]
pub(super) struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Node {
    /// Reads a document. Nesting ends at the 128 levels of `serde_json`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let fault = |line, message: String, help: &str| Fault { line, message, help: help.to_owned() };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            fault(line, "the file is not UTF-8".to_owned(), "save it as UTF-8")
        })?;
        let count = Cell::new(0);
        let mut reader = serde_json::Deserializer::from_str(text);
        let read = Seed(&count).deserialize(&mut reader).and_then(|node| reader.end().map(|()| node));
        let mut node = read.map_err(|error| {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            if error.is_data() {
                return fault(
                    error.line().max(1),
                    message.to_owned(),
                    "write each key once, and no more than one advisory",
                );
            }
            fault(
                error.line().max(1),
                format!("the file is not JSON: {message}"),
                "export it again from its source",
            )
        })?;
        node.number(&mut lines::of(text).into_iter());
        Ok(node)
    }

    fn new(value: Value) -> Self {
        Self { line: 1, value, outcome: RefCell::new(None) }
    }

    fn number(&mut self, lines: &mut impl Iterator<Item = usize>) {
        self.line = lines.next().unwrap_or(1);
        match &mut self.value {
            Value::Null | Value::Plain | Value::Text(_) => {}
            Value::List(list) => list.iter_mut().for_each(|node| node.number(lines)),
            Value::Object(members) => members.iter_mut().for_each(|(_, node)| node.number(lines)),
        }
    }

    /// The member of that name; `null` is none.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let found = self.members().iter().find(|(name, _)| name == key).map(|(_, node)| node)?;
        (!matches!(found.value, Value::Null)).then_some(found)
    }

    /// What a path of members leads to.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The items of the list of that name; none where it is something else.
    pub(super) fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::items)
    }

    /// The text of that name.
    pub(super) fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    pub(super) fn items(&self) -> &[Self] {
        if let Value::List(list) = &self.value { list } else { &[] }
    }

    pub(super) fn members(&self) -> &[(String, Self)] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// A string that says something.
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value {
            Some(text).filter(|text| !text.trim().is_empty()).map(String::as_str)
        } else {
            None
        }
    }

    /// Says what became of it, and of all below. The first word counts.
    pub(super) fn became(&self, outcome: Outcome) {
        self.outcome.borrow_mut().get_or_insert(outcome);
    }

    /// It stands in this key of the front matter.
    pub(super) fn field(&self, name: &str) {
        self.became(Outcome::Field(name.to_owned()));
    }

    /// Those of its members that are there stand in this key of the front matter.
    pub(super) fn members_field(&self, members: &[&str], name: &str) {
        members.iter().filter_map(|key| self.get(key)).for_each(|member| member.field(name));
    }

    /// It stands in this part of the text.
    pub(super) fn section(&self, name: &str) {
        self.became(Outcome::Section(name.to_owned()));
    }

    /// It stands nowhere.
    pub(super) fn lost(&self, why: &str) {
        self.became(Outcome::nowhere(why));
    }

    /// What became of everything in the document called `source`, in its order.
    pub(super) fn losses(&self, source: &str) -> Vec<Loss> {
        let mut losses = Vec::new();
        self.gather(source, "", &mut losses);
        losses
    }

    fn gather(&self, source: &str, path: &str, losses: &mut Vec<Loss>) {
        let outcome = match (&*self.outcome.borrow(), &self.value) {
            (Some(outcome), _) => outcome.clone(),
            (None, Value::Null) => return,
            (None, Value::List(list)) if list.is_empty() => return,
            (None, Value::Object(members)) if members.is_empty() => return,
            (None, Value::List(list)) if self.is_touched() => {
                let path = format!("{path}[]");
                return list.iter().for_each(|node| node.gather(source, &path, losses));
            }
            (None, Value::Object(members)) if path.is_empty() || members.len() == 1 || self.is_touched() => {
                for (key, node) in members {
                    let dot = if path.is_empty() { "" } else { "." };
                    node.gather(source, &format!("{path}{dot}{}", spelled(key)), losses);
                }
                return;
            }
            (None, _) => Outcome::nowhere(UNKNOWN),
        };
        losses.push(Loss { source: source.to_owned(), line: self.line, statement: path.to_owned(), outcome });
    }

    fn is_touched(&self) -> bool {
        self.outcome.borrow().is_some()
            || self.items().iter().any(Self::is_touched)
            || self.members().iter().any(|(_, node)| node.is_touched())
    }
}

/// A key as a part of a path that a terminal can show.
fn spelled(key: &str) -> String {
    key.chars().take(LONGEST_KEY).flat_map(char::escape_debug).collect()
}

/// Counts values while they are read.
#[derive(Clone, Copy)]
struct Seed<'c>(&'c Cell<usize>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        self.0.set(self.0.get() + 1);
        if self.0.get() > MOST_VALUES {
            return Err(D::Error::custom(format!("the document has more than {MOST_VALUES} values")));
        }
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::new(Value::Null))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::new(Value::Plain))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::new(Value::Plain))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::new(Value::Plain))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::new(Value::Plain))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::new(Value::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element_seed(self)? {
            list.push(node);
        }
        Ok(Node::new(Value::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            // Readers disagree about which of two counts, and an attacker knows which reader is whose.
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format!("the key {} stands there twice", shown(&name))));
            }
            members.push((name, map.next_value_seed(self)?));
        }
        Ok(Node::new(Value::Object(members)))
    }
}

#[cfg(test)]
mod tests;
