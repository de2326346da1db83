//! Feeds: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1.

use jiff::fmt::rfc2822;
use serde::Deserialize;

use super::claims::{Claims, Mention, Of};
use super::facts::Text;
use super::json;
use super::markup::{after, between, blocks, text, until};
use super::moment::Moment;

/// How titles of what was taken back begin.
const WITHDRAWN: &str = "Withdrawn: ";

/// The entries of an Atom feed. The text of an element holds no tags, since they would be escaped.
pub(super) fn atom(bytes: &[u8]) -> Result<Claims, String> {
    let feed = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let entry = |entry: &str| {
        let of = |element: &str| {
            let missing = || format!("an entry has no <{element}>");
            between(entry, &format!("<{element}>"), &format!("</{element}>")).ok_or_else(missing)
        };
        Ok(Mention {
            of: Of::Page(text(of("id")?).into_owned()),
            published: Some(Moment::read(of("published")?)?.into_owned()),
            modified: Some(Moment::read(of("updated")?)?.into_owned()),
            withdrawn: Some(of("title")?.starts_with(WITHDRAWN)),
        })
    };
    let mentions = blocks(feed, "<entry>").map(entry).collect::<Result<_, String>>()?;
    Ok(Claims { mentions, ..Claims::default() })
}

/// The items of an RSS channel, which know no date of a change.
pub(super) fn rss(bytes: &[u8]) -> Result<Claims, String> {
    let feed = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let item = |item: &str| {
        let of = |element: &str, end: &str| {
            let missing = || format!("an item has no <{element}>");
            between(item, element, end).ok_or_else(missing)
        };
        let guid = after(of("<guid", "</guid>")?, ">").unwrap_or_default();
        let date = of("<pubDate>", "</pubDate>")?;
        let at = rfc2822::parse(date).map_err(|error| error.to_string())?;
        Ok(Mention {
            of: Of::Page(text(guid).into_owned()),
            published: Some(Moment::at(at.timestamp().as_second(), date).into_owned()),
            modified: None,
            withdrawn: Some(of("<title>", "</title>")?.starts_with(WITHDRAWN)),
        })
    };
    let items = blocks(feed, "<item>").map(|rest| until(rest, "</item>"));
    let mentions = items.map(item).collect::<Result<_, String>>()?;
    Ok(Claims { mentions, ..Claims::default() })
}

#[derive(Deserialize)]
struct Feed<'b> {
    #[serde(borrow)]
    items: Vec<Item<'b>>,
}

#[derive(Deserialize)]
struct Item<'b> {
    #[serde(borrow)]
    id: Text<'b>,
    #[serde(borrow)]
    url: Text<'b>,
    #[serde(borrow)]
    title: Text<'b>,
    date_published: &'b str,
    date_modified: &'b str,
}

/// The items of a JSON Feed.
pub(super) fn json(bytes: &[u8]) -> Result<Claims, String> {
    let feed: Feed<'_> = json::read(bytes)?;
    let item = |item: Item<'_>| {
        if item.id != item.url {
            return Err("the id of an item is not its address".to_owned());
        }
        Ok(Mention {
            of: Of::Page(item.id.0.into_owned()),
            published: Some(Moment::read(item.date_published)?.into_owned()),
            modified: Some(Moment::read(item.date_modified)?.into_owned()),
            withdrawn: Some(item.title.as_str().starts_with(WITHDRAWN)),
        })
    };
    let mentions = feed.items.into_iter().map(item).collect::<Result<_, String>>()?;
    Ok(Claims { mentions, ..Claims::default() })
}
