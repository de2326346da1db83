//! RSS 2.0, with the feed's own address as an Atom link (RSS Advisory Board's best practices).

use std::collections::BTreeMap;

use jiff::Timestamp;
use rss::extension::Extension;
use rss::{Category, Channel as RssChannel, Guid, Item};

use super::channel::{Channel, Entry};

/// The feed's bytes.
pub(super) fn write(channel: &Channel) -> Vec<u8> {
    let attributes = [("href", channel.url.as_str()), ("rel", "self"), ("type", "application/rss+xml")];
    let own = Extension {
        name: "atom:link".into(),
        attrs: attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        ..Extension::default()
    };
    let rss = RssChannel {
        title: channel.title.clone(),
        link: channel.home.clone(),
        description: channel.description.clone(),
        language: Some(channel.language.clone()),
        last_build_date: Some(rfc822(channel.updated)),
        extensions: [("atom".into(), BTreeMap::from([("link".into(), vec![own])]))].into(),
        namespaces: [("atom".into(), "http://www.w3.org/2005/Atom".into())].into(),
        items: channel.entries.iter().map(item).collect(),
        ..RssChannel::default()
    };
    // Only the sink can fail, and a Vec does not.
    rss.write_to(Vec::new()).expect("memory takes every byte")
}

fn item(entry: &Entry) -> Item {
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        guid: Some(Guid { value: entry.url.clone(), permalink: true }),
        pub_date: Some(rfc822(entry.published)),
        description: Some(entry.html.clone()),
        categories: entry.tags.iter().map(|tag| Category { name: tag.clone(), domain: None }).collect(),
        ..Item::default()
    }
}

/// RFC 822 with a year of four digits; names of days and months are English whatever the locale.
fn rfc822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
