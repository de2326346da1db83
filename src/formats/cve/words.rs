//! Texts of a record: a language, words within the format's limits, a mention once.

use serde::Serialize;

use crate::formats::json;

/// The longest description, in characters.
const LONGEST: usize = 4096;

/// A text in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Text<'a> {
    pub lang: &'a str,
    #[serde(serialize_with = "json::text")]
    pub value: String,
}

impl Text<'_> {
    /// A sentence of our own.
    pub(super) fn english(value: impl Into<String>) -> Self {
        Self { lang: "en", value: cut(&value.into(), LONGEST) }
    }
}

impl<'a> Text<'a> {
    /// The author's words.
    pub(super) fn of(lang: &'a str, value: &str) -> Self {
        Self { lang, value: cut(value.trim(), LONGEST) }
    }
}

/// The text, or as much of it as fits and an ellipsis.
pub(super) fn cut(text: &str, longest: usize) -> String {
    // No text has more characters than bytes, and hardly any has that many.
    if text.len() <= longest || text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The list without what is in it twice.
pub(super) fn once<T: PartialEq>(list: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in list {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn long_texts_end_in_an_ellipsis() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
    }
}
