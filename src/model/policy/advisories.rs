//! `[advisories]`: how advisories are named and announced.

use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields};
use crate::value::line::Line;
use crate::value::prefix::Prefix;
use crate::value::url::WebUrl;

/// `[advisories]`.
#[derive(Debug, Clone, Default)]
pub struct Advisories {
    /// First part of the ids that this project gives: `PREFIX-YYYY-NNNN`.
    pub prefix: Option<Spanned<Prefix>>,
    /// Whether the OSV schema knows the prefix.
    pub osv_prefix_registered: bool,
    /// Where else advisories appear.
    pub published: Vec<WebUrl>,
    /// Where they are announced.
    pub announce: Vec<Announce>,
}

impl Decode for Advisories {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let advisories = Self {
            prefix: f.optional("prefix"),
            osv_prefix_registered: f.or_default("osv_prefix_registered"),
            published: f.or_default("published"),
            announce: f.or_default("announce"),
        };
        f.finish();
        Some(advisories)
    }
}

/// `{ name, url, feed }`: a place of announcements.
#[derive(Debug, Clone)]
pub struct Announce {
    /// Its name.
    pub name: Line,
    /// Its page.
    pub url: Option<WebUrl>,
    /// Its feed.
    pub feed: Option<WebUrl>,
}

impl Decode for Announce {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let name = f.required("name");
        let (url, feed) = (f.optional("url"), f.optional("feed"));
        f.finish();
        Some(Self { name: name?, url, feed })
    }
}
