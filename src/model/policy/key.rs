//! `[[key]]` and `[signing]`: OpenPGP certificates that are shown, and those that sign.

use crate::diag::escape::short;
use crate::openpgp::canonical::MOST;
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
    /// The `[[key]]`s whose owners sign: `key = "team"`, or a list of ids; at least one.
    pub keys: Vec<Spanned<Line>>,
    /// The `[[key]]`s that signed before these and hand over to them in a signed statement.
    pub succeeds: Vec<Spanned<Line>>,
    /// Folder of committed signatures.
    pub store: Spanned<Line>,
    /// How many signers must have signed the manifest, from one to all of `keys`.
    pub threshold: Spanned<u32>,
}

impl Signing {
    /// Whether a `[[key]].id` is one of those that sign.
    pub fn names(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.as_str() == id)
    }
}

/// One id, or a list of them.
struct Ids(Vec<Spanned<Line>>);

impl Decode for Ids {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        match value.get_ref() {
            toml::de::DeValue::Array(_) => Vec::decode(value, cx).map(Self),
            _ => Spanned::decode(value, cx).map(|id| Self(vec![id])),
        }
    }
}

impl Decode for Signing {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let keys: Option<Ids> = f.required("key");
        let succeeds: Option<Ids> = f.optional("succeeds");
        let store =
            f.optional("store").unwrap_or_else(|| Spanned { span, value: Line::literal("signatures") });
        let threshold = f.optional("threshold").unwrap_or(Spanned { span, value: 1 });
        f.finish();
        let keys = keys?.0;
        if keys.is_empty() {
            let help = "name the `id` of a [[key]]";
            cx.push(input::BAD_VALUE.at(span, "`key` is an empty list").help(help));
            return None;
        }
        let succeeds = succeeds.map(|ids| ids.0).unwrap_or_default();
        check_names(&keys, &succeeds, cx);
        // A manifest that asks for more signatures than it has signers could never be believed.
        let most = u32::try_from(keys.len()).unwrap_or(u32::MAX);
        if threshold.value == 0 || threshold.value > most {
            let signers = if most == 1 { "one key signs".to_owned() } else { format!("{most} keys sign") };
            let message = format!("`threshold` is {}, and {signers}", threshold.value);
            let help = format!("write a number from 1 to {most}");
            let help = if most == 1 { "write 1, or leave it out".to_owned() } else { help };
            cx.push(input::BAD_VALUE.at(threshold.span, message).help(help));
        }
        Some(Self { keys, succeeds, store, threshold })
    }
}

/// Each signer once, no more of them than a signature file holds, and nobody their own successor.
fn check_names(keys: &[Spanned<Line>], succeeds: &[Spanned<Line>], cx: &mut Decoder<'_>) {
    for list in [keys, succeeds] {
        if let Some(extra) = list.get(MOST) {
            let message = format!("{} keys are named, and {MOST} can sign", list.len());
            cx.push(input::BAD_VALUE.at(extra.span, message).help("leave some out"));
        }
    }
    for (i, key) in keys.iter().enumerate() {
        let id = short(key.as_str(), 60);
        if keys[..i].iter().any(|other| other.as_str() == key.as_str()) {
            let message = format!("`{id}` is named twice");
            cx.push(input::BAD_VALUE.at(key.span, message).help("name each key once"));
        }
    }
    let same = |a: &[Spanned<Line>], b: &[Spanned<Line>]| {
        a.iter().all(|id| b.iter().any(|other| other.as_str() == id.as_str()))
    };
    if let Some(former) = succeeds.first().filter(|_| same(keys, succeeds) && same(succeeds, keys)) {
        let message = format!("`{}` cannot succeed itself", short(former.as_str(), 60));
        let help = "name in `succeeds` those who signed before, where others sign now";
        cx.push(input::BAD_VALUE.at(former.span, message).help(help));
    }
}
