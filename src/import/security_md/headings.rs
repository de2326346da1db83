//! The headings of a policy beside each other: in goes its outline, out come notes on what makes it hard to find one's way.
//! Nothing is changed for them: each heading stays what it is.

use super::outline::{Kind, Outline, Statement};
use super::report::Note;
use crate::diag::escape::short;
use crate::rules::text::{HEADING_LEVEL, HEADING_MANY_H1, HEADING_NO_H1, HEADING_NONE};

/// More notes of one kind than this show nothing new.
const MOST: usize = 20;

/// What is to be said of the headings of `text`.
pub(super) fn notes(text: &str, outline: &Outline) -> Vec<Note> {
    let line = |statement: &Statement| 1 + text[..statement.range.start].matches('\n').count();
    let level = |statement: &Statement| match statement.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    let headings: Vec<(u8, &Statement)> =
        outline.statements.iter().filter_map(|statement| Some((level(statement)?, statement))).collect();
    let Some((_, first)) = headings.first() else {
        let said = outline.statements.iter().find(|statement| statement.kind != Kind::Comment);
        let outcome = "all of the text is `intro` of [policy]; give its subjects a [[section]] each";
        return said
            .map(|said| Note::new(line(said), "no heading", outcome).of(&HEADING_NONE))
            .into_iter()
            .collect();
    };
    let mut notes = Vec::new();
    if headings.iter().all(|(level, _)| *level > 1) {
        let outcome = "the title is `Security Policy`, which [policy] can change";
        notes.push(Note::new(line(first), "no heading of level 1", outcome).of(&HEADING_NO_H1));
    }
    let named = |statement: &Statement| {
        format!("`{}`", short(&statement.text.split_whitespace().collect::<Vec<_>>().join(" "), 60))
    };
    let further = headings.iter().filter(|(level, _)| *level == 1).skip(1).take(MOST);
    notes.extend(further.map(|(_, heading)| {
        let outcome = "a second heading of level 1, kept as a section of that level";
        Note::new(line(heading), &named(heading), outcome).of(&HEADING_MANY_H1)
    }));
    let steps = headings.windows(2).filter(|pair| pair[1].0 > pair[0].0 + 1).take(MOST);
    notes.extend(steps.map(|pair| {
        let outcome = format!("of level {}, below one of level {}; kept as it is", pair[1].0, pair[0].0);
        Note::new(line(pair[1].1), &named(pair[1].1), &outcome).of(&HEADING_LEVEL)
    }));
    notes
}
