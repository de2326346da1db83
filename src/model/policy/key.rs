//! `[[key]]` and `[signing]`: OpenPGP certificates that are shown, and the one that signs.

use crate::openpgp::fingerprint::Fingerprint;
use crate::rules::input;
use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::source::{Span, Spanned};
use crate::value::line::Line;
use crate::value::slug::Slug;

/// `[[key]]`.
#[derive(Debug, Clone)]
pub struct Key {
    /// The whole entry.
    pub span: Span,
    /// How contacts and `[signing]` name it.
    pub id: Spanned<Slug>,
    /// Whose key it is.
    pub holder: Option<Line>,
    /// The public certificate, a path from the root.
    pub file: Option<Spanned<Line>>,
    /// The primary key's fingerprint; must match the file.
    pub fingerprint: Option<Spanned<Fingerprint>>,
    /// What it is used for.
    pub purposes: Vec<Purpose>,
    /// Whether the certificate is published here.
    pub available: Available,
}

words! {
    /// What a key is used for.
    pub enum Purpose {
        /// Reports are encrypted to it.
        Encrypt = "encrypt",
        /// It signs this portal.
        SignAdvisories = "sign-advisories",
        /// It signs releases.
        SignReleases = "sign-releases",
    }
}

words! {
    /// How one gets the certificate.
    pub enum Available {
        /// From this portal.
        Published = "published",
        /// By asking.
        OnRequest = "on-request",
        /// Not at all.
        None = "none",
    }
}

impl Decode for Key {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let id = f.required("id");
        let available = f.optional("available").unwrap_or(Available::Published);
        // What is published must be there to be published.
        let published = available == Available::Published;
        let file = if published { f.required("file") } else { f.optional("file") };
        let fingerprint = if published { f.required("fingerprint") } else { f.optional("fingerprint") };
        let (holder, purposes) = (f.optional("holder"), f.or_default("purpose"));
        f.finish();
        Some(Self { span, id: id?, holder, file, fingerprint, purposes, available })
    }
}

/// `[signing]`.
#[derive(Debug, Clone)]
pub struct Signing {
    /// The `[[key]]` whose owner signs.
    pub key: Spanned<Line>,
    /// Folder of committed signatures.
    pub store: Spanned<Line>,
    /// How many signers must have signed.
    pub threshold: Spanned<u32>,
}

impl Decode for Signing {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let key = f.required("key");
        let store =
            f.optional("store").unwrap_or_else(|| Spanned { span, value: Line::literal("signatures") });
        let threshold = f.optional("threshold").unwrap_or(Spanned { span, value: 1 });
        f.finish();
        // A manifest that asks for more signatures than it has signers could never be believed.
        if threshold.value != 1 {
            let message = format!("`threshold` is {}, and one key signs", threshold.value);
            cx.push(input::BAD_VALUE.at(threshold.span, message).help("write 1, or leave it out"));
        }
        Some(Self { key: key?, store, threshold })
    }
}
