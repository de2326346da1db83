//! `[site]`: where the portal lives and how it looks.

use crate::source::fields::{Decode, Decoder, Fields};
use crate::source::{FileId, Span, Spanned};
use crate::value::line::Line;
use crate::value::url::BaseUrl;

/// `[site]`.
#[derive(Debug, Clone)]
pub struct Site {
    /// Address of the portal's root; `https`, ending in `/`.
    pub base_url: Spanned<BaseUrl>,
    /// Folder below `themes/`, or the embedded theme of that name.
    pub theme: Spanned<Line>,
    /// How many entries the feeds hold; the corpus itself is always complete.
    pub feed_entries: u32,
}

impl Decode for Site {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let base_url = f.required("base_url");
        let theme = f.optional("theme").unwrap_or_else(|| Spanned { span, value: Line::literal("default") });
        let feed_entries = f.optional("feed_entries").unwrap_or(50);
        f.finish();
        Some(Self { base_url: base_url?, theme, feed_entries })
    }
}

impl Default for Site {
    /// Stands in where `[site]` is missing, so that the other tables are still read; never leaves `decode`.
    fn default() -> Self {
        let span = Span::start_of(FileId::default());
        Self {
            base_url: Spanned { span, value: BaseUrl::example() },
            theme: Spanned { span, value: Line::literal("default") },
            feed_entries: 50,
        }
    }
}
