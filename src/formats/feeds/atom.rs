//! Atom (RFC 4287).

use atom_syndication::{Category, Content, Entry as AtomEntry, Feed, FixedDateTime, Link, Person, Text};
use jiff::Timestamp;

use super::channel::{Channel, Entry};
use crate::formats::instant::rfc3339;

/// The feed's bytes.
pub(super) fn write(channel: &Channel) -> Vec<u8> {
    let feed = Feed {
        id: channel.url.clone(),
        title: Text::plain(&channel.title),
        subtitle: Some(Text::plain(&channel.description)),
        updated: date(channel.updated),
        authors: vec![Person { name: channel.author.clone(), ..Person::default() }],
        links: vec![
            link("self", &channel.url, "application/atom+xml"),
            link("alternate", &channel.home, "text/html"),
        ],
        lang: Some(channel.language.clone()),
        entries: channel.entries.iter().map(entry).collect(),
        ..Feed::default()
    };
    // Only the sink can fail, and a Vec does not.
    let bytes = feed.write_to(Vec::new()).expect("memory takes every byte");
    plain_quotes(&String::from_utf8_lossy(&bytes)).into_bytes()
}

/// Quotes as themselves inside of elements. The crate writes them as entities, which is right and needless, and hides
/// the end of an address from simple readers: `href=&quot;https://…/&quot;`.
fn plain_quotes(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    // What follows a `>` is text up to the next `<`; quotes matter inside of tags alone.
    for tag_and_text in xml.split_inclusive('<') {
        let (tag, text) = tag_and_text.split_once('>').unwrap_or((tag_and_text, ""));
        out.push_str(tag);
        if tag.len() < tag_and_text.len() {
            out.push('>');
            out.push_str(&text.replace("&quot;", "\"").replace("&apos;", "'"));
        }
    }
    out
}

fn entry(entry: &Entry) -> AtomEntry {
    AtomEntry {
        id: entry.url.clone(),
        title: Text::plain(&entry.title),
        updated: date(entry.updated),
        published: Some(date(entry.published)),
        summary: entry.summary.as_ref().map(Text::plain),
        content: Some(Content {
            value: Some(entry.html.clone()),
            content_type: Some("html".into()),
            ..Content::default()
        }),
        links: vec![link("alternate", &entry.url, "text/html")],
        categories: entry
            .tags
            .iter()
            .map(|tag| Category { term: tag.clone(), ..Category::default() })
            .collect(),
        ..AtomEntry::default()
    }
}

fn link(rel: &str, href: &str, kind: &str) -> Link {
    Link { rel: rel.into(), href: href.into(), mime_type: Some(kind.into()), ..Link::default() }
}

fn date(at: Timestamp) -> FixedDateTime {
    // Dates are of the years 1990 to 2100, and RFC 3339 is what this reads.
    rfc3339(at).parse().expect("RFC 3339 is a date")
}
