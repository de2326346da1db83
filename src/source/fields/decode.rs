//! How each type reads one TOML value.

use std::collections::BTreeMap;

use toml::Spanned as Toml;
use toml::de::DeValue;

use super::{Decoder, list, nearest, wrong_type};
use crate::diag::escape::short;
use crate::openpgp::Fingerprint;
use crate::rules::input;
use crate::source::Spanned;
use crate::source::fields::Words;
use crate::value::date::When;
use crate::value::support::Until;
use crate::value::{self, Invalid, line};

/// A type that can be read from a TOML value. `None` means that the problem has been reported.
pub trait Decode: Sized {
    /// Reads one value.
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self>;
}

/// The text of a value that must be a string.
pub fn text<'v>(value: &'v Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<&'v str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.as_ref()),
        other => {
            wrong_type(value.span(), "a string", other, cx);
            None
        }
    }
}

/// A value that must be one of a closed set of words.
pub fn word<W: Words>(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<W> {
    let typed = text(value, cx)?;
    if let Some(found) = W::ALL.iter().find(|w| w.word() == typed) {
        return Some(*found);
    }
    let words: Vec<&str> = W::ALL.iter().map(|w| w.word()).collect();
    let help = match nearest(typed, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? The words here are {}", list(&words)),
        None => format!("write one of {}", list(&words)),
    };
    let problem = Invalid::new(format!("unknown word `{}`", short(typed, 60)), help);
    cx.report(&input::UNKNOWN_WORD, value.span(), problem);
    None
}

/// Prose of any number of lines. Single-line fields are [`Line`](crate::value::line::Line)s.
impl Decode for String {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let text = text(value, cx)?;
        if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            let message = format!("the text contains the control character U+{:04X}", u32::from(c));
            cx.report(&input::BAD_VALUE, value.span(), Invalid::new(message, "remove it"));
            return None;
        }
        Some(text.to_owned())
    }
}

impl Decode for bool {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(yes) => Some(*yes),
            other => {
                wrong_type(value.span(), "true or false", other, cx);
                None
            }
        }
    }
}

impl Decode for u32 {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Integer(number) => {
                let parsed = Self::from_str_radix(number.as_str(), number.radix()).ok();
                if parsed.is_none() {
                    let message = format!("`{}` is out of range", short(number.as_str(), 24));
                    let help = format!("write a whole number from 0 to {}", Self::MAX);
                    cx.report(&input::BAD_VALUE, value.span(), Invalid::new(message, help));
                }
                parsed
            }
            other => {
                wrong_type(value.span(), "a whole number", other, cx);
                None
            }
        }
    }
}

impl Decode for When {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Datetime(date) => match Self::from_toml(date) {
                Ok(when) => Some(when),
                Err(problem) => {
                    cx.report(&input::BAD_DATE, value.span(), problem);
                    None
                }
            },
            DeValue::String(text) => {
                let message = format!("`{}` is a string, not a date", short(text, 40));
                let help = "write the date without quotes: 2026-03-20 or 2026-03-20T08:00:00Z";
                cx.report(&input::BAD_DATE, value.span(), Invalid::new(message, help));
                None
            }
            other => {
                wrong_type(value.span(), "a date", other, cx);
                None
            }
        }
    }
}

impl Decode for Fingerprint {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match text(value, cx)?.parse() {
            Ok(fingerprint) => Some(fingerprint),
            Err(problem) => {
                cx.report(&input::BAD_VALUE, value.span(), problem);
                None
            }
        }
    }
}

/// A TOML date, or the words of a string.
impl Decode for Until {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        if value.get_ref().is_datetime() {
            return jiff::civil::Date::decode(value, cx).map(Self::Day);
        }
        match Self::parse(text(value, cx)?) {
            Ok(until) => Some(until),
            Err(problem) => {
                cx.report(&input::BAD_VALUE, value.span(), problem);
                None
            }
        }
    }
}

/// A moment: a day alone begins up to a day earlier or later elsewhere.
impl Decode for jiff::Timestamp {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match When::decode(value, cx)? {
            When::Instant(moment) => Some(moment),
            When::Day(day) => {
                let help = format!("write the time and its zone: {day}T08:00:00Z");
                cx.report(
                    &input::BAD_DATE,
                    value.span(),
                    Invalid::new("expected a date with a time and a zone", help),
                );
                None
            }
        }
    }
}

impl Decode for jiff::civil::Date {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match When::decode(value, cx)? {
            When::Day(day) => Some(day),
            When::Instant(_) => {
                let problem = Invalid::new("expected a date without a time", "write it as 2026-03-20");
                cx.report(&input::BAD_DATE, value.span(), problem);
                None
            }
        }
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let span = cx.span(value.span());
        T::decode(value, cx).map(|value| Self { span, value })
    }
}

/// A large value that hardly any table has, so that the others keep no room for it.
impl<T: Decode> Decode for Box<T> {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        T::decode(value, cx).map(Self::new)
    }
}

/// An array. Elements that are wrong are reported and left out.
impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Array(array) => {
                // A list that grows by itself begins with room for four, and nearly all have one entry.
                let mut items = Vec::with_capacity(array.len());
                items.extend(array.iter().filter_map(|item| T::decode(item, cx)));
                Some(items)
            }
            other => {
                wrong_type(value.span(), "an array", other, cx);
                None
            }
        }
    }
}

/// A table whose keys are the author's own, in the order in which they are written.
#[derive(Debug, Clone)]
pub struct Named<T>(
    /// Name and value.
    pub Vec<(String, T)>,
);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Named<T> {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else {
            wrong_type(value.span(), "a table", value.get_ref(), cx);
            return None;
        };
        // The parser sorts a table by key; the order of the file is that of the keys' places.
        let by_place: BTreeMap<usize, _> =
            table.iter().map(|(key, item)| (key.span().start, (key, item))).collect();
        let mut named = Vec::with_capacity(by_place.len());
        for (key, item) in by_place.into_values() {
            if let Err(problem) = line::check(key.get_ref()) {
                cx.report(&input::BAD_VALUE, key.span(), problem);
            } else if let Some(item) = T::decode(item, cx) {
                named.push((key.get_ref().to_string(), item));
            }
        }
        Some(Self(named))
    }
}

/// Types of `value/` read themselves from one string.
macro_rules! decode_by_parse {
    ($($type:ty),+ $(,)?) => {$(
        impl Decode for $type {
            fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
                match Self::parse(text(value, cx)?) {
                    Ok(parsed) => Some(parsed),
                    Err(problem) => {
                        cx.report(&input::BAD_VALUE, value.span(), problem);
                        None
                    }
                }
            }
        }
    )+};
}

decode_by_parse!(
    value::alias::Alias,
    value::cpe::Cpe,
    value::cvss::CvssRange,
    value::cvss::Vector,
    value::cwe::Cwe,
    value::duration::Duration,
    value::id::AdvisoryId,
    value::language::Language,
    line::Line,
    value::prefix::Prefix,
    value::purl::Purl,
    value::scheme::Scheme,
    value::severity::Severity,
    value::slug::Slug,
    value::support::Status,
    value::support::Versions,
    value::url::BaseUrl,
    value::url::WebUrl,
    value::uuid::Uuid,
);
