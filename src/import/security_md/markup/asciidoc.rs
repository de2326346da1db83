//! Tables of AsciiDoc, between two lines of `|===`. In go the lines where one may begin, out comes the table or why it
//! stays text.

mod inline;

use super::table::{BLOCKS, Found, NO_HEADINGS, Table, UNEVEN, append};

pub(super) use inline::scan;

/// Most lines of attributes and title above a table.
const ABOVE: usize = 4;

/// The table that begins at the first of `lines`, with the attributes and the title above it.
pub(super) fn table(lines: &[&str]) -> Option<Found> {
    let mut table = Table::default();
    let mut attributes = String::new();
    let mut at = 0;
    loop {
        let line = lines.get(at).filter(|_| at <= ABOVE)?.trim_end();
        if line.starts_with('[') && line.ends_with(']') && !line.starts_with("[[") {
            attributes.push_str(line);
        } else if let Some(title) =
            line.strip_prefix('.').filter(|title| !title.starts_with(['.', ' ']) && !title.is_empty())
        {
            table.title = Some(title.to_owned());
        } else {
            break;
        }
        at += 1;
    }
    let fence = lines[at].trim_end();
    if !fence.strip_prefix("|===").is_some_and(|rest| rest.chars().all(|c| c == '=')) {
        return None;
    }
    let body = &lines[at + 1..];
    let end = body.iter().position(|line| line.trim_end() == fence)?;
    let used = at + 1 + end + 1;
    Some(match read(table, &body[..end], &attributes) {
        Ok(table) => table.found(used),
        Err(why) => Found::Kept(used, why),
    })
}

/// The lines of a block of comment at the beginning of `lines`, if it can be one of HTML.
pub(super) fn comment(lines: &[&str]) -> Option<usize> {
    let fence = lines.first()?.trim_end();
    if fence.len() < 4 || !fence.bytes().all(|byte| byte == b'/') {
        return None;
    }
    let end = 1 + lines[1..].iter().position(|line| line.trim_end() == fence)?;
    let inner = &lines[1..end];
    let sound = inner.iter().all(|line| !line.contains("--"))
        && inner.first().is_none_or(|line| !line.trim_start().starts_with(['>', '-']));
    (sound && !inner.is_empty()).then_some(end + 1)
}

fn read(mut table: Table, body: &[&str], attributes: &str) -> Result<Table, &'static str> {
    if ["format", "separator", "[,", "[;"].iter().any(|word| attributes.contains(word)) {
        return Err("its cells are separated in another way");
    }
    let mut cells: Vec<String> = Vec::new();
    let (mut first, mut after_blank, mut heading) = (None, false, false);
    for (at, line) in body.iter().enumerate() {
        let text = line.trim();
        if text.is_empty() {
            // A blank line below the first, and none above it, makes that the row of headings.
            heading |= first.is_some() && first == Some(cells.len()) && at == 1;
            after_blank = true;
            continue;
        }
        if let Some(comment) = text.strip_prefix("//") {
            if comment.contains("--") || comment.starts_with('/') || comment.trim().starts_with('>') {
                return Err(BLOCKS);
            }
            table.comments.push(comment.trim().to_owned());
            continue;
        }
        if text.contains("\\|") {
            return Err(BLOCKS);
        }
        let mut parts = text.split('|');
        let before = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.collect();
        if parts.is_empty() {
            match cells.last_mut().filter(|_| !after_blank) {
                Some(cell) => append(cell, text),
                None => return Err(BLOCKS),
            }
        } else if !before.is_empty() || parts[..parts.len() - 1].iter().any(|part| ends_in_a_spec(part)) {
            return Err(UNEVEN);
        } else {
            cells.extend(parts.iter().map(|part| part.trim().to_owned()));
            first.get_or_insert(cells.len());
        }
        after_blank = false;
    }
    let columns = columns(attributes)?.or(first).unwrap_or(0);
    if columns == 0 || !cells.len().is_multiple_of(columns) {
        return Err(UNEVEN);
    }
    let asked = attributes.contains("header") || heading && first == Some(columns);
    if !asked || attributes.contains("noheader") {
        return Err(NO_HEADINGS);
    }
    table.rows = cells.chunks(columns).map(<[String]>::to_vec).collect();
    Ok(table)
}

/// Whether what stands before a bar says how the next cell is to be: `2+|`, `a|`, `.2+^|`.
fn ends_in_a_spec(part: &str) -> bool {
    let Some((_, word)) = part.rsplit_once([' ', '\t']) else { return false };
    let style = word.trim_start_matches(|c: char| c.is_ascii_digit() || ".+*<^>".contains(c));
    let count = &word[..word.len() - style.len()];
    let counts = count.is_empty() || count.ends_with(['+', '*', '<', '^', '>']);
    !word.is_empty() && counts && style.len() <= 1 && style.chars().all(|c| c.is_ascii_lowercase())
}

/// How many columns `cols` asks for, if it is there.
fn columns(attributes: &str) -> Result<Option<usize>, &'static str> {
    let Some((_, rest)) = attributes.split_once("cols=") else { return Ok(None) };
    let value = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or_default(),
        _ => rest.split([',', ']']).next().unwrap_or_default(),
    };
    let mut count = 0_usize;
    for column in value.split([',', ';']) {
        if column.contains(['a', 'l']) {
            return Err(BLOCKS);
        }
        let times = column.split_once('*').map_or(Some(1), |(times, _)| times.trim().parse::<usize>().ok());
        count = count.saturating_add(times.filter(|times| *times <= 50).ok_or(UNEVEN)?);
    }
    // "One number" is so many columns to older files.
    Ok(Some(count).filter(|count| (2..=50).contains(count)))
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::import::security_md::markup::table::Found;

    fn lines(text: &str) -> (String, usize) {
        Found::told(table(&text.lines().collect::<Vec<_>>()))
    }

    const ROWS: &str = "| Version | Supported |\n|---|---|\n| 2.x | :x: |\n| < 2 |  |";

    #[test]
    fn each_form_is_read() {
        for (text, used) in [
            (
                "[cols=\",\",options=\"header\",]\n|===\n|Version |Supported\n|2.x |:x:\n|< 2 |\n|===\nText\n",
                6,
            ),
            ("|===\n| Version | Supported\n\n| 2.x\n| :x:\n\n| < 2\n|\n|===\n", 9),
            ("[%header,cols=2*]\n|====\n|Version\n|Supported\n|2.x|:x:\n|< 2|\n|====\n", 7),
            ("[cols=\"1,1\"]\n|===\n|Version |Supported\n\n|2.x\n|:x:\n|< 2 |\n|===\n", 8),
        ] {
            assert_eq!(lines(text), (ROWS.to_owned(), used), "{text}");
        }
        let titled =
            "[options=header]\n.Versions\n|===\n|Version |Supported\n|2.x |:x:\n// |1.x |:x:\n|< 2 |\n|===\n";
        assert_eq!(lines(titled).0, format!("Versions\n\n<!-- |1.x |:x: -->\n\n{ROWS}"));
    }

    #[test]
    fn what_is_not_certain_stays_text() {
        for (text, why) in [
            ("|===\n|a |b\n|c |d\n|===\n", "it has no row of headings"),
            ("|===\n\n|a |b\n\n|c |d\n|===\n", "it has no row of headings"),
            ("[%header]\n|===\n|a |b\n|c\n|===\n", "its cells span others, or rows differ in length"),
            ("[%header]\n|===\n|a |b\n2+|c\n|===\n", "its cells span others, or rows differ in length"),
            ("[%header]\n|===\n|a |b\n|c a|d\n|===\n", "its cells span others, or rows differ in length"),
            ("[%header]\n|===\n|a |b\n|c |d\n\ne\n|===\n", "a cell holds more than a line of text"),
            ("[%header]\n|===\n|a |b\n|c |d \\| e\n|===\n", "a cell holds more than a line of text"),
            ("[%header,cols=\"1,1a\"]\n|===\n|a |b\n|c |d\n|===\n", "a cell holds more than a line of text"),
            ("[%header,format=csv]\n|===\na,b\n|===\n", "its cells are separated in another way"),
            ("|===\n|a |b\n", "none"),
            ("[source]\n----\n", "none"),
            (".Title\nText\n", "none"),
            ("[x]\n", "none"),
        ] {
            assert_eq!(lines(text).0, why, "{text}");
        }
    }
}
