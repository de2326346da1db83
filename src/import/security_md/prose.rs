//! What the text says outside of lists and tables: languages, rules about public issues, credit, rewards.
//!
//! In goes the text as it is being read, out come facts beside it. The text stays.

use jiff::civil::Date;

use super::dated;
use super::facts::Reading;
use super::kind::Kind;
use super::outline;
use super::report::Note;
use crate::model::policy::NEVER;
use crate::security_md::NOT_REVIEWED;
use crate::value::line;
use crate::value::sentence::{has_any, negates, sentences};
use crate::value::url::BaseUrl;

/// What secsite has written below a policy.
pub(super) struct Footer {
    pub base_url: String,
    pub reviewed: Date,
}

const FOOTER: &str = "\n---\n\nThis policy on the web, with the published advisories and feeds: <";

/// The text without the footer of a SECURITY.md that secsite wrote.
pub(super) fn without_footer(text: &str) -> (&str, Option<Footer>) {
    let found = || {
        let at = text.rfind(FOOTER)?;
        let (url, rest) = text[at + FOOTER.len()..].split_once("policy/>.\n")?;
        let reviewed = match rest.strip_prefix("Reviewed on ") {
            Some(rest) => rest.get(..10)?.parse().ok()?,
            None if rest.starts_with(NOT_REVIEWED) => NEVER,
            None => return None,
        };
        // What secsite would not have written is a text like any other.
        let base_url = BaseUrl::parse(url).ok().filter(|base| base.as_str() == url)?;
        let whole = !rest.trim_end().contains('\n');
        whole.then(|| (at, Footer { base_url: base_url.as_str().to_owned(), reviewed }))
    };
    match found() {
        Some((at, footer)) => (&text[..=at], Some(footer)),
        None => (text, None),
    }
}

/// A comment of the source that would be obeyed is made one that is not.
pub(super) fn without_marks(text: &str) -> Option<(String, Note)> {
    let mut out = String::new();
    let mut rest = text;
    let mut first = None;
    while let Some(at) = rest.find("<!--") {
        let (before, comment) = rest.split_at(at + 4);
        let words = comment.trim_start();
        out.push_str(before);
        if words.starts_with("secsite:") {
            first.get_or_insert(1 + out.matches('\n').count());
            out.push_str(" not");
            if words.len() == comment.len() {
                out.push(' ');
            }
        }
        rest = comment;
    }
    out.push_str(rest);
    let note = Note::new(
        first?,
        "comment with an insertion mark of secsite",
        "kept with a `not` before it: an import obeys no comment",
    );
    Some((out, note))
}

/// Reads the prose.
pub(super) fn read(reading: &mut Reading<'_>) {
    reading.facts.language = language(reading.text);
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        dated::read(reading, at, statement);
        let kind = reading.kind(at);
        for sentence in sentences(&statement.text) {
            public_issues(reading, at, &sentence);
            subject(reading, at, statement, &sentence);
            if !matches!(kind, Some(Kind::Practices | Kind::Limitation)) {
                credit(reading, at, &sentence);
                bounty(reading, at, &sentence);
                model(reading, at, &sentence);
            }
        }
    }
}

fn public_issues(reading: &mut Reading<'_>, at: usize, sentence: &str) {
    let lower = sentence.to_lowercase();
    let place = has_any(
        &lower,
        &[
            "public issue",
            "public github",
            "github issue",
            "issue tracker",
            "public bug",
            "publicly",
            "in public",
            "open an issue",
            "create an issue",
            "file an issue",
            "an issue on",
            "public forum",
            "public channel",
            "public discussion",
        ],
    );
    if place && negates(&lower) && !lower.contains("question") {
        reading.facts.public_issues = Some("never");
        reading.say(at, "report", "[reporting].public_issues = \"never\"");
    }
}

/// "Subject: `[SECURITY] …`", "Include "SECURITY" in the subject line".
fn subject(reading: &mut Reading<'_>, at: usize, statement: &outline::Statement, sentence: &str) {
    if reading.facts.subject.is_some() || !sentence.to_lowercase().contains("subject") {
        return;
    }
    let labelled = statement.label().is_some_and(|label| label.to_lowercase().contains("subject"));
    let quoted = || {
        let pairs = [('"', '"'), ('“', '”'), ('\'', '\''), ('„', '“')];
        pairs.into_iter().find_map(|(open, close)| {
            let (_, rest) = sentence.split_once(open)?;
            let (inner, _) = rest.split_once(close)?;
            (!inner.trim().is_empty()).then(|| inner.to_owned())
        })
    };
    let code =
        statement.codes.iter().find(|code| sentence.contains(code.as_str()) && !code.contains('@')).cloned();
    let plain = || labelled.then(|| statement.rest().to_owned());
    let found = code
        .or_else(quoted)
        .or_else(plain)
        .filter(|text| !text.is_empty() && text.len() <= 200 && line::check(text).is_ok());
    if let Some(text) = found {
        reading.facts.subject = Some(text);
        reading.say(at, "report", "[reporting].subject");
    }
}

fn credit(reading: &mut Reading<'_>, at: usize, sentence: &str) {
    let lower = sentence.to_lowercase();
    let given = has_any(
        &lower,
        &[
            "credit",
            "acknowledge your contribution",
            "public acknowledg",
            "publicly acknowledge",
            "publicly thank",
            "recognize your",
            "recognise your",
        ],
    );
    if !given
        || negates(&lower) && !lower.contains("unless")
        || has_any(&lower, &["credit card", "credentials"]) && !lower.contains("credited")
    {
        return;
    }
    let mut credit = reading.facts.credit.take().unwrap_or_default();
    credit.anonymous |= lower.contains("anonym");
    for (word, place) in
        [("advisor", "advisory"), ("release notes", "release-notes"), ("hall of fame", "hall-of-fame")]
    {
        if lower.contains(word) && !credit.places.contains(&place) {
            credit.places.push(place);
        }
    }
    reading.facts.credit = Some(credit);
    reading.say(at, "credit", "[credit]");
}

fn bounty(reading: &mut Reading<'_>, at: usize, sentence: &str) {
    let lower = sentence.to_lowercase();
    if !has_any(
        &lower,
        &[
            "bug bounty",
            "bug bounties",
            "monetary reward",
            "financial reward",
            "paid bounty",
            "bounty program",
        ],
    ) {
        return;
    }
    // What is to come is neither offered nor refused.
    if has_any(
        &lower,
        &[
            "under development",
            "planned",
            "plan to",
            "considering",
            "in the future",
            "coming soon",
            "may establish",
            "may introduce",
            "may be introduced",
            "may be established",
            "may offer",
            "may be offered",
        ],
    ) {
        return;
    }
    let offered = !negates(&lower);
    reading.facts.bounty.get_or_insert(offered);
    reading.say(at, "bounty", format!("[bounty].offered = {offered}"));
}

fn model(reading: &mut Reading<'_>, at: usize, sentence: &str) {
    let lower = sentence.to_lowercase();
    let coordinated = has_any(
        &lower,
        &[
            "coordinated disclosure",
            "coordinate disclosure",
            "responsible disclosure",
            "coordinated vulnerability disclosure",
            "coordinate the disclosure",
            "before public disclosure",
            "prior to public disclosure",
            "before disclosing",
            "coordinate with you",
            "coordinated with reporter",
        ],
    );
    // With users and vendors it is another thing: finders are asked for nothing.
    let others = has_any(
        &lower,
        &["with major users", "with users", "with customers", "with vendors", "with downstream"],
    );
    let here = matches!(
        reading.kind(at),
        Some(Kind::Disclosure | Kind::Reporting | Kind::Response | Kind::SafeHarbor) | None
    );
    if coordinated && here && !others {
        reading.facts.coordinated = true;
        reading.say(at, "disclosure", "[disclosure].model = \"coordinated\"");
    }
}

/// The language by its letters, else by the words that every policy has.
fn language(text: &str) -> &'static str {
    let count = |test: fn(char) -> bool| text.chars().filter(|c| test(*c)).count();
    let letters = count(char::is_alphabetic).max(1);
    let kana = count(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
    let hangul = count(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c));
    let han = count(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let cyrillic = count(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    for (tag, own) in
        [("ja", kana + if kana > 0 { han } else { 0 }), ("ko", hangul), ("zh", han), ("ru", cyrillic)]
    {
        if own * 3 > letters {
            return tag;
        }
    }
    let lower = text.to_lowercase();
    let words: [(&str, &[&str]); 5] = [
        ("de", &["sicherheitslücke", "schwachstelle", " und ", " melden", " nicht "]),
        ("fr", &["vulnérabilité", " prises en charge", " les ", " nous ", " une "]),
        ("es", &["vulnerabilidad", " versiones", " los ", " una ", " seguridad"]),
        ("pt", &["vulnerabilidade", " versões", " uma ", " não ", " segurança"]),
        ("it", &["vulnerabilità", " sicurezza", " una ", " gli ", " non "]),
    ];
    let english = [" the ", " and ", " vulnerabilit", " please ", " security "]
        .iter()
        .filter(|word| lower.contains(**word))
        .count();
    let best = words
        .iter()
        .map(|(tag, words)| (words.iter().filter(|word| lower.contains(**word)).count(), *tag))
        .max();
    best.filter(|(count, _)| *count >= 3 && *count > english).map_or("en", |(_, tag)| tag)
}
