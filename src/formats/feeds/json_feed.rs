//! JSON Feed 1.1.

use serde::Serialize;

use super::channel::{Channel, Entry};
use crate::formats::instant::rfc3339;
use crate::formats::json;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(serialize_with = "json::text")]
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
}

/// The feed's bytes.
pub(super) fn write(channel: &Channel) -> Vec<u8> {
    json::write(&Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.home,
        feed_url: &channel.url,
        description: &channel.description,
        language: &channel.language,
        authors: [Author { name: &channel.author }],
        items: channel.entries.iter().map(item).collect(),
    })
}

fn item(entry: &Entry) -> Item<'_> {
    Item {
        id: &entry.url,
        url: &entry.url,
        title: &entry.title,
        summary: entry.summary.as_deref(),
        content_html: &entry.html,
        date_published: rfc3339(entry.published),
        date_modified: rfc3339(entry.updated),
        tags: &entry.tags,
    }
}
