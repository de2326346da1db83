//! `[scope]` and `[safe_harbor]`: what counts, and what is allowed.

use super::reporting::Item;
use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields};
use crate::value::line::Line;

/// `[scope]`.
#[derive(Debug, Clone)]
pub struct Scope {
    /// What counts as a vulnerability.
    pub included: Vec<Item>,
    /// What does not.
    pub excluded: Vec<Item>,
    /// A file under `content/` that tells the threat model.
    pub threat_model: Option<Spanned<Line>>,
}

impl Decode for Scope {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let scope = Self {
            included: f.or_default("in"),
            excluded: f.or_default("out"),
            threat_model: f.optional("threat_model"),
        };
        f.finish();
        Some(scope)
    }
}

/// `[safe_harbor]`.
#[derive(Debug, Clone)]
pub struct SafeHarbor {
    /// The promise.
    pub statement: Option<Spanned<String>>,
    /// Under which conditions.
    pub conditions: Vec<Item>,
}

impl Decode for SafeHarbor {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let harbor = Self { statement: f.optional("statement"), conditions: f.or_default("conditions") };
        f.finish();
        Some(harbor)
    }
}
