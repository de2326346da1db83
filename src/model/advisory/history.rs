//! Who, when and why: embargo, withdrawal, credits, timeline, revisions.

use jiff::Timestamp;

use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::value::date::When;
use crate::value::id::AdvisoryId;
use crate::value::line::Line;
use crate::value::url::WebUrl;

/// `embargo = { … }`: before `until` the file is a draft.
#[derive(Debug, Clone)]
pub struct Embargo {
    /// When it may be known: a moment, since a day begins at other times elsewhere.
    pub until: Spanned<Timestamp>,
    /// Who knows already.
    pub shared_with: Vec<Line>,
}

impl Decode for Embargo {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let until = f.required("until");
        let shared_with = f.or_default("shared_with");
        f.finish();
        Some(Self { until: until?, shared_with })
    }
}

/// `withdrawn = { … }`.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// When.
    pub date: Spanned<When>,
    /// Why.
    pub reason: Option<String>,
    /// What replaces it.
    pub superseded_by: Option<Spanned<AdvisoryId>>,
}

impl Decode for Withdrawn {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let date = f.required("date");
        let (reason, superseded_by) = (f.optional("reason"), f.optional("superseded_by"));
        f.finish();
        Some(Self { date: date?, reason, superseded_by })
    }
}

/// `[[credit]]`.
#[derive(Debug, Clone)]
pub struct Credit {
    /// Who. Where `anonymous` is set, this reaches no output.
    pub name: Line,
    /// What they did.
    pub kind: CreditType,
    /// Their pages and addresses.
    pub contact: Vec<Line>,
    /// Thanked without a name.
    pub anonymous: bool,
}

words! {
    /// Types of credit, those of OSV and CVE.
    pub enum CreditType {
        /// Found it.
        Finder = "finder",
        /// Reported it.
        Reporter = "reporter",
        /// Analysed it.
        Analyst = "analyst",
        /// Coordinated.
        Coordinator = "coordinator",
        /// Wrote the fix.
        RemediationDeveloper = "remediation-developer",
        /// Reviewed the fix.
        RemediationReviewer = "remediation-reviewer",
        /// Verified the fix.
        RemediationVerifier = "remediation-verifier",
        /// Their tool found it.
        Tool = "tool",
        /// Paid for the work.
        Sponsor = "sponsor",
        /// Anything else.
        Other = "other",
    }
}

impl Decode for Credit {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let name = f.required("name");
        let written = f.has("type");
        let kind: Option<CreditType> = f.optional("type");
        let contact = f.or_default("contact");
        let asked = f.has("anonymous");
        let anonymous: Option<bool> = f.optional("anonymous");
        f.finish();
        // A wish for anonymity that cannot be read is a wish for anonymity.
        let anonymous = anonymous.unwrap_or(asked);
        let kind = kind.or(if written { None } else { Some(CreditType::Finder) })?;
        Some(Self { name: name?, kind, contact, anonymous })
    }
}

/// `[[timeline]]`.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub date: Spanned<When>,
    /// What.
    pub event: Line,
}

impl Decode for Event {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let (date, event) = (f.required("date"), f.required("event"));
        f.finish();
        Some(Self { date: date?, event: event? })
    }
}

/// `[[revision]]`: CSAF tracking history.
#[derive(Debug, Clone)]
pub struct Revision {
    /// `1.0.0` or `1`.
    pub version: Spanned<Line>,
    /// When.
    pub date: Spanned<When>,
    /// What changed.
    pub summary: Line,
}

impl Decode for Revision {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let (version, date, summary) = (f.required("version"), f.required("date"), f.required("summary"));
        f.finish();
        Some(Self { version: version?, date: date?, summary: summary? })
    }
}

/// The pages among a credit's contacts: those that may be linked.
pub fn links(credit: &Credit) -> Vec<WebUrl> {
    credit.contact.iter().filter_map(|contact| WebUrl::parse(contact.as_str()).ok()).collect()
}
