//! `[reporting]`: what a report should and should not contain.

use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::value::language::Language;
use crate::value::line::Line;

/// `[reporting]`.
#[derive(Debug, Clone, Default)]
pub struct Reporting {
    /// Whether a public issue may be used.
    pub public_issues: Option<PublicIssues>,
    /// The subject line that is asked for.
    pub subject: Option<Line>,
    /// Languages of reports; security.txt `Preferred-Languages` (RFC 9116 §2.5.8).
    pub languages: Vec<Language>,
    /// What to include.
    pub include: Vec<Item>,
    /// What to leave out.
    pub exclude: Vec<Spanned<String>>,
    /// The rule about reports made with AI.
    pub ai: Option<Spanned<String>>,
}

words! {
    /// Whether a public issue may be used to report.
    pub enum PublicIssues {
        /// Never.
        Never = "never",
        /// Where the severity is low.
        LowSeverity = "low-severity",
        /// Always.
        Always = "always",
    }
}

impl Decode for Reporting {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let reporting = Self {
            public_issues: f.optional("public_issues"),
            subject: f.optional("subject"),
            languages: f.or_default("languages"),
            include: f.or_default("include"),
            exclude: f.or_default("exclude"),
            ai: f.optional("ai"),
        };
        f.finish();
        Some(reporting)
    }
}

/// `{ title, text, required }`: one point of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// A short name, printed in bold.
    pub title: Option<Line>,
    /// What it says.
    pub text: Option<Spanned<String>>,
    /// Whether a report without it is of no use.
    pub required: bool,
}

impl Decode for Item {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let item =
            Self { title: f.optional("title"), text: f.optional("text"), required: f.or_default("required") };
        if !f.has("title") && !f.has("text") {
            let _: Option<Line> = f.required("text");
        }
        f.finish();
        Some(item)
    }
}
