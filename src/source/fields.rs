//! TOML tables to structs, with *every* problem of a table reported and every value's place kept.
//!
//! serde stops at the first mistake and loses places under nesting; this asks a table for its keys one by one. A key
//! that is wrong is reported and reads as absent, so that one run shows all mistakes; a key nobody asked for is an
//! error with a "did you mean".

mod decode;
mod words;

use std::ops::Range;

use toml::Spanned as Toml;
use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, Diagnostics, Rule};
use crate::rules::input;
use crate::source::{FileId, Span};
use crate::value::Invalid;

pub use decode::{Decode, Named, text, word};
pub(crate) use words::words;
pub use words::{Words, nearest};

/// What decoding of one file needs everywhere: which file, where its TOML begins, and where findings go.
pub struct Decoder<'d> {
    /// The file that is read.
    pub file: FileId,
    /// Offset of the TOML in the file's text: front matter does not begin at byte 0.
    pub offset: usize,
    /// Where problems are put.
    pub diags: &'d mut Diagnostics,
}

impl Decoder<'_> {
    /// A span of the file from a range of the TOML text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    /// Reports a finding at a range of the TOML text.
    pub fn report(&mut self, rule: &'static Rule, range: Range<usize>, problem: Invalid) {
        let span = self.span(range);
        self.diags.push(rule.at(span, problem.message).help(problem.help));
    }

    /// Reports a finding made elsewhere.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diags.push(diagnostic);
    }
}

/// Parses a TOML document and decodes it; syntax errors are reported too. The second value is whether there were none.
pub fn document<T: Decode>(text: &str, cx: &mut Decoder<'_>) -> (Option<T>, bool) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let range = root.span();
    let value = Toml::new(range, DeValue::Table(root.into_inner()));
    let earlier = cx.diags.len();
    let decoded = T::decode(&value, cx);
    let places = errors.iter().filter(|error| !is_duplicate(error)).filter_map(toml::de::Error::span);
    if let Some(slip) = places.map(|place| place.start).min() {
        // Up to the line of the first slip the text means what it says; after it, and of keys that seem to be missing,
        // nobody can tell.
        let line = text[..slip].rfind('\n').map_or(0, |at| at + 1);
        let sound = cx.span(0..line).end;
        let true_for_sure = |found: &Diagnostic| {
            !std::ptr::eq(found.rule, &input::MISSING_KEY)
                && found.place().is_some_and(|span| span.end <= sound)
        };
        cx.diags.retain_from(earlier, true_for_sure);
    }
    // Recovery after one slip reports its echoes as well: beyond a handful they only hide the first.
    for error in errors.iter().take(5) {
        report_syntax(error, text, cx);
    }
    (decoded, errors.is_empty())
}

fn is_duplicate(error: &toml::de::Error) -> bool {
    error.message() == "duplicate key"
}

fn report_syntax(error: &toml::de::Error, text: &str, cx: &mut Decoder<'_>) {
    let range = error.span().unwrap_or(0..0);
    let (rule, problem) = if is_duplicate(error) {
        let key = crate::diag::escape::short(text.get(range.clone()).unwrap_or_default(), 60);
        (&input::DUPLICATE_KEY, Invalid::new(format!("the key `{key}` is written twice"), "keep one of them"))
    } else {
        let problem = if error.message().contains("recurs") {
            Invalid::new(
                "brackets are nested too deep",
                "write it flat; nothing here is nested more than a few levels",
            )
        } else {
            Invalid::new(lower_first(error.message()), "see https://toml.io for the syntax")
        };
        (&input::TOML_SYNTAX, problem)
    };
    cx.report(rule, range, problem);
}

fn lower_first(message: &str) -> String {
    let mut chars = message.lines().next().unwrap_or_default().chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// One table, asked key by key.
pub struct Fields<'t, 'i, 'c, 'd> {
    table: &'t DeTable<'i>,
    /// The table's own place, for keys that are missing.
    range: Range<usize>,
    asked: Vec<&'static str>,
    cx: &'c mut Decoder<'d>,
}

impl<'t, 'i, 'c, 'd> Fields<'t, 'i, 'c, 'd> {
    /// The fields of a value that must be a table.
    pub fn of(value: &'t Toml<DeValue<'i>>, cx: &'c mut Decoder<'d>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self { table, range: value.span(), asked: Vec::new(), cx }),
            other => {
                wrong_type(value.span(), "a table", other, cx);
                None
            }
        }
    }

    /// A key that may be absent.
    pub fn optional<T: Decode>(&mut self, key: &'static str) -> Option<T> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        T::decode(value, self.cx)
    }

    /// A key that may be absent and then has its type's default.
    pub fn or_default<T: Decode + Default>(&mut self, key: &'static str) -> T {
        self.optional(key).unwrap_or_default()
    }

    /// A key that must be there.
    pub fn required<T: Decode>(&mut self, key: &'static str) -> Option<T> {
        self.asked.push(key);
        match self.table.get(key) {
            Some(value) => T::decode(value, self.cx),
            None => {
                let problem = Invalid::new(format!("the key `{key}` is missing"), format!("add `{key} = …`"));
                self.cx.report(&input::MISSING_KEY, self.place(), problem);
                None
            }
        }
    }

    /// A table that must be there; `with` is the key that it cannot do without.
    pub fn required_table<T: Decode>(&mut self, key: &'static str, with: &str) -> Option<T> {
        if self.has(key) {
            return self.optional(key);
        }
        self.asked.push(key);
        let help = format!("add a line `[{key}]`, and below it `{with} = …`");
        self.report(&input::MISSING_KEY, Invalid::new(format!("the table `[{key}]` is missing"), help));
        None
    }

    /// Whether a key is written and is no empty array.
    pub fn has_entries(&self, key: &str) -> bool {
        self.table
            .get(key)
            .is_some_and(|value| value.get_ref().as_array().is_none_or(|array| !array.is_empty()))
    }

    /// Whether a key is written at all, sound or not.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The place of this table: for a `[header]`, the header; for an inline table, the braces.
    pub fn place(&self) -> Range<usize> {
        self.range.clone()
    }

    /// [`Self::place`] as a span.
    pub fn span(&self) -> Span {
        self.cx.span(self.place())
    }

    /// Reports a problem of the table as a whole.
    pub fn report(&mut self, rule: &'static Rule, problem: Invalid) {
        let place = self.place();
        self.cx.report(rule, place, problem);
    }

    /// Reports every key that was not asked for. Call it last.
    pub fn finish(self) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let shown = crate::diag::escape::short(name, 60);
            let help = match nearest(name, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are {}", list(&self.asked)),
            };
            let problem = Invalid::new(format!("unknown key `{shown}`"), help);
            self.cx.report(&input::UNKNOWN_KEY, key.span(), problem);
        }
    }
}

/// Reports a value of the wrong type.
pub fn wrong_type(range: Range<usize>, want: &str, got: &DeValue<'_>, cx: &mut Decoder<'_>) {
    let got = match got {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    let help = match want {
        "an array" => "put it between brackets: `[…]`".to_owned(),
        "a string" => "put it between quotes: `\"…\"`".to_owned(),
        _ => format!("write {want}"),
    };
    let problem = Invalid::new(format!("expected {want}, found {got}"), help);
    cx.report(&input::WRONG_TYPE, range, problem);
}

/// `` `a`, `b` and `c` ``, for help lines.
pub fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
