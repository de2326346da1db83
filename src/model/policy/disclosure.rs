//! `[disclosure]` and `[embargo]`: when what is told to whom.

use toml::Spanned as Toml;
use toml::de::DeValue;

use crate::source::fields::{Decode, Decoder, Fields, Named, words};
use crate::source::{Span, Spanned};
use crate::value::duration::Duration;
use crate::value::line::Line;
use crate::value::uuid::Uuid;

/// `[disclosure]`.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// The model.
    pub model: Option<Model>,
    /// After which time the reporter may publish.
    pub deadline: Option<Duration>,
    /// From which event it counts.
    pub deadline_from: Option<From>,
    /// How long after the fixed release details are held back: one for all (no name), or by severity.
    pub publish_after: Vec<(Option<String>, Duration)>,
    /// The steps, in order.
    pub steps: Vec<Spanned<String>>,
    /// How CVE ids are got.
    pub cve: Option<Cve>,
    /// The plan by days.
    pub phases: Vec<Phase>,
}

words! {
    /// Models of disclosure.
    pub enum Model {
        /// Coordinated with the reporter.
        Coordinated = "coordinated",
        /// Everything at once.
        Full = "full",
        /// Nothing is disclosed.
        None = "none",
    }
}

words! {
    /// The event from which a deadline counts.
    pub enum From {
        /// The report's arrival.
        Report = "report",
        /// Its acknowledgment.
        Acknowledgment = "acknowledgment",
        /// The fix.
        Fix = "fix",
    }
}

impl Decode for Disclosure {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let after: Option<PublishAfter> = f.optional("publish_after");
        let disclosure = Self {
            model: f.optional("model"),
            deadline: f.optional("deadline"),
            deadline_from: f.optional("deadline_from"),
            publish_after: after.map(|after| after.0).unwrap_or_default(),
            steps: f.or_default("steps"),
            cve: f.optional("cve"),
            phases: f.or_default("phases"),
        };
        f.finish();
        Some(disclosure)
    }
}

/// One duration for all, or a table by severity.
struct PublishAfter(Vec<(Option<String>, Duration)>);

impl Decode for PublishAfter {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        if value.get_ref().is_table() {
            let named = Named::<Duration>::decode(value, cx)?;
            return Some(Self(named.0.into_iter().map(|(name, after)| (Some(name), after)).collect()));
        }
        Duration::decode(value, cx).map(|after| Self(vec![(None, after)]))
    }
}

/// `cve = { … }`.
#[derive(Debug, Clone)]
pub struct Cve {
    /// The numbering authority that assigns ids.
    pub cna: Option<Line>,
    /// When an id is asked for, such as `always`.
    pub request: Option<Line>,
    /// The CNA's own organisation id: CVE files are whole records then.
    pub org_id: Option<Uuid>,
    /// The CNA's short name in the CVE programme.
    pub short_name: Option<Line>,
}

impl Decode for Cve {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let cve = Self {
            cna: f.optional("cna"),
            request: f.optional("request"),
            org_id: f.optional("org_id"),
            short_name: f.optional("short_name"),
        };
        f.finish();
        Some(cve)
    }
}

/// `{ day, text }`: one phase of the plan.
#[derive(Debug, Clone)]
pub struct Phase {
    /// The whole entry.
    pub span: Span,
    /// Days, as printed: `0`, `1-2`, `30+`.
    pub day: Line,
    /// What happens.
    pub text: String,
}

impl Decode for Phase {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let (day, text) = (f.required("day"), f.required("text"));
        f.finish();
        Some(Self { span, day: day?, text: text? })
    }
}

/// `[embargo]`: who is told before the public.
#[derive(Debug, Clone)]
pub struct Embargo {
    /// The list that is told.
    pub list: Option<Line>,
    /// How long before.
    pub notice: Option<Duration>,
    /// Who may join: words, or a file under `content/`.
    pub eligibility: Option<Spanned<Line>>,
}

impl Decode for Embargo {
    fn decode(value: &Toml<DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let embargo = Self {
            list: f.optional("list"),
            notice: f.optional("notice"),
            eligibility: f.optional("eligibility"),
        };
        f.finish();
        Some(embargo)
    }
}
