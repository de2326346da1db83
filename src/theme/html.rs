//! HTML of our own making, kept apart from text by its type.

use serde::{Serialize, Serializer};

use crate::markdown;

/// HTML that templates print with `| safe`. It can only be made by the Markdown renderer, by a template, or by hand
/// through [`Html::trusted`], which is easy to search for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// HTML that this crate made.
    pub fn trusted(html: String) -> Self {
        Self(html)
    }

    /// A title or a short sentence: code spans and emphasis become tags, all else is text.
    pub fn inline(text: &str) -> Self {
        Self(markdown::inline_html(text))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
