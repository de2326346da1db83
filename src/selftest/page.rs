//! An advisory's page.
//!
//! In go the bytes of a page in the markup of our own theme. What a site's own theme writes in other markup is not found,
//! and contradicts nothing.

mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Entry, Facts, Ids, Score, Scores, Text, cves};
use super::markup::{Mark, after, before, between, blocks, finder, text, until};
use super::moment::Moment;
use super::subjects::Subjects;
use crate::value::comparators::Comparators;
use crate::value::scheme::Scheme;

static IDS: Mark = Mark::new(|| finder("<p class=\"dots ids\">"));
static STRUCK: Mark = Mark::new(|| finder("<h1 class=\"struck\">"));
static HEADING: Mark = Mark::new(|| finder("<h2 id=\""));
static FACTS: Mark = Mark::new(|| finder("<dl class=\"facts\">"));
static CVSS: Mark = Mark::new(|| finder("<dt>CVSS</dt>"));

/// The facts of a page.
pub(super) fn read<'b>(bytes: &'b [u8], subjects: &Subjects<'_>) -> Result<Facts<'b>, String> {
    let page = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut facts = Facts::default();
    let Some(head) = IDS.until(page, "</p>") else { return Ok(facts) };
    let mut ids = blocks(head, "class=\"mono\"").map(|block| {
        let inner = after(block, ">").unwrap_or_default();
        text(until(inner, "<"))
    });
    facts.id = ids.next().map(Text);
    let aliases: BTreeSet<Text<'b>> = ids.map(Text).collect();
    facts.cves = Some(Ids { held: cves(&aliases), all: true });
    facts.aliases = Some(Ids { held: aliases, all: true });
    facts.published = between(head, "published <time datetime=\"", "\"").map(Moment::read).transpose()?;
    // A page says when something changed only if that was on another day.
    let updated = between(head, "updated <time datetime=\"", "\"").map(Moment::read).transpose()?;
    facts.modified = updated.or_else(|| facts.published.clone());
    facts.severity = between(head, "<span class=\"sev sev-", "</span>").and(badge(head));
    facts.withdrawn = Some(STRUCK.after(page).is_some());
    facts.scores = Some(Scores { held: scores(FACTS.after(page).unwrap_or_default()), all: true });
    let [affected, releases, credits] = below(page, ["affected", "am-i", "credits"]);
    let thanked = credits.and_then(|list| before(list, "</ul>")).unwrap_or_default();
    facts.credits = Some(blocks(thanked, "<bdi>").map(|name| Text(text(until(name, "</bdi>")))).collect());
    facts.entries = Some(match affected.and_then(|table| before(table, "</table>")) {
        Some(table) => entries(table, subjects, &mut facts.mute)?,
        None => Vec::new(),
    });
    let releases = releases.and_then(|list| before(list, "</section>")).unwrap_or_default();
    facts.listed = listed(releases, subjects)?;
    Ok(facts)
}

/// What stands below the first heading with each id, up to the next heading. The page is looked through once for all.
fn below<'b, const N: usize>(page: &'b str, ids: [&str; N]) -> [Option<&'b str>; N] {
    let mut found = [None; N];
    for part in HEADING.blocks(page) {
        let rest = |id: &&str| part.strip_prefix(*id)?.strip_prefix("\">");
        for (id, place) in ids.iter().zip(&mut found) {
            *place = place.or_else(|| rest(id));
        }
    }
    found
}

/// The word of the badge. A notice has its kind there instead, and no severity.
fn badge(head: &str) -> Option<String> {
    let word = between(head, "<span class=\"sev sev-", "\"")?;
    let label = text(until(after(head, "<span class=\"bars\"></span>")?, "<"));
    Some(match word {
        "unknown" => String::new(),
        "none" if !label.starts_with("None") => String::new(),
        _ => word.to_owned(),
    })
}

/// `9.8 Critical (CVSS 3.1) by …`, and the vector below.
fn scores(facts: &str) -> BTreeMap<Text<'_>, Score> {
    let mut held = BTreeMap::new();
    let list = CVSS.until(facts, "</div>").unwrap_or_default();
    for value in blocks(list, "<dd>") {
        let Some(vector) = between(value, "mono\">", "<") else { continue };
        let label = after(value, "<a ").and_then(|link| after(link, ">")).unwrap_or(value);
        let mut words = label.split_ascii_whitespace();
        let tenths = words.next().and_then(|score| score.replace('.', "").parse().ok());
        let word = words.next().map(str::to_lowercase);
        let old = label.contains("(CVSS 2.0)");
        // The standard of version 2 has no words; those of the page are the NVD's.
        held.insert(Text(text(vector)), Score { tenths, word: word.filter(|_| !old) });
    }
    held
}

/// The table of affected versions. A row that is not about the same as the one above begins an entry.
fn entries<'b>(
    table: &'b str,
    subjects: &Subjects<'_>,
    mute: &mut BTreeSet<usize>,
) -> Result<Vec<Entry<'b>>, String> {
    let mut entries: Vec<Entry<'b>> = Vec::new();
    for row in blocks(table, "<tr").skip(1) {
        let head = between(row, "<th scope=\"row\">", "</th>").ok_or("a row has no name")?;
        let mut cells =
            blocks(row, "<td ").filter_map(|cell| after(cell, ">")).map(|cell| until(cell, "</td>"));
        let (status, versions, safe) = (cells.next(), cells.next(), cells.next());
        let (Some(status), Some(versions), Some(safe)) = (status, versions, safe) else {
            return Err("a row has no versions".into());
        };
        if !row.starts_with(" class=\"again\"") {
            let (name, place) = (text(until(head, "<br>")), after(head, "<br>").map(text));
            let subject = subjects.find(None, &name, place.as_deref())?;
            entries.push(Entry { subject, ..Entry::default() });
        }
        let entry = entries.last_mut().ok_or("the first row is about what is above it")?;
        let versions = text(until(versions, "<br>"));
        // Under this scheme a version may hold any words, so a sentence around them cannot be taken apart.
        if subjects
            .get(entry.subject)
            .is_none_or(|subject| subject.scheme.is_none_or(|it| it == Scheme::Text))
        {
            mute.insert(entry.subject);
            continue;
        }
        match status {
            "Not affected" if row.starts_with(" class=\"again\"") => {
                for list in versions.split("; ") {
                    entry.spared.push(Comparators::parse(list).map_err(|invalid| invalid.message)?);
                }
            }
            "Not affected" => {}
            "Affected" | "Under investigation" => {
                let stretch = match versions {
                    Cow::Borrowed(versions) => words::stretch(versions),
                    Cow::Owned(versions) => words::owned(&versions),
                };
                entry.open = status != "Affected" || versions_are_open(row);
                entry.stretches.push(stretch?);
                let safe = text(safe);
                // A fix of what may not be a flaw is none.
                if status == "Affected" && !matches!(&*safe, "none yet" | "not known yet") {
                    entry.fixes.insert(Text(safe));
                }
            }
            other => return Err(format!("`{}` is no status of ours", crate::diag::escape::short(other, 40))),
        }
    }
    Ok(entries)
}

/// Whether the row says that no version is known.
fn versions_are_open(row: &str) -> bool {
    after(row, "data-label=\"Versions\">not known yet<").is_some()
}

/// The releases that each product's line names as hit, where it names all.
fn listed<'b>(
    section: &'b str,
    subjects: &Subjects<'_>,
) -> Result<BTreeMap<usize, BTreeSet<Text<'b>>>, String> {
    let mut listed: BTreeMap<usize, BTreeSet<Text<'b>>> = BTreeMap::new();
    let mut cut: BTreeSet<usize> = BTreeSet::new();
    for line in blocks(section, "<p>") {
        let line = until(line, "</p>");
        let Some((name, rest)) = line.split_once(": look up") else { continue };
        let subject = subjects.find(None, &text(name), None)?;
        let named = after(rest, ". Affected: ").unwrap_or_default();
        if named.contains("</a> and ") {
            cut.insert(subject);
        }
        let links = blocks(named, "<a ").filter_map(|link| after(link, ">"));
        listed.entry(subject).or_default().extend(links.map(|link| Text(text(until(link, "</a>")))));
    }
    listed.retain(|subject, _| !cut.contains(subject));
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn the_first_heading_of_an_id_counts_up_to_the_next() {
        let page = "a<h2 id=\"b\">B</h2>one<h2 id=\"other\">O</h2>two<h2 id=\"b\">B</h2>three<h2 id=\"bc\">";
        assert_eq!(below(page, ["b", "c", "other"]), [Some("B</h2>one"), None, Some("O</h2>two")]);
    }
}
