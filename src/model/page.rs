//! A further page of `content/`: front matter with a title, then Markdown.

use crate::source::fields::{Decode, Decoder, Fields};
use crate::source::{Span, Spanned};
use crate::value::line::Line;

/// Front matter of a content page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The front matter as a whole.
    pub span: Span,
    /// Heading and window title.
    pub title: Spanned<Line>,
    /// Order among its neighbours; lighter is earlier.
    pub weight: u32,
    /// Whether the portal's menu links to it.
    pub menu: bool,
    /// One sentence for search engines.
    pub description: Option<Line>,
}

impl Decode for Page {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let title = f.required("title");
        let weight = f.optional("weight").unwrap_or(1000);
        let (menu, description) = (f.or_default("menu"), f.optional("description"));
        f.finish();
        Some(Self { span, title: title?, weight, menu, description })
    }
}
