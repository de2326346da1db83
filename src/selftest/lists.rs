//! Lists of all advisories, by which programs learn what changed: OSV's, and CSAF's feed and table.

use serde::Deserialize;

use super::claims::{Claims, Mention, Of};
use super::facts::Text;
use super::json;
use super::moment::Moment;

#[derive(Deserialize)]
struct Line<'b> {
    #[serde(borrow)]
    id: Text<'b>,
    modified: &'b str,
}

/// `all.json`, as osv.dev polls it.
pub(super) fn osv(bytes: &[u8]) -> Result<Claims, String> {
    let lines: Vec<Line<'_>> = json::read(bytes)?;
    let mention = |line: Line<'_>| {
        let id = line.id.as_str();
        Ok(Mention {
            of: Of::Id(id.strip_prefix("x_").unwrap_or(id).to_owned()),
            published: None,
            modified: Some(Moment::read(line.modified)?.into_owned()),
            withdrawn: None,
        })
    };
    let mentions = lines.into_iter().map(mention).collect::<Result<_, String>>()?;
    Ok(Claims { mentions, ..Claims::default() })
}

#[derive(Deserialize)]
struct Rolie<'b> {
    #[serde(borrow)]
    feed: Feed<'b>,
}

#[derive(Deserialize)]
struct Feed<'b> {
    #[serde(borrow)]
    entry: Vec<Entry<'b>>,
}

#[derive(Deserialize)]
struct Entry<'b> {
    #[serde(borrow)]
    id: Text<'b>,
    published: &'b str,
    updated: &'b str,
}

/// The ROLIE feed. Its dates are those of the documents' histories, which may be some seconds late.
pub(super) fn rolie(bytes: &[u8]) -> Result<Claims, String> {
    let file: Rolie<'_> = json::read(bytes)?;
    let mention = |entry: Entry<'_>| {
        Ok(Mention {
            of: Of::Id(entry.id.0.into_owned()),
            published: Some(Moment::read(entry.published)?.into_owned()),
            modified: Some(Moment::read(entry.updated)?.into_owned()),
            withdrawn: None,
        })
    };
    let mentions = file.feed.entry.into_iter().map(mention).collect::<Result<_, String>>()?;
    Ok(Claims { mentions, ..Claims::default() })
}

/// `changes.csv`: paths and dates.
pub(super) fn changes(bytes: &[u8]) -> Result<Claims, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mention = |line: &str| {
        let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
        let (path, date) =
            inner.and_then(|line| line.split_once("\",\"")).ok_or("a line has not two values")?;
        Ok(Mention {
            of: Of::Document(path.to_owned()),
            published: None,
            modified: Some(Moment::read(date)?.into_owned()),
            withdrawn: None,
        })
    };
    let mentions = text.lines().map(mention).collect::<Result<_, String>>()?;
    Ok(Claims { mentions, ..Claims::default() })
}
