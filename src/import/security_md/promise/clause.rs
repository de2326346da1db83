//! The words around a time within its sentence: in go the clauses before and behind it, out comes whether they promise
//! anything, and which of them name what is promised.

use crate::value::sentence::has_any;

/// Whether the time is one of a condition: "if the maintainers answer within 14 days".
pub(super) fn is_condition(before: &str) -> bool {
    let lower = before.to_lowercase();
    let clause = lower.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
    let case = clause.strip_prefix("if ").or_else(|| clause.rsplit_once(" if ").map(|(_, case)| case));
    let aside = ["possible", "need", "necessary", "confirmed", "applicable", "required", "feasible"];
    case.is_some_and(|case| {
        let words: Vec<&str> = case.split_whitespace().collect();
        let said = words.first().is_none_or(|word| aside.iter().any(|aside| word.starts_with(aside)));
        !said && !words.iter().any(|word| matches!(*word, "we" | "will" | "you'll" | "we'll"))
    })
}

/// Whether the time is how long before a release others are told: in a sentence in lower case, with the words behind it.
pub(super) fn is_notice(sentence: &str, after: &str) -> bool {
    let after = after.trim_start().to_lowercase();
    let ahead = ["before ", "ahead of", "in advance", "prior to"].iter().any(|word| after.starts_with(word));
    ahead
        && has_any(
            sentence,
            &[
                "notif",
                "notice",
                "in advance",
                "ahead of",
                "distributor",
                "packager",
                "downstream",
                "pre-release",
            ],
        )
}

/// Whether finders are asked to be silent for the time: "allow us 90 days to work on a fix before public exposure".
pub(super) fn is_silence(before: &str, after: &str) -> bool {
    let (before, after) = (before.to_lowercase(), after.to_lowercase());
    let asked = ["give us", "give me", "allow us", "allow me", "grant us", "please allow", "wait", "request"];
    let asked = has_any(&before, &asked) || ["allow", "give"].contains(&before.trim());
    let rest = after.find("before ").map_or("", |at| &after[at..]);
    asked && has_any(rest, &["public", "disclos"])
}

/// Whether the end of the time frees finders: "if it is not addressed within 30 days, you are free to disclose it".
pub(super) fn is_freedom(after: &str) -> bool {
    let after = after.to_lowercase();
    has_any(&after, &["free to", "you may", "you can", "may be disclosed"])
        && has_any(&after, &["disclos", "publi"])
}

/// What the time is for, where that stands behind it: "7 days for remediation"; after `named` words, "to" leads to no other.
pub(super) fn purpose(after: &str, named: bool) -> Option<&str> {
    let after = after.trim_start();
    let rest = after.strip_prefix("for ").or_else(|| after.strip_prefix("to ").filter(|_| !named))?;
    let end = [",", ";", ".", " and ", " before ", " after ", " in "]
        .iter()
        .filter_map(|stop| rest.find(stop))
        .min()
        .unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The part of the words behind a time that can promise something: in "14 days after the release, we publish" the release is
/// when the time begins.
pub(super) fn promised(after: &str) -> &str {
    let trimmed = after.trim_start();
    let begins =
        ["after ", "of ", "from ", "since ", "following "].iter().any(|word| trimmed.starts_with(word));
    if !begins {
        return after;
    }
    let main = [",", " we ", " you will "].iter().filter_map(|word| after.find(word)).min();
    let main = main.map_or("", |at| &after[at..]);
    // What follows at length is about something else.
    main.char_indices().nth(CLAUSE).map_or(main, |(end, _)| &main[..end])
}

/// Characters of the words that say what is promised.
const CLAUSE: usize = 60;

/// The last clause: what stands before it belongs to the time before.
pub(super) fn last(before: &str) -> &str {
    let own = before.rsplit([',', ';']).next().unwrap_or_default();
    own.rsplit(" and ").next().unwrap_or_default()
}

/// A text in lower case without words that tell how things are, and promise nothing: "once the impact is confirmed".
pub(super) fn without_states(lower: &str) -> String {
    const STATES: &[&str] = &[
        "is confirmed",
        "are confirmed",
        "if confirmed",
        "once confirmed",
        "when confirmed",
        "been confirmed",
        "confirmed issue",
        "confirmed vuln",
        "verified issue",
        "verified vuln",
        "validated issue",
        "validated vuln",
        "disclosures",
    ];
    STATES.iter().fold(lower.to_owned(), |text, state| text.replace(state, " "))
}

#[cfg(test)]
mod tests {
    use super::{is_condition, is_freedom, is_notice, is_silence, promised, purpose};

    #[test]
    fn conditions_and_notices_promise_nothing() {
        for (before, expect) in [
            ("We follow it if the maintainers answer within", true),
            ("If you hear nothing within", true),
            ("If the issue is confirmed we will release a patch within", false),
            ("If confirmed, a patch follows within", false),
            ("We fix it, if possible within", false),
        ] {
            assert_eq!(is_condition(before), expect, "{before}");
        }
        assert!(is_notice("packagers are notified a week before the release", " before the release"));
        assert!(!is_notice("please give us 90 days before public disclosure", " before public disclosure"));
    }

    #[test]
    fn the_words_behind_a_time_say_what_it_is_for() {
        assert_eq!(purpose(" for acknowledgment and ", true), Some("acknowledgment"));
        assert_eq!(purpose(" to fix it", true), None);
        assert_eq!(purpose(" to fix it, at most", false), Some("fix it"));
        assert_eq!(promised(" after the release date."), "");
        assert_eq!(promised(" of your report, we answer"), ", we answer");
        assert!(is_silence("Allow ", " for a response before disclosing it"));
        assert!(is_silence("We request at most ", " to address it before the issue is made public."));
        assert!(is_freedom(", you are free to disclose it.") && !is_freedom(", we disclose it."));
        assert!(!is_silence("We answer within ", " before anything is made public."));
    }
}
