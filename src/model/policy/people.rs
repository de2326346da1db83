//! `[bounty]`, `[credit]`, `[[hall_of_fame]]`, `[[audit]]` and `[[limitation]]`: who is thanked, paid and heard.

use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::value::line::Line;
use crate::value::url::WebUrl;

/// `[bounty]`: absent says nothing, `offered = false` says no.
#[derive(Debug, Clone)]
pub struct Bounty {
    /// Whether rewards are paid.
    pub offered: bool,
    /// Where.
    pub platform: Option<WebUrl>,
}

impl Decode for Bounty {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let (offered, platform) = (f.required("offered"), f.optional("platform"));
        f.finish();
        Some(Self { offered: offered?, platform })
    }
}

/// `[credit]`.
#[derive(Debug, Clone)]
pub struct Credit {
    /// Whether finders are thanked.
    pub given: bool,
    /// Whether they may stay anonymous.
    pub anonymous: bool,
    /// Where they are named.
    pub places: Vec<Place>,
}

words! {
    /// Places where finders are named.
    pub enum Place {
        /// In the advisory.
        Advisory = "advisory",
        /// In the release notes.
        ReleaseNotes = "release-notes",
        /// In the hall of fame.
        HallOfFame = "hall-of-fame",
    }
}

impl Decode for Credit {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let credit = Self {
            given: f.optional("given").unwrap_or(true),
            anonymous: f.or_default("anonymous"),
            places: f.or_default("places"),
        };
        f.finish();
        Some(credit)
    }
}

/// `[[hall_of_fame]]`: thanks that no advisory carries.
#[derive(Debug, Clone)]
pub struct Thanks {
    /// Who.
    pub name: Line,
    /// Their page.
    pub url: Option<WebUrl>,
    /// When.
    pub date: Option<jiff::civil::Date>,
    /// For what.
    pub reason: Option<Line>,
}

impl Decode for Thanks {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let name = f.required("name");
        let (url, date, reason) = (f.optional("url"), f.optional("date"), f.optional("for"));
        f.finish();
        Some(Self { name: name?, url, date, reason })
    }
}

/// `[[audit]]`.
#[derive(Debug, Clone)]
pub struct Audit {
    /// When.
    pub date: jiff::civil::Date,
    /// By whom.
    pub by: Line,
    /// The report.
    pub report: Option<WebUrl>,
}

impl Decode for Audit {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let (date, by, report) = (f.required("date"), f.required("by"), f.optional("report"));
        f.finish();
        Some(Self { date: date?, by: by?, report })
    }
}

/// `[[limitation]]`: a weakness that is known and accepted.
#[derive(Debug, Clone)]
pub struct Limitation {
    /// A short name.
    pub title: Line,
    /// What it is.
    pub text: Option<Spanned<String>>,
    /// What to do about it.
    pub mitigation: Option<Spanned<String>>,
    /// When it goes away.
    pub planned: Option<Line>,
}

impl Decode for Limitation {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let title = f.required("title");
        let (text, mitigation, planned) =
            (f.optional("text"), f.optional("mitigation"), f.optional("planned"));
        f.finish();
        Some(Self { title: title?, text, mitigation, planned })
    }
}
