//! `policy.toml`, table by table.

pub mod advisories;
pub mod contact;
pub mod disclosure;
pub mod key;
pub mod people;
pub mod product;
pub mod project;
pub mod reporting;
pub mod response;
pub mod scope;
pub mod section;
pub mod site;

use crate::diag::Level;
use crate::rules::input;
use crate::source::fields::{Decode, Decoder, Fields, Named, nearest, words};
use crate::source::{Span, Spanned};
use crate::value::Invalid;
use crate::value::duration::Duration;
use crate::value::language::Language;
use crate::value::line::Line;

use advisories::Advisories;
use contact::Contact;
use disclosure::{Disclosure, Embargo};
use key::{Key, Signing};
use people::{Audit, Bounty, Credit, Limitation, Thanks};
use product::Product;
use project::Project;
use reporting::Reporting;
use response::{Promise, SeverityLevel};
use scope::{SafeHarbor, Scope};
use section::{Section, SecurityMd};
use site::Site;

/// The day that stands for none, the first that a date may name: what an import writes where nobody has said yet that the policy holds.
pub const NEVER: jiff::civil::Date = jiff::civil::Date::constant(1990, 1, 1);

/// The whole of `policy.toml`.
#[derive(Debug, Clone)]
pub struct Policy {
    /// `[site]`.
    pub site: Site,
    /// `[policy]`.
    pub document: Document,
    /// `[project]`.
    pub project: Project,
    /// `[[product]]`, in order.
    pub products: Vec<Product>,
    /// `[lints]`: levels by rule id.
    pub lints: Vec<(String, Level)>,
    /// `[reporting]`.
    pub reporting: Reporting,
    /// `[[contact]]`, in order of preference.
    pub contacts: Vec<Contact>,
    /// `[[key]]`.
    pub keys: Vec<Key>,
    /// `[signing]`.
    pub signing: Option<Signing>,
    /// `[[response]]`.
    pub promises: Vec<Promise>,
    /// `[[severity]]`.
    pub severities: Vec<SeverityLevel>,
    /// `[disclosure]`.
    pub disclosure: Option<Disclosure>,
    /// `[embargo]`.
    pub embargo: Option<Embargo>,
    /// `[scope]`.
    pub scope: Option<Scope>,
    /// `[safe_harbor]`.
    pub safe_harbor: Option<SafeHarbor>,
    /// `[bounty]`.
    pub bounty: Option<Bounty>,
    /// `[credit]`.
    pub credit: Option<Credit>,
    /// `[[hall_of_fame]]`.
    pub thanks: Vec<Thanks>,
    /// `[advisories]`.
    pub advisories: Advisories,
    /// `[[audit]]`.
    pub audits: Vec<Audit>,
    /// `[[limitation]]`.
    pub limitations: Vec<Limitation>,
    /// `[[section]]`, in order.
    pub sections: Vec<Section>,
    /// `[security_md]`.
    pub security_md: SecurityMd,
}

impl Decode for Policy {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        // Everything is read before the first `?`, so that one missing table does not hide the rest.
        let site = f.required_table("site", "base_url");
        let (document, project) =
            (f.required_table("policy", "reviewed"), f.required_table("project", "name"));
        let lints: Lints = f.or_default("lints");
        let rest = Self {
            products: f.or_default("product"),
            lints: lints.0,
            reporting: f.or_default("reporting"),
            contacts: f.or_default("contact"),
            keys: f.or_default("key"),
            signing: f.optional("signing"),
            promises: f.or_default("response"),
            severities: f.or_default("severity"),
            disclosure: f.optional("disclosure"),
            embargo: f.optional("embargo"),
            scope: f.optional("scope"),
            safe_harbor: f.optional("safe_harbor"),
            bounty: f.optional("bounty"),
            credit: f.optional("credit"),
            thanks: f.or_default("hall_of_fame"),
            advisories: f.or_default("advisories"),
            audits: f.or_default("audit"),
            limitations: f.or_default("limitation"),
            sections: f.or_default("section"),
            security_md: f.or_default("security_md"),
            site: site.clone().unwrap_or_default(),
            document: document.clone().unwrap_or_default(),
            project: project.clone().unwrap_or_default(),
        };
        if !f.has_entries("contact") {
            let help = "add a [[contact]] with `kind` and `address`; it is how reports reach you";
            f.report(&input::MISSING_KEY, Invalid::new("the table `[[contact]]` is missing", help));
        }
        f.finish();
        let (_, _, _): (Site, Document, Project) = (site?, document?, project?);
        Some(rest)
    }
}

/// `[policy]`: the document's own facts.
#[derive(Debug, Clone)]
pub struct Document {
    /// Heading of the policy page and of SECURITY.md.
    pub title: Line,
    /// Language of the whole portal, BCP 47.
    pub language: Language,
    /// Version of this document.
    pub version: Option<Line>,
    /// The day on which a person attested that all of it holds, or [`NEVER`]. No build moves it.
    pub reviewed: Spanned<jiff::civil::Date>,
    /// Who attested.
    pub reviewed_by: Vec<Line>,
    /// How long the attestation is good for; security.txt expires then.
    pub valid_for: Option<Spanned<Duration>>,
    /// Markdown between the title and the first section.
    pub intro: Option<Spanned<String>>,
}

impl Document {
    /// The day on which somebody attested that all of it holds, if anybody has.
    pub fn attested(&self) -> Option<jiff::civil::Date> {
        Some(self.reviewed.value).filter(|day| *day != NEVER)
    }
}

impl Decode for Document {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let document = Self {
            title: f.optional("title").unwrap_or_else(|| Line::literal("Security Policy")),
            language: f.optional("language").unwrap_or_else(Language::english),
            version: f.optional("version"),
            reviewed_by: f.or_default("reviewed_by"),
            valid_for: f.optional("valid_for"),
            intro: f.optional("intro"),
            reviewed: match f.required("reviewed") {
                Some(day) => day,
                None => {
                    f.finish();
                    return None;
                }
            },
        };
        f.finish();
        Some(document)
    }
}

impl Default for Document {
    /// Stands in where `[policy]` is missing, so that the other tables are still read; never leaves `decode`.
    fn default() -> Self {
        let nowhere = Span::start_of(crate::source::FileId::default());
        Self {
            title: Line::literal("Security Policy"),
            language: Language::english(),
            version: None,
            reviewed: Spanned { span: nowhere, value: jiff::civil::Date::constant(2000, 1, 1) },
            reviewed_by: Vec::new(),
            valid_for: None,
            intro: None,
        }
    }
}

/// `[lints]`.
#[derive(Debug, Clone, Default)]
struct Lints(Vec<(String, Level)>);

words! {
    /// A level as it is written.
    pub enum LevelWord {
        /// Not reported.
        Allow = "allow",
        /// Said by `check` alone.
        Note = "note",
        /// Reported.
        Warn = "warn",
        /// Stops a build.
        Deny = "deny",
    }
}

impl Decode for Lints {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let named = Named::<Spanned<LevelWord>>::decode(value, cx)?;
        let mut lints = Vec::new();
        for (id, level) in named.0 {
            let Some(rule) = crate::rules::find(&id) else {
                let near = nearest(&id, crate::rules::RULES.iter().map(|rule| rule.id));
                let help = near.map_or_else(
                    || "`secsite explain` lists all rules".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("there is no rule `{}`", crate::diag::escape::short(&id, 60));
                cx.push(input::UNKNOWN_LINT.at(level.span, message).help(help));
                continue;
            };
            let wanted = match level.value {
                LevelWord::Allow => Level::Allow,
                LevelWord::Note => Level::Note,
                LevelWord::Warn => Level::Warn,
                LevelWord::Deny => Level::Deny,
            };
            if !rule.adjustable && wanted < rule.level {
                let message = format!("`{id}` cannot be lowered to `{}`", wanted.word());
                cx.push(
                    input::BAD_VALUE.at(level.span, message).help("mend what it reports; its page says why"),
                );
                continue;
            }
            lints.push((id, wanted));
        }
        Some(Self(lints))
    }
}
