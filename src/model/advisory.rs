//! One advisory: front matter between `+++` lines, then a CommonMark body.

pub mod affected;
pub mod history;

use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::source::{Span, Spanned};
use crate::value::cvss::Vector;
use crate::value::cwe::Cwe;
use crate::value::date::When;
use crate::value::id::{AdvisoryId, Alias};
use crate::value::line::Line;
use crate::value::severity::Severity;
use crate::value::url::WebUrl;

use affected::Affected;
use history::{Credit, Embargo, Event, Revision, Withdrawn};

/// An advisory as it was written.
#[derive(Debug, Clone)]
pub struct Advisory {
    /// The front matter as a whole.
    pub span: Span,
    /// Its id; equals the file name.
    pub id: Spanned<AdvisoryId>,
    /// One line; may hold code spans.
    pub title: Spanned<Line>,
    /// When it became public; absent in a draft.
    pub published: Option<Spanned<When>>,
    /// When its content last changed.
    pub modified: Option<Spanned<When>>,
    /// Its state.
    pub status: Spanned<Status>,
    /// Before this it is a draft.
    pub embargo: Option<Box<Embargo>>,
    /// Taken back: stays published and says so.
    pub withdrawn: Option<Box<Withdrawn>>,
    /// Absent for a vulnerability.
    pub informational: Option<Informational>,
    /// Other ids of the same vulnerability.
    pub aliases: Vec<Spanned<Alias>>,
    /// The same cause elsewhere.
    pub related: Vec<Spanned<Alias>>,
    /// The id of the dependency's vulnerability.
    pub upstream: Vec<Spanned<Alias>>,
    /// Weaknesses.
    pub cwe: Vec<Cwe>,
    /// The severity word, where no vector gives it.
    pub severity: Option<Spanned<Severity>>,
    /// What is known of exploitation.
    pub exploited: Option<Exploited>,
    /// The author's own grouping.
    pub categories: Vec<Line>,
    /// One or two sentences for lists, feeds and CSAF notes.
    pub impact: Option<Spanned<String>>,
    /// CVSS vectors of any version and source.
    pub cvss: Vec<Cvss>,
    /// What is hit, and what is not.
    pub affected: Vec<Affected>,
    /// Links.
    pub references: Vec<Reference>,
    /// Who helped.
    pub credits: Vec<Credit>,
    /// What happened when.
    pub timeline: Vec<Event>,
    /// History of the document.
    pub revisions: Vec<Revision>,
}

words! {
    /// States of an advisory.
    pub enum Status {
        /// Exists in no output byte.
        Draft = "draft",
        /// Published.
        Final = "final",
        /// Published; the vendor disagrees that it is a vulnerability.
        Disputed = "disputed",
        /// Published; found to be no vulnerability.
        Rejected = "rejected",
    }
}

words! {
    /// Kinds of notices that are no vulnerability.
    pub enum Informational {
        /// Nobody maintains it any more.
        Unmaintained = "unmaintained",
        /// Unsound, though no attack is known.
        Unsound = "unsound",
        /// Anything else worth knowing.
        Notice = "notice",
    }
}

words! {
    /// What is known of exploitation.
    pub enum Exploited {
        /// Nobody has heard of any.
        NoneKnown = "none-known",
        /// A proof of concept is public.
        Poc = "poc",
        /// It is attacked.
        InTheWild = "in-the-wild",
    }
}

impl Decode for Advisory {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let (id, title) = (f.required("id"), f.required("title"));
        // A state that cannot be read is a draft: no typo publishes anything.
        let stated = f.has("status");
        let status: Option<Spanned<Status>> = f.optional("status");
        let default = if stated { Status::Draft } else { Status::Final };
        let embargoed = f.has("embargo");
        let embargo: Option<Box<Embargo>> = f.optional("embargo");
        let unreadable_embargo = embargoed && embargo.is_none();
        let advisory = Self {
            span,
            published: f.optional("published"),
            modified: f.optional("modified"),
            status: status.unwrap_or(Spanned { span, value: default }),
            embargo,
            withdrawn: f.optional("withdrawn"),
            informational: f.optional("informational"),
            aliases: f.or_default("aliases"),
            related: f.or_default("related"),
            upstream: f.or_default("upstream"),
            cwe: f.or_default("cwe"),
            severity: f.optional("severity"),
            exploited: f.optional("exploited"),
            categories: f.or_default("categories"),
            impact: f.optional("impact"),
            cvss: f.or_default("cvss"),
            affected: f.or_default("affected"),
            references: f.or_default("reference"),
            credits: f.or_default("credit"),
            timeline: f.or_default("timeline"),
            revisions: f.or_default("revision"),
            id: id.clone().unwrap_or_else(|| Spanned { span, value: AdvisoryId::placeholder() }),
            title: title.clone().unwrap_or_else(|| Spanned { span, value: Line::literal("") }),
        };
        f.finish();
        // All of it has been read for its problems; now what cannot stand without is asked for.
        let (_, _) = (id?, title?);
        if unreadable_embargo { None } else { Some(advisory) }
    }
}

/// `[[cvss]]`.
#[derive(Debug, Clone)]
pub struct Cvss {
    /// The vector.
    pub vector: Spanned<Vector>,
    /// Who scored.
    pub source: Option<Line>,
    /// For which product.
    pub product: Option<Spanned<Line>>,
}

impl Decode for Cvss {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let vector = f.required("vector");
        let (source, product) = (f.optional("source"), f.optional("product"));
        f.finish();
        Some(Self { vector: vector?, source, product })
    }
}

/// `[[reference]]`.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What the page is.
    pub kind: ReferenceKind,
    /// Its address.
    pub url: WebUrl,
}

words! {
    /// Reference types of OSV, in lower case.
    pub enum ReferenceKind {
        /// Another advisory.
        Advisory = "advisory",
        /// An article.
        Article = "article",
        /// How to detect it.
        Detection = "detection",
        /// A discussion.
        Discussion = "discussion",
        /// A report, such as an issue.
        Report = "report",
        /// The fix.
        Fix = "fix",
        /// The change that brought it.
        Introduced = "introduced",
        /// The package.
        Package = "package",
        /// A demonstration.
        Evidence = "evidence",
        /// Anything else.
        Web = "web",
    }
}

impl Decode for Reference {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let kind = f.optional("kind").unwrap_or(ReferenceKind::Web);
        let url = f.required("url");
        f.finish();
        Some(Self { kind, url: url? })
    }
}
