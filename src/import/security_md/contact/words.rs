//! The last resort: a policy kept elsewhere, a person who is named in words, a public tracker. In goes a text in which no
//! address was found, out comes what a reader would try then.

use super::link;
use crate::import::security_md::facts::{Contact, Reading};
use crate::import::security_md::kind::Kind;
use crate::value::line;
use crate::value::sentence::{has_any, negates, sentences};
use crate::value::url::WebUrl;

pub(super) fn read(reading: &mut Reading<'_>) {
    // A chat that is named for anything is a way to reach somebody.
    if let Some(chat) = reading.facts.contacts.iter_mut().find(|contact| contact.kind == "chat") {
        chat.purposes.insert(0, "report");
        return;
    }
    elsewhere(reading);
    if !super::reaches_somebody(reading) {
        somebody(reading);
    }
    if !super::reaches_somebody(reading) {
        tracker(reading);
    }
}

/// A link to the policy that counts.
fn elsewhere(reading: &mut Reading<'_>) {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        if matches!(reading.kind(at), Some(Kind::Support | Kind::Practices | Kind::Thanks | Kind::Announce)) {
            continue;
        }
        let lower = statement.text.to_lowercase();
        if !has_any(
            &lower,
            &["secur", "vulnerab", "report", "disclos", "policy", "contact", "see ", "please"],
        ) {
            continue;
        }
        for url in link::urls(statement) {
            let low = url.to_lowercase();
            let leads = has_any(
                &low,
                &[
                    "security",
                    "vulnerab",
                    "disclos",
                    "report",
                    "contact",
                    "maintainers",
                    "contributing",
                    "responsible",
                ],
            );
            let explains = has_any(
                &low,
                &[
                    "docs.github.com",
                    "wikipedia",
                    "owasp",
                    "cve.org",
                    "cve.mitre.org/",
                    "semver",
                    "first.org",
                    "/issues",
                    "#",
                    "badge",
                    ".gif",
                    ".png",
                    ".jpg",
                    ".svg",
                    "shields.io",
                ],
            );
            if !leads || explains {
                continue;
            }
            let address = if low.contains("://") {
                WebUrl::parse(&url).ok().map(|url| url.as_str().to_owned())
            } else {
                Some(url).filter(|url| !url.is_empty() && line::check(url).is_ok())
            };
            if let Some(address) = address {
                push(reading, at, "policy", address);
                return;
            }
        }
    }
}

/// "Contact the maintainers", said to somebody who knows who they are.
fn somebody(reading: &mut Reading<'_>) {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in &spoken {
        let here = matches!(reading.kind(*at), Some(Kind::Reporting | Kind::Contact));
        let profile = link::urls(statement).into_iter().find(|url| link::is_profile(url));
        if let Some(url) = profile.filter(|_| here) {
            push(reading, *at, "person", url);
            return;
        }
    }
    for (at, statement) in spoken {
        for sentence in sentences(&statement.text) {
            let lower = sentence.to_lowercase();
            let person = has_any(
                &lower,
                &[
                    "maintainer",
                    "owner",
                    "author",
                    "project lead",
                    "core team",
                    "security team",
                    "developers",
                    "codeowners",
                    "me directly",
                    "contact me",
                    "email me",
                    "message me",
                    "dm me",
                    "message us",
                    "contact us",
                    "email us",
                    "my profile",
                    "listed in",
                    "address in",
                    "profile",
                    "github profile",
                    "private message",
                    "direct message",
                    "privately",
                    "confidential",
                    "in private",
                ],
            );
            let asked = has_any(
                &lower,
                &[
                    "contact",
                    "mail",
                    "report",
                    "reach",
                    "message",
                    "send",
                    "notify",
                    "disclose",
                    "dm",
                    "write",
                    "inform",
                    "let us know",
                ],
            );
            if person && asked && (!negates(&lower) || has_any(&lower, &["instead", "privately", "directly"]))
            {
                let words: String = sentence.chars().take(200).collect();
                if line::check(&words).is_ok() {
                    push(reading, at, "person", words);
                    return;
                }
            }
        }
    }
}

/// A public issue, where that is what the text asks for.
fn tracker(reading: &mut Reading<'_>) {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        for sentence in sentences(&statement.text) {
            let lower = sentence.to_lowercase();
            let asked = has_any(
                &lower,
                &[
                    "open an issue",
                    "open a new issue",
                    "create an issue",
                    "create a new issue",
                    "file an issue",
                    "file a bug",
                    "raise an issue",
                    "submit an issue",
                    "open issue",
                    "issue tracker",
                    "github issue",
                    "an issue",
                    "pull request",
                    "open a discussion",
                    "start a discussion",
                    "create a discussion",
                    "github discussion",
                    "in discussions",
                ],
            );
            if !asked || negates(&lower) || reading.kind(at) == Some(Kind::Support) {
                continue;
            }
            let known = reading.facts.contacts.iter_mut().find(|contact| contact.kind == "issue-tracker");
            if let Some(known) = known {
                known.purposes.insert(0, "report");
                return;
            }
            let words: String = sentence.chars().take(200).collect();
            if line::check(&words).is_ok() {
                let address = reading.facts.repository.as_ref().map_or(words, |url| format!("{url}/issues"));
                push(reading, at, "issue-tracker", address);
                return;
            }
        }
    }
}

fn push(reading: &mut Reading<'_>, at: usize, kind: &'static str, address: String) {
    let contact = Contact {
        kind,
        address: Some(address),
        purposes: vec!["report"],
        confirmed: true,
        ..Contact::default()
    };
    super::add(reading, at, contact, "contacts");
}
