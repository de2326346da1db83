//! Lists that state facts: what to include, what is in scope, the plan by days, known limitations, conditions, steps.
//!
//! In goes the text as it is being read, out come the facts. The first list of what to include and the plan by days give
//! way to a mark, where the fact holds all of their words; the others stay.

use super::facts::{Item, Limitation, Reading};
use super::kind::Kind;
use super::outline::{self, Statement};
use crate::value::line;
use crate::value::sentence::has_any;

/// Reads the lists.
pub(super) fn read(reading: &mut Reading<'_>) {
    for number in 0..reading.outline.lists.len() {
        one(reading, number);
    }
    day_table(reading);
}

fn one(reading: &mut Reading<'_>, number: usize) {
    let list = &reading.outline.lists[number];
    let Some(first) = list.items.first().copied() else { return };
    if list.items.len() > MOST {
        return;
    }
    let lead = reading.lead(first).map(|lead| lead.text.to_lowercase()).unwrap_or_default();
    let kind = reading.kind(first);
    let items = list.items.clone();
    let statements = &reading.outline.statements;
    let outer = statements[first].parent.is_none();
    if phases(reading, number) {
        return;
    }
    let told = |reading: &mut Reading<'_>, mark: &'static str, key: &str| {
        for at in &items {
            reading.say(*at, mark, key);
        }
    };
    let asks = has_any(&lead, &["include", "provide", "contain", "following information", "tell us"])
        && !has_any(
            &lead,
            &[
                "we will",
                "this includes",
                "this may include",
                "does not include",
                "not include",
                "versions",
                "not provide",
                "we provide",
            ],
        );
    // Where nothing says that the section is about reports, the words before the list must.
    let lead_asks = || {
        let words = ["please", "report", "mail", "you", "information", "detail", "tell us", "issue"];
        has_any(&lead, &words) || lead.starts_with("include") || lead.starts_with("provide")
    };
    let reporting = matches!(kind, Some(Kind::Include | Kind::Reporting | Kind::Contact))
        || kind.is_none() && lead_asks();
    if reading.facts.include.is_empty() && (kind == Some(Kind::Include) && outer || asks && reporting) {
        let required = has_any(&lead, &["must", "required"]);
        let found: Option<Vec<Item>> = items.iter().map(|at| item(reading, *at, required)).collect();
        if let Some(found) = found {
            let range = list.range.clone();
            // Numbers may be referred to, and a mark would make bullets of them.
            let exact = list.top && !list.nested && !reading.defines(&range) && !is_counted(reading, number);
            told(reading, if exact { "" } else { "include" }, "[reporting].include");
            if exact {
                reading.marks.push((range, "include".to_owned()));
            }
            reading.facts.include = found;
            return;
        }
    }
    let plain = |reading: &Reading<'_>| {
        items.iter().filter_map(|at| item(reading, *at, false)).collect::<Vec<Item>>()
    };
    match kind {
        Some(Kind::InScope) if outer && reading.facts.in_scope.is_empty() => {
            reading.facts.in_scope = plain(reading);
            told(reading, "scope", "[scope].in");
        }
        Some(Kind::OutOfScope) if outer && reading.facts.out_of_scope.is_empty() => {
            reading.facts.out_of_scope = plain(reading);
            told(reading, "scope", "[scope].out");
        }
        Some(Kind::SafeHarbor) if outer && reading.facts.conditions.is_empty() => {
            reading.facts.conditions = plain(reading);
            reading.facts.harbor = reading.places[first].lead.and_then(|at| {
                let lead = &statements[at];
                let words = lead.text.split_whitespace().collect::<Vec<_>>().join(" ");
                (lead.links.is_empty() && !words.is_empty()).then_some(words)
            });
            told(reading, "safe-harbor", "[safe_harbor].conditions");
        }
        Some(Kind::Limitation) if outer => limitations(reading, &items),
        Some(Kind::Disclosure | Kind::Response) if outer && reading.facts.steps.is_empty() => {
            steps(reading, &items, number);
        }
        _ => {}
    }
}

/// Whether the items of a list have numbers.
fn is_counted(reading: &Reading<'_>, number: usize) -> bool {
    let text = &reading.text[reading.outline.lists[number].range.start..];
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// A list of more items than this is none that a policy has, and stays prose.
const MOST: usize = 200;

/// A point: "**Impact:** what is violated", or a line of text.
fn item(reading: &Reading<'_>, at: usize, required: bool) -> Option<Item> {
    let statement = &reading.outline.statements[at];
    let source = source(reading, statement)?;
    let (source, said) = match source.strip_suffix(" (required)") {
        Some(rest) => (rest.to_owned(), true),
        None => (source, false),
    };
    let required = required || said;
    let bold = source.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    if let Some((title, rest)) = bold {
        let (rest, said) = match rest.strip_prefix(" (required)") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let (name, text) = match (title.strip_suffix(':'), rest.strip_prefix(':')) {
            (Some(name), None) => (name, rest),
            (None, Some(text)) => (title, text),
            (None, None) if rest.trim().is_empty() => (title, ""),
            _ => return Some(Item { title: None, text: Some(source), required }),
        };
        if is_plain(name) && !name.trim().is_empty() {
            let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            return Some(Item { title: Some(name.trim().to_owned()), text, required: required || said });
        }
    }
    (!source.is_empty()).then_some(Item { title: None, text: Some(source), required })
}

/// The Markdown of an item, on one line and without its bullet.
fn source(reading: &Reading<'_>, statement: &Statement) -> Option<String> {
    // Lists come in order; the next one may be inside of this item.
    let lists = &reading.outline.lists;
    let next = lists.get(lists.partition_point(|list| list.range.start <= statement.range.start));
    let end = next.map_or(usize::MAX, |list| list.range.start).min(statement.range.end);
    let text = reading.text[statement.range.start..end].trim();
    let bullet = text.find(|c: char| c.is_whitespace())?;
    let text = text[bullet..].split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.strip_prefix("[ ] ").or_else(|| text.strip_prefix("[x] ")).unwrap_or(&text).to_owned();
    (text.len() <= 2000 && !text.contains("```")).then_some(text)
}

/// Whether words hold no markup, so that they mean the same as a name.
fn is_plain(text: &str) -> bool {
    !text.contains(['*', '[', ']', '<', '\\', '&', '_', '`']) && line::check(text).is_ok()
}

/// "**Day 1-2**: Acknowledgment sent".
fn phases(reading: &mut Reading<'_>, number: usize) -> bool {
    let list = &reading.outline.lists[number];
    if !list.top || list.nested || !reading.facts.phases.is_empty() || reading.defines(&list.range) {
        return false;
    }
    let phase = |at: &usize| {
        let statement = &reading.outline.statements[*at];
        let day = statement.label()?.strip_prefix("Day ")?.trim();
        let text = statement.rest();
        let numbered = day.starts_with(|c: char| c.is_ascii_digit()) && is_plain(day);
        let sound = numbered && is_plain(text) && !text.is_empty() && statement.links.is_empty();
        sound.then(|| (day.to_owned(), text.to_owned()))
    };
    let Some(found) = list.items.iter().map(phase).collect::<Option<Vec<_>>>() else { return false };
    let (items, range) = (list.items.clone(), list.range.clone());
    let exact = !is_counted(reading, number);
    for at in items {
        reading.say(at, if exact { "" } else { "phases" }, "[disclosure].phases");
    }
    reading.facts.phases = found;
    if exact {
        reading.marks.push((range, "phases".to_owned()));
    }
    true
}

/// The same as secsite writes it: a table of days.
fn day_table(reading: &mut Reading<'_>) {
    if !reading.facts.phases.is_empty() {
        return;
    }
    let is_ours = |table: &&outline::Table| {
        let heading: Vec<&str> =
            table.rows.first().into_iter().flatten().map(|cell| cell.text.as_str()).collect();
        heading == ["Day", "What happens"] && table.top && !table.surplus
    };
    let Some(table) = reading.outline.tables.iter().find(is_ours) else { return };
    if reading.defines(&table.range) {
        return;
    }
    let phase = |row: &Vec<outline::Cell>| match row.as_slice() {
        [day, text] if is_plain(&day.text) && is_plain(&text.text) && !day.marked && !text.marked => {
            Some((day.text.clone(), text.text.clone()))
        }
        _ => None,
    };
    let found = table.rows.iter().skip(1).map(phase).collect::<Option<Vec<_>>>();
    let (statements, range) = (table.statements.clone(), table.range.clone());
    if let Some(found) = found.filter(|found| !found.is_empty()) {
        for at in statements {
            reading.say(at, "", "[disclosure].phases");
        }
        reading.facts.phases = found;
        reading.marks.push((range, "phases".to_owned()));
    }
}

/// "1. **TLS**: Not implemented", with what to do and what is planned below.
fn limitations(reading: &mut Reading<'_>, items: &[usize]) {
    let heading = reading.places[items[0]].heading.and_then(|at| reading.outline.statements.get(at));
    let labelled = items.iter().any(|at| reading.outline.statements[*at].label().is_some());
    // A list below a heading of its own, such as "Resource Exhaustion", is one limitation.
    if let Some(heading) = heading.filter(|heading| !labelled && super::kind::kind(&heading.text).is_none()) {
        let title = heading.text.trim().to_owned();
        let points = items.iter().filter_map(|at| source(reading, &reading.outline.statements[*at]));
        let text = points.collect::<Vec<_>>().join("; ");
        if !title.is_empty() && line::check(&title).is_ok() && line::check(&text).is_ok() {
            for at in items {
                reading.say(*at, "limitations", format!("[[limitation]] `{title}`"));
            }
            reading.facts.limitations.push(Limitation { title, text: Some(text), ..Limitation::default() });
            return;
        }
    }
    for at in items {
        let statement = &reading.outline.statements[*at];
        let whole = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (title, text) = match statement.label() {
            Some(label) => {
                (label.to_owned(), Some(statement.rest().to_owned()).filter(|rest| !rest.is_empty()))
            }
            None => (whole, None),
        };
        if title.is_empty()
            || title.len() > 200
            || line::check(&title).is_err()
            || reading.facts.limitations.len() >= MOST
        {
            continue;
        }
        let mut found = Limitation { title, text, ..Limitation::default() };
        let inner = reading.outline.statements.iter().enumerate().skip(*at + 1).take(40);
        for (_, inner) in inner.filter(|(_, inner)| inner.parent == Some(*at)) {
            let rest =
                Some(inner.rest().to_owned()).filter(|rest| !rest.is_empty() && line::check(rest).is_ok());
            match inner.label().map(str::to_lowercase).as_deref() {
                Some("mitigation" | "workaround") => found.mitigation = rest,
                Some("roadmap" | "planned" | "plan") => found.planned = rest,
                None if found.text.is_none() => {
                    found.text = Some(inner.text.trim().to_owned()).filter(|text| !text.is_empty());
                }
                _ => {}
            }
        }
        reading.say(*at, "limitations", "[[limitation]]");
        reading.facts.limitations.push(found);
    }
}

/// "1. Verify 2. Assess …": a counted list of what happens.
fn steps(reading: &mut Reading<'_>, items: &[usize], number: usize) {
    let heading = reading.places[items[0]].heading.and_then(|at| reading.outline.statements.get(at));
    let about = heading
        .is_some_and(|heading| has_any(&heading.text.to_lowercase(), &["process", "disclosure", "handling"]));
    if !is_counted(reading, number) || !about || items.len() < 2 {
        return;
    }
    let found: Option<Vec<String>> =
        items.iter().map(|at| source(reading, &reading.outline.statements[*at])).collect();
    let Some(found) = found.filter(|found| found.iter().all(|step| !step.is_empty())) else { return };
    reading.facts.steps = found;
    for at in items {
        reading.say(*at, "disclosure", "[disclosure].steps");
    }
}
