//! Addresses that a sentence sends reports to: in go its words, out come findings where no [[contact]] has the address.

use super::Claim;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::Policy;
use crate::rules::text as rules;
use crate::value::email::Email;
use crate::value::sentence::{has_any, negates};

/// What an address is for, where it is not for reports.
const OTHER: [&str; 16] = [
    "announce",
    "subscribe",
    "list",
    "conduct",
    "abuse",
    "press",
    "sales",
    "legal",
    "upstream",
    "dependenc",
    "third-party",
    "third party",
    "embargo",
    "distro",
    "credit",
    "escalat",
];

/// Looks at one sentence.
pub(super) fn check(sentence: &str, heading: &str, claim: &Claim<'_>, diags: &mut Diagnostics) {
    if !sentence.contains('@') || !has_any(heading, &["report", "contact", "disclos", "vulnerabilit"]) {
        return;
    }
    let lower = sentence.to_lowercase();
    let before = lower.split('@').next().unwrap_or_default();
    let reports = has_any(before, &["report", "vulnerab", "security issue", "disclos"]);
    let label = ["email", "e-mail", "mail", "contact", "security contact", "security team", "security email"];
    let labelled = super::super::prose::labelled(before).is_some_and(|(word, ..)| label.contains(&word));
    if !reports && !labelled || has_any(&lower, &OTHER) || negates(&lower) {
        return;
    }
    for word in sentence.split(|c: char| c.is_whitespace() || "()<>[],;\"'*".contains(c)) {
        let word = word.strip_prefix("mailto:").unwrap_or(word);
        let word = word.split('?').next().unwrap_or_default().trim_end_matches(['.', ':', '!', '_']);
        if Email::parse(word).is_err() || is_known(word, claim.subject.policy) {
            continue;
        }
        let message = format!("reports are sent to `{}`, which is no [[contact]]", short(word, 60));
        let help = "add it as a [[contact]], or write the address of one";
        diags.push(rules::PROSE_DISAGREES.at(claim.span(word), message).help(help));
    }
}

/// Whether a table names the address, in whatever role.
fn is_known(address: &str, policy: &Policy) -> bool {
    let address = address.to_ascii_lowercase();
    let names = |text: &str| text.to_ascii_lowercase().contains(&address);
    policy.contacts.iter().any(|contact| {
        let words = [
            contact.address.as_ref().map(|address| &address.value),
            contact.name.as_ref(),
            contact.note.as_ref(),
        ];
        words.into_iter().flatten().any(|words| names(words.as_str()))
    }) || policy.keys.iter().any(|key| key.holder.as_ref().is_some_and(|holder| names(holder.as_str())))
        || policy.embargo.iter().any(|embargo| embargo.list.as_ref().is_some_and(|list| names(list.as_str())))
}
