//! A public tracker, where that is what the text asks for. In goes a text that names no private way, out comes the tracker,
//! or the words that lead to it.

use super::{cited, push};
use crate::import::security_md::contact::link;
use crate::import::security_md::facts::Reading;
use crate::import::security_md::kind::Kind;
use crate::value::sentence::{has_any, negates, sentences};

/// Words that ask for an issue.
const ISSUES: &[&str] = &[
    "open issue",
    "file a bug",
    "issue tracker",
    "github issue",
    "report an issue",
    "as an issue",
    "in an issue",
    "form of an issue",
    "via an issue",
    "through an issue",
    "by an issue",
    "an issue on ",
    "an issue in this",
    "with an issue",
    "github discussion",
    "in discussions",
    "en un issue",
    "numa issue",
    "dans une issue",
    "in einem issue",
];

/// What is done with an issue to have one.
const VERBS: &[&str] = &[
    "open",
    "opening",
    "create",
    "creating",
    "file",
    "filing",
    "raise",
    "raising",
    "submit",
    "submitting",
    "post",
    "make",
    "log",
    "start",
    "add",
    "abre",
    "abra",
    "abrir",
    "crea",
    "cree",
    "crear",
    "criar",
    "crie",
    "ouvrez",
    "ouvrir",
    "créez",
    "créer",
    "öffne",
    "öffnen",
    "erstelle",
    "erstellen",
    "eröffne",
    "eröffnen",
];

/// What may stand between the verb and the issue. "Submit a security issue" asks for no issue of a tracker.
const BETWEEN: &[&str] = &[
    "a", "an", "the", "new", "github", "gitlab", "public", "normal", "regular", "detailed", "un", "una",
    "uma", "um", "une", "ein", "einen", "nuevo", "nueva", "novo", "nova", "nouvelle", "neues",
];

/// What is opened.
const NOUNS: &[&str] = &["issue", "issues", "ticket", "discussion", "pr", "prs"];

/// Words of other things than vulnerabilities.
const OTHERS: &[&str] = &["non-vulnerab", "non-security", "not security", "unrelated to security"];

/// Words of them, in a sentence that does not speak of vulnerabilities besides.
const BESIDES: &[&str] = &["general ", "feature", "other bug", "other issue", "allgemeine", "générales"];

/// Whether a sentence asks outright to report vulnerabilities as issues, whatever else the text says of people.
pub(super) fn outright(reading: &Reading<'_>) -> bool {
    reading.spoken().any(|(_, statement)| {
        sentences(&statement.text).iter().any(|sentence| {
            let lower = sentence.to_lowercase();
            let asked = has_any(&lower, &["as an issue", "form of an issue", "by opening an issue"]);
            asked
                && lower.contains("report")
                && has_any(&lower, &["vulnerab", "security"])
                && !negates(&lower)
        })
    })
}

/// Reads it: what asks for an issue comes before what welcomes a change.
pub(super) fn read(reading: &mut Reading<'_>) {
    let asks: [fn(&str) -> bool; 2] = [is_issue, |lower| lower.contains("pull request")];
    if !asks.into_iter().any(|asks| first(reading, asks)) {
        below_reporting(reading);
    }
}

/// The first sentence that asks; answers whether there is one.
fn first(reading: &mut Reading<'_>, asks: fn(&str) -> bool) -> bool {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        for sentence in sentences(&statement.text) {
            let lower = sentence.to_lowercase();
            let other = negates(&lower) || is_other(&lower) || reading.kind(at) == Some(Kind::Support);
            if other || !asks(&lower) {
                continue;
            }
            if known(reading) {
                return true;
            }
            if let Some(words) = cited(&sentence) {
                let address = reading.facts.repository.as_ref().map_or(words, |url| format!("{url}/issues"));
                push(reading, at, "issue-tracker", address);
                return true;
            }
        }
    }
    false
}

/// Whether a sentence in lower case is about other things.
fn is_other(lower: &str) -> bool {
    has_any(lower, OTHERS) || has_any(lower, BESIDES) && !has_any(lower, &["vulnerab", "security"])
}

/// Makes a tracker that is named for other things one for reports; answers whether there is one.
fn known(reading: &mut Reading<'_>) -> bool {
    let known = reading.facts.contacts.iter_mut().find(|contact| contact.kind == "issue-tracker");
    if let Some(known) = known {
        known.purposes.insert(0, "report");
        return true;
    }
    false
}

/// A link to a new issue below "Reporting", with no word that says anything else.
fn below_reporting(reading: &mut Reading<'_>) {
    let linked = reading.spoken().any(|(at, statement)| {
        let lower = statement.text.to_lowercase();
        reading.kind(at) == Some(Kind::Reporting)
            && !negates(&lower)
            && !is_other(&lower)
            && link::urls(statement).iter().any(|url| url.contains("/issues/new"))
    });
    if linked {
        known(reading);
    }
}

/// Whether a sentence in lower case asks for an issue of a tracker.
fn is_issue(lower: &str) -> bool {
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let opened = words.iter().enumerate().any(|(at, word)| {
        let mut rest = words[at + 1..].iter().skip_while(|word| BETWEEN.contains(word));
        VERBS.contains(word) && rest.next().is_some_and(|word| NOUNS.contains(word))
    });
    opened || has_any(lower, ISSUES)
}
