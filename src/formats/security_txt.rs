//! `/.well-known/security.txt` (RFC 9116): where to report, and until when that holds.
//!
//! In go the policy's confirmed contacts, the day of its review and the keys, out come printable ASCII lines that may
//! stand in a clear-text frame. A file that could not be valid, for want of a contact or because the review is over, is
//! not made at all; why is a finding of the policy. No build moves `Expires`: only a review does.

use std::borrow::Cow;

use super::Format;
use crate::diag::Diagnostic;
use crate::diag::escape::short;
use crate::model::policy::key::Purpose;
use crate::openpgp::frame::{self, Unframable};
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::rules::input;
use crate::site::keys::Key;
use crate::site::policy::{expires, reporting_contacts};
use crate::site::{Mark, Site};
use crate::value::language::Language;

/// security.txt.
pub struct SecurityTxt;

impl Format for SecurityTxt {
    fn name(&self) -> &'static str {
        "security.txt"
    }

    fn standard(&self) -> &'static str {
        "RFC 9116"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        let fresh = expires(&site.policy).is_some_and(|end| end > site.today());
        if !fresh || reporting_contacts(&site.policy).is_empty() {
            return;
        }
        plan.add(self.name(), &routes::security_txt(), Seal::Cleartext, |site| {
            let text = text(site);
            frame::check(&text).map_err(|problem| unframable(&text, problem))?;
            Ok(Cow::Owned(text.into_bytes()))
        });
    }
}

/// The fields, in the order in which readers look for them.
fn text(site: &Site) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        out.push_str(name);
        out.push_str(": ");
        out.push_str(value);
        out.push('\n');
    };
    for (_, uri) in reporting_contacts(&site.policy) {
        field("Contact", &uri);
    }
    if let Some(day) = expires(&site.policy) {
        field("Expires", &format!("{day}T00:00:00Z"));
    }
    for url in encryption(site) {
        field("Encryption", &url);
    }
    field("Acknowledgments", &site.url(&routes::thanks()));
    field("Policy", &site.url(&routes::policy()));
    let languages: Vec<&str> = site.policy.reporting.languages.iter().map(Language::as_str).collect();
    if !languages.is_empty() {
        field("Preferred-Languages", &languages.join(", "));
    }
    field("Canonical", &site.url(&routes::security_txt()));
    // Below a path nobody looks for it. A copy at the root of the host counts only if the file names that address, too
    // (RFC 9116 §2.5.2).
    if !site.base.is_root() {
        field("Canonical", &format!("{}/{}", site.base.origin(), routes::security_txt().encoded()));
    }
    // CSAF 2.0 §7.1.8 asks for https; a site on this machine has no other readers.
    let csaf = site.url(&routes::csaf_provider());
    if csaf.starts_with("https://") {
        field("CSAF", &csaf);
    }
    out
}

/// Addresses of the keys to encrypt to, each once: the key that signs this file, which readers try first; the keys of
/// the contacts, in their order; then whatever else the policy says is for encryption.
fn encryption(site: &Site) -> Vec<String> {
    let fit = |key: &Key| {
        key.certificate.as_ref().is_some_and(|it| it.problems_for_encryption(site.date).is_empty())
    };
    let signing = site.signing_key().filter(|key| site.mark == Mark::DevKey || fit(key));
    let contacts =
        reporting_contacts(&site.policy).into_iter().filter_map(|(contact, _)| contact.key.as_ref());
    let theirs = contacts.filter_map(|id| site.keys.iter().find(|key| key.id == id.as_str()));
    let others = site.keys.iter().filter(|key| key.purposes.contains(&Purpose::Encrypt));
    let mut urls = Vec::new();
    for key in signing.into_iter().chain(theirs.chain(others).filter(|key| fit(key))) {
        let Some(certificate) = &key.certificate else { continue };
        let url = site.url(&routes::certificate(&certificate.fingerprint().to_string()));
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// A line that OpenPGP would have to escape, and readers of the raw file would then misread.
fn unframable(text: &str, problem: Unframable) -> Box<Diagnostic> {
    let line = match problem {
        Unframable::Foreign { line }
        | Unframable::TrailingBlank { line }
        | Unframable::Dash { line }
        | Unframable::From { line }
        | Unframable::TooWide { line } => text.lines().nth(line - 1).unwrap_or_default(),
        Unframable::Empty | Unframable::TooLarge | Unframable::Unterminated => "",
    };
    let message = format!("security.txt would hold `{}`, but {problem}", short(line, 60));
    let help = "shorten the contact's address; it is printed in one line of ASCII";
    Box::new(input::BAD_VALUE.anywhere(message).help(help))
}
