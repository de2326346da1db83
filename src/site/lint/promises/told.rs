//! Promises that the text makes or takes back: secrecy without an end, rewards and audits with nothing behind them.

use crate::diag::Diagnostics;
use crate::markdown::Block;
use crate::model::policy::contact::Purpose;
use crate::model::policy::disclosure::Model;
use crate::rules::promise as rules;
use crate::site::lint::prose::Told;
use crate::site::lint::{Subject, contacts};
use crate::value::sentence::{has_any, negates, sentences};

/// The rules that look at the words of the policy too.
pub(in crate::site::lint) fn check(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    promise_unbacked(subject, told, diags);
    deadline_missing(subject, told, diags);
    audits_unbacked(subject, told, diags);
}

fn deadline_missing(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    let policy = subject.policy;
    let model = policy.disclosure.as_ref().and_then(|disclosure| disclosure.model);
    let dated = policy.disclosure.as_ref().is_some_and(|disclosure| disclosure.deadline.is_some());
    if dated || model == Some(Model::Full) || contacts::is_elsewhere(policy) {
        return;
    }
    let silent = |told: &Told<'_>| {
        let asks =
            |block: &&Block| sentences(told.words(block.range.clone())).iter().any(|s| asks_for_silence(s));
        told.blocks.iter().find(asks).map(|block| told.span(block.range.clone(), subject))
    };
    let place = match model {
        Some(Model::Coordinated) => Some(subject.table("[disclosure]")),
        _ => told.iter().find_map(silent),
    };
    if let Some(place) = place {
        let help = "write `deadline = \"90 days\"` in [disclosure], or the time that you need";
        let message = "finders are asked to keep silent, and not told until when";
        diags.push(rules::DEADLINE_MISSING.at(place, message).help(help));
    }
}

/// "Do not disclose it until it is fixed". "Not in a public issue" asks for another way to report, and for no silence.
fn asks_for_silence(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let disclosing = has_any(
        &lower,
        &[
            "publicly disclos",
            "disclose publicly",
            "disclose this",
            "disclose the",
            "disclose any",
            "disclose vuln",
            "disclose it publicly",
            "make it public",
            "go public",
            "publish details",
            "discuss publicly",
            "publicly discuss",
        ],
    );
    let ours =
        has_any(&lower, &["public issue", "issue tracker", "we will", "we won't", "we do not", "we may"]);
    let confidential = has_any(&lower, &["keep it confidential", "keep it private", "confidential until"]);
    let in_time =
        has_any(&lower, &["reasonable time", "reasonable amount of time"]) && lower.contains("disclos");
    disclosing && negates(&lower) && !ours || confidential || in_time
}

fn promise_unbacked(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    let policy = subject.policy;
    let Some(bounty) = policy.bounty.as_ref().filter(|bounty| bounty.offered) else { return };
    let told = bounty.platform.is_some()
        || policy.severities.iter().any(|level| level.reward.is_some())
        || policy.contacts.iter().any(|contact| contact.purposes.contains(&Purpose::Bounty))
        || told.iter().any(tells_of_rewards);
    if !told {
        let help = "add `platform` with the page of the programme, or set `offered = false`";
        let message = "rewards are offered, and nothing says where or how much";
        diags.push(rules::PROMISE_UNBACKED.at(subject.table("[bounty]"), message).help(help));
    }
}

/// Whether a text says where rewards are paid, or how much.
fn tells_of_rewards(told: &Told<'_>) -> bool {
    let words = |block: &Block| told.words(block.range.clone()).to_lowercase();
    let about = |block: &&Block| has_any(&words(block), &["bounty", "bounties", "reward"]);
    let money = |block: &Block| {
        let words = words(block);
        ["$", "€", "£"].iter().any(|sign| {
            words
                .split(sign)
                .skip(1)
                .any(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let mut blocks = told.blocks.iter().filter(about).peekable();
    blocks.peek().is_some() && (blocks.any(|block| told.leads(block)) || told.blocks.iter().any(money))
}

/// `promise-unbacked`, where audits are announced for every year and none is named.
fn audits_unbacked(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    if !subject.policy.audits.is_empty() {
        return;
    }
    for told in told {
        for block in &told.blocks {
            let words = told.words(block.range.clone());
            if told.leads(block) || !sentences(words).iter().any(|s| promises_audits(s)) {
                continue;
            }
            let message = "audits are promised, and there is no [[audit]]";
            let help =
                "add an [[audit]] with `date`, `by` and `report` for the last one, or take the promise out";
            let span = told.span(block.range.clone(), subject);
            diags.push(rules::PROMISE_UNBACKED.at(span, message).help(help));
            // The next sentence is about the same.
            return;
        }
    }
}

/// "Professional security audits conducted annually", and not `cargo audit` in CI.
fn promises_audits(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let audit = has_any(
        &lower,
        &[
            "security audit",
            "independent audit",
            "external audit",
            "third-party audit",
            "penetration test",
            "pentest",
        ],
    );
    let often = has_any(
        &lower,
        &["annual", "yearly", "every year", "each year", "quarterly", "once a year", "twice a year"],
    );
    let by_program = has_any(&lower, &["cargo audit", "npm audit", "dependenc", "automated", "audit log"]);
    let asks = has_any(&lower, &["you should", "we recommend", "should be", "users "]);
    audit && often && !by_program && !asks && !negates(&lower)
}

#[cfg(test)]
mod tests {
    use super::{asks_for_silence, promises_audits};

    #[test]
    fn silence_is_asked_for_or_not() {
        for words in [
            "Do not publicly disclose vulnerabilities until they have been resolved.",
            "Please do not disclose this to anyone else.",
            "Provide us a reasonable amount of time to resolve the issue before any disclosure to the public.",
        ] {
            assert!(asks_for_silence(words), "{words}");
        }
        for words in [
            "Do not disclose it as a public issue.",
            "We will not publicly disclose your name.",
            "Please do not open a public issue.",
        ] {
            assert!(!asks_for_silence(words), "{words}");
        }
    }

    #[test]
    fn audits_are_promised_or_not() {
        assert!(promises_audits("Professional security audits conducted annually"));
        assert!(promises_audits("We commission an independent audit every year."));
        for words in [
            "We welcome security audits from the community.",
            "Annual security audits are not carried out.",
            "Dependencies get a security audit quarterly with `cargo audit`.",
            "We recommend a yearly security audit of your installation.",
        ] {
            assert!(!promises_audits(words), "{words}");
        }
    }
}
