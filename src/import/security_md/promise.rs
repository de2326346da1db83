//! Promised times: in goes the text as it is being read, out come responses by stage and severity, and the deadline of
//! disclosure. A time that belongs to no stage stays prose.

mod clause;
mod severity;

use super::facts::{Promise, Reading};
use super::kind::Kind;
use super::outline::{self, Statement};
use crate::value::duration::{self, Duration, Found};
use crate::value::line;
use crate::value::sentence::{has_any, sentences};
use crate::value::stages as abroad;

/// Words of the stages. The more exact stand first.
const STAGES: &[(&str, [&[&str]; 2])] = &[
    (
        "disclosure",
        [
            &["disclos", "go public", "publicly", "make public", "made public", "embargo", "publication"],
            abroad::DISCLOSURE,
        ],
    ),
    (
        "update",
        [
            &[
                "status update",
                "progress",
                "updates",
                "update you",
                "update:",
                "informed of",
                "keep you",
                "status",
            ],
            abroad::UPDATE,
        ],
    ),
    (
        "assessment",
        [
            &[
                "assess",
                "triage",
                "evaluat",
                "investigat",
                "verif",
                "validat",
                "analy",
                "confirm the vuln",
                "confirm the issue",
                "initial review",
                "detailed response",
                "full response",
            ],
            abroad::ASSESSMENT,
        ],
    ),
    (
        "acknowledgment",
        [
            &[
                "acknowledg",
                "initial response",
                "first response",
                "respond",
                "reply",
                "response",
                "receipt",
                "hear back",
                "get back to you",
                "hear from",
                "answer",
                "confirm",
            ],
            abroad::ACKNOWLEDGMENT,
        ],
    ),
    ("fix", [&["fix", "patch", "resol", "remediat", "mitigat", "address", "hotfix", "correct"], abroad::FIX]),
    ("release", [&["release"], &[]]),
    ("advisory", [&["advisor"], &[]]),
];

/// A policy promises a dozen things; what has more is no policy, and stays prose.
const MOST: usize = 100;

/// Reads the promises.
pub(super) fn read(reading: &mut Reading<'_>) {
    let told = reading.places.iter().any(|place| {
        matches!(
            place.kind,
            Some(Kind::Reporting | Kind::Response | Kind::Disclosure | Kind::Contact | Kind::Severity)
        )
    });
    tables(reading, told);
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        let kind = reading.kind(at);
        let here = matches!(
            kind,
            Some(
                Kind::Reporting
                    | Kind::Response
                    | Kind::Disclosure
                    | Kind::Contact
                    | Kind::Severity
                    | Kind::SafeHarbor
                    | Kind::Include
            ) | None
        );
        if here && !matches!(statement.kind, outline::Kind::Row(..)) {
            one(reading, at, statement, told);
        }
    }
}

/// The promises of a statement; `told` says whether sections of the text are known to be about reports.
fn one(reading: &mut Reading<'_>, at: usize, statement: &Statement, told: bool) {
    let item = matches!(statement.kind, outline::Kind::Item(_));
    let label = statement.label().filter(|label| stage(label).is_some() || severity::named(label).is_some());
    let lead = reading.lead(at).map(|lead| lead.label().unwrap_or(&lead.text).to_lowercase());
    // A whole-line label such as "Acknowledgment:" speaks for the line that follows it alone.
    for sentence in sentences(&statement.text) {
        let lower = sentence.to_lowercase();
        let label = label.filter(|label| item || sentence.starts_with(label.trim()));
        let found = duration::find(&sentence);
        if found.is_empty() {
            if item {
                in_words(reading, at, statement, lead.as_deref());
            }
            continue;
        }
        if told && label.is_none() && is_of_a_manual(reading, at, &lower) {
            continue;
        }
        let mut from = 0;
        let mut earlier = None;
        for (i, time) in found.iter().enumerate() {
            let clause_end = found.get(i + 1).map_or(sentence.len(), |next| next.range.start);
            let before = &sentence[from..time.range.start];
            let after = &sentence[time.range.end..clause_end];
            from = time.range.end;
            // What is usual is less than what is promised beside it.
            let usual = before.trim_end().ends_with("usually") && !reading.facts.promises.is_empty();
            let freedom = clause::is_condition(before) && clause::is_freedom(after);
            if usual || clause::is_condition(before) && !freedom || clause::is_notice(&lower, after) {
                continue;
            }
            // Words that named the stage of the time before this one name no other.
            let near = match earlier {
                Some((_, true)) => before.rsplit([',', ';']).next().unwrap_or_default(),
                _ => before,
            };
            let silence = (freedom || clause::is_silence(before, after)).then_some("disclosure");
            // "For critical issues" says how bad, and not what is promised.
            let behind = || {
                let purpose = clause::purpose(after, nearest(near).is_some())?;
                nearest_after(purpose).filter(|_| severity::named(purpose).is_none())
            };
            let ahead = || {
                label
                    .and_then(|label| of_label(label, near, i > 0))
                    .or_else(|| nearest(near))
                    .or_else(|| earlier.filter(|(_, behind)| !behind).map(|(stage, _)| stage))
            };
            let is_behind = silence.is_none() && behind().is_some();
            let named = silence.or_else(behind).or_else(ahead);
            let follows = named.is_none().then(|| nearest_after(clause::promised(after))).flatten();
            let is_behind = is_behind || follows.is_some();
            let stage = named
                .or(follows)
                .or_else(|| (i > 0).then(|| stage(&sentence[..time.range.start])).flatten())
                .or_else(|| lead.as_deref().filter(|_| item).and_then(stage));
            // After "7 days for high, " the next time is not for high.
            let own = if i > 0 { clause::last(before) } else { before };
            let level = severity::named(own)
                .or_else(|| severity::named(after.split([',', ';']).next().unwrap_or_default()))
                .or_else(|| label.and_then(severity::named))
                .or_else(|| lead.as_deref().filter(|_| item).and_then(severity::named));
            // "Patches are released within" promises the patch.
            let patched = stage == Some("release") && has_any(&before.to_lowercase(), &["patch", "fix"]);
            let stage = if patched { Some("fix") } else { stage };
            let Some(stage) = stage.or(level.map(|_| "fix")) else { continue };
            // "Once it has been released for a week": how long something lasts is no time to wait for it.
            if stage == "release" && before.trim_end().ends_with(" for") {
                continue;
            }
            earlier = Some((stage, is_behind));
            add(reading, at, stage, level, time, &lower);
        }
    }
}

/// The stage of a label, unless the words after it say more: "Response: a patch within 14 days". A label that could mean two
/// stages leaves a `later` time to what the first was for.
fn of_label(label: &str, before: &str, later: bool) -> Option<&'static str> {
    let own = stage(label)?;
    let lower = label.to_lowercase();
    let named = STAGES.iter().filter(|(_, words)| words.iter().any(|words| has_any(&lower, words))).count();
    let rest = before.split_once(label).map_or("", |(_, rest)| rest);
    let vague = named > 1 || lower.trim() == "response";
    if vague { nearest(rest).or(Some(own).filter(|_| !later)) } else { Some(own) }
}

/// Whether a sentence stands in a section about something else, and speaks of no report: keys that "expire after 5 minutes".
fn is_of_a_manual(reading: &Reading<'_>, at: usize, lower: &str) -> bool {
    let heading = reading.places[at].heading.and_then(|at| reading.outline.statements.get(at));
    let inner = heading.is_some_and(|heading| heading.kind != outline::Kind::Heading(1));
    reading.kind(at).is_none() && inner && lower.is_ascii() && !has_any(lower, REPORTS)
}

/// Words of sentences that may promise something to a finder.
const REPORTS: &[&str] = &[
    "report",
    "vulnerab",
    "disclos",
    "acknowledg",
    "advisor",
    "embargo",
    "triage",
    "patch",
    "we aim",
    "we will",
    "we'll",
    "we try",
    "we respond",
    "security issue",
    "security fix",
];

fn add(
    reading: &mut Reading<'_>,
    at: usize,
    stage: &'static str,
    level: Option<&'static str>,
    time: &Found,
    lower: &str,
) {
    if super::contact::is_escalation(lower) {
        return;
    }
    let Ok(duration) = Duration::parse(&time.value) else { return };
    // Minutes are of sessions, codes and locks, unless a section is known to be about reports.
    if duration.longest_hours() < 1.0 && reading.kind(at).is_none() {
        return;
    }
    if stage == "disclosure" {
        let days = duration.longest_hours() >= 7.0 * 24.0;
        if reading.facts.deadline.is_none()
            && days
            && !time.every
            && !has_any(
                lower,
                &["after the fix", "after a fix", "after release", "after the release", "after a patch"],
            )
        {
            reading.facts.deadline = Some(time.value.clone());
            let from = has_any(
                lower,
                &[
                    "of the report",
                    "after the report",
                    "of your report",
                    "from the report",
                    "of reporting",
                    "after reporting",
                    "of receipt",
                    "after receipt",
                ],
            );
            reading.facts.deadline_from = from.then_some("report");
            reading.say(at, "disclosure", format!("[disclosure].deadline = \"{}\"", time.value));
        }
        return;
    }
    let every = time.every || stage == "update" && has_any(lower, &["every", "each", "weekly", "daily"]);
    let key = if every { "every" } else { "within" };
    let promise = Promise { stage, severity: level.filter(|_| !every), key, value: time.value.clone() };
    push(reading, at, promise);
}

fn push(reading: &mut Reading<'_>, at: usize, promise: Promise) {
    let severity = promise.severity.map_or_else(String::new, |level| format!(" {level}"));
    reading.say(
        at,
        "response",
        format!("[[response]] {}{severity}: {} = \"{}\"", promise.stage, promise.key, promise.value),
    );
    if !reading.facts.promises.contains(&promise) && reading.facts.promises.len() < MOST {
        reading.facts.promises.push(promise);
    }
}

/// "Low: Next release", below an item about fixes.
fn in_words(reading: &mut Reading<'_>, at: usize, statement: &Statement, lead: Option<&str>) {
    let Some(level) = statement.label().and_then(severity::named) else { return };
    let Some(stage) = lead.and_then(stage) else { return };
    let rest = statement.rest();
    let known = ["release", "effort", "soon", "possible", "immediate", "discretion", "planned", "scheduled"];
    let short = (1..=60).contains(&rest.len()) && line::check(rest).is_ok();
    if short && has_any(&rest.to_lowercase(), &known) && stage != "disclosure" {
        push(reading, at, Promise { stage, severity: Some(level), key: "text", value: rest.to_owned() });
    }
}

/// The stage of a label or heading.
fn stage(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    STAGES.iter().find(|(_, words)| words.iter().any(|words| has_any(&lower, words))).map(|(stage, _)| *stage)
}

/// The stage that is named last before a time.
fn nearest(before: &str) -> Option<&'static str> {
    let lower = clause::without_states(&before.to_lowercase());
    // By their ends: "a more detailed response" is more than a response.
    let last = |words: &[&[&str]]| {
        words.iter().copied().flatten().filter_map(|word| Some(lower.rfind(word)? + word.len())).max()
    };
    STAGES
        .iter()
        .enumerate()
        .filter_map(|(i, (stage, words))| Some((last(words)?, std::cmp::Reverse(i), *stage)))
        .max()
        .map(|(.., stage)| stage)
}

/// The stage that is named first after it.
fn nearest_after(after: &str) -> Option<&'static str> {
    let lower = after.to_lowercase();
    let first = |words: &[&[&str]]| words.iter().copied().flatten().filter_map(|word| lower.find(word)).min();
    STAGES
        .iter()
        .enumerate()
        .filter_map(|(i, (stage, words))| Some((first(words)?, i, *stage)))
        .min()
        .map(|(.., stage)| stage)
}

/// Tables of times: by severity, by stage, or both.
fn tables(reading: &mut Reading<'_>, told: bool) {
    for (number, table) in reading.outline.tables.iter().enumerate() {
        let Some((header, rows)) = table.rows.split_first() else { continue };
        let column =
            |words: &[&str]| header.iter().position(|cell| has_any(&cell.text.to_lowercase(), words));
        if let (Some(level), Some(score)) =
            (column(&["severity", "level", "rating"]), column(&["cvss", "score"]))
        {
            scores(reading, number, rows, level, score);
        }
        for (r, row) in rows.iter().enumerate() {
            let Some(at) = table.statements.get(r + 1).copied() else { continue };
            if matches!(reading.kind(at), Some(Kind::Support | Kind::Practices | Kind::Thanks)) {
                continue;
            }
            let first = row.first().map_or("", |cell| cell.text.as_str());
            let by_level =
                row.iter().take(2).find_map(|cell| severity::named(&cell.text).filter(|_| is_brief(cell)));
            for (cell, head) in row.iter().zip(header).skip(1) {
                let [time] = duration::find(&cell.text)
                    .try_into()
                    .unwrap_or_else(|_| [Found { range: 0..0, value: String::new(), every: false }]);
                // A long cell of a table about something else tells more than a time.
                let other = told && reading.kind(at).is_none() && !is_brief(cell);
                if time.value.is_empty() || other {
                    continue;
                }
                // "Severity | Fix": the heading names the stage; "Stage | Time": the row does.
                let stage = stage(first).or_else(|| stage(&head.text)).or(by_level.map(|_| "fix"));
                if let Some(stage) = stage {
                    let lower = cell.text.to_lowercase();
                    add(reading, at, stage, by_level, &time, &lower);
                }
            }
        }
    }
}

/// Whether a cell holds but a few words.
fn is_brief(cell: &outline::Cell) -> bool {
    cell.text.chars().count() <= 60
}

/// Scores of CVSS by level.
fn scores(reading: &mut Reading<'_>, number: usize, rows: &[Vec<outline::Cell>], level: usize, score: usize) {
    for (r, row) in rows.iter().enumerate() {
        let (Some(name), Some(cell)) = (row.get(level), row.get(score)) else { continue };
        let cvss = cell.text.replace(['–', '—'], "-").replace(' ', "");
        let known =
            severity::named(&name.text).filter(|_| crate::value::cvss::CvssRange::parse(&cvss).is_ok());
        let Some(known) =
            known.filter(|known| !reading.facts.severities.iter().any(|(other, _)| other == known))
        else {
            continue;
        };
        reading.facts.severities.push((known, cvss));
        if let Some(at) = reading.outline.tables[number].statements.get(r + 1) {
            reading.say(*at, "severity", format!("[[severity]] {known}"));
        }
    }
}
