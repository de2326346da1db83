//! `[[response]]` and `[[severity]]`: what is promised, and how severity is graded.

use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::source::{Span, Spanned};
use crate::value::cvss::CvssRange;
use crate::value::duration::Duration;
use crate::value::line::Line;
use crate::value::severity::Severity;

/// `[[response]]`: one promise.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The whole entry.
    pub span: Span,
    /// What is promised.
    pub stage: Stage,
    /// For which severity; none means all.
    pub severity: Option<Severity>,
    /// Within which time.
    pub within: Option<Duration>,
    /// How often.
    pub every: Option<Duration>,
    /// The promise in words, where it is no duration.
    pub text: Option<Line>,
}

words! {
    /// Stages of handling a report, in their order.
    pub enum Stage {
        /// Somebody has read it.
        Acknowledgment = "acknowledgment",
        /// It is understood and graded.
        Assessment = "assessment",
        /// News while it is worked on.
        Update = "update",
        /// A fix exists.
        Fix = "fix",
        /// The fix is released.
        Release = "release",
        /// The advisory is published.
        Advisory = "advisory",
        /// All is public.
        Disclosure = "disclosure",
    }
}

impl Decode for Promise {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let stage = f.required("stage");
        let (severity, within, every, text) =
            (f.optional("severity"), f.optional("within"), f.optional("every"), f.optional("text"));
        if !f.has("within") && !f.has("every") && !f.has("text") {
            let _: Option<Duration> = f.required("within");
        }
        f.finish();
        Some(Self { span, stage: stage?, severity, within, every, text })
    }
}

/// `[[severity]]`: what a level means here.
#[derive(Debug, Clone)]
pub struct SeverityLevel {
    /// The level.
    pub level: Spanned<Severity>,
    /// The CVSS scores that it covers.
    pub cvss: Option<CvssRange>,
    /// Examples.
    pub examples: Vec<Spanned<String>>,
    /// What is paid.
    pub reward: Option<Reward>,
}

impl Decode for SeverityLevel {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let level = f.required("level");
        let (cvss, examples, reward) = (f.optional("cvss"), f.or_default("examples"), f.optional("reward"));
        f.finish();
        Some(Self { level: level?, cvss, examples, reward })
    }
}

/// `reward = { … }`.
#[derive(Debug, Clone)]
pub struct Reward {
    /// Currency, such as `USD`.
    pub currency: Line,
    /// The least.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

impl Decode for Reward {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let currency = f.required("currency");
        let (min, max) = (f.optional("min"), f.optional("max"));
        f.finish();
        Some(Self { currency: currency?, min, max })
    }
}
