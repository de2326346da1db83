use super::channel::{Channel, Entry};
use super::{atom, json_feed, rss};

/// Texts that try to get out of their element.
const HOSTILE: &str = "]]></title><script>alert(1)</script>&lt;b&gt; \u{1f9c0}";

fn channel() -> Channel {
    let at = "2026-03-20T08:00:00Z".parse().unwrap();
    Channel {
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        url: "https://security.example.org/feed.x".into(),
        home: "https://security.example.org/advisories/".into(),
        language: "en".into(),
        author: HOSTILE.into(),
        updated: at,
        entries: vec![Entry {
            url: "https://security.example.org/advisories/EXAMPLE-2026-0001/".into(),
            title: HOSTILE.into(),
            published: at,
            updated: at,
            summary: Some(HOSTILE.into()),
            html: HOSTILE.into(),
            tags: vec![HOSTILE.into()],
        }],
    }
}

#[test]
fn atom_escapes_once() {
    let text = String::from_utf8(atom::write(&channel())).unwrap();
    assert!(!text.contains("<script"), "{text}");
    let feed: atom_syndication::Feed = text.parse().unwrap();
    let entry = &feed.entries[0];
    assert_eq!((feed.title.value.as_str(), entry.title.value.as_str()), (HOSTILE, HOSTILE));
    assert_eq!(entry.content.as_ref().and_then(|content| content.value.as_deref()), Some(HOSTILE));
    assert_eq!(entry.categories[0].term, HOSTILE);
    assert!(text.starts_with("<?xml version=\"1.0\"?>"), "{text}");
}

#[test]
fn rss_escapes_once() {
    let text = String::from_utf8(rss::write(&channel())).unwrap();
    let read: ::rss::Channel = text.parse().unwrap();
    let item = &read.items[0];
    assert_eq!((read.title.as_str(), item.title.as_deref()), (HOSTILE, Some(HOSTILE)));
    assert_eq!(item.description.as_deref(), Some(HOSTILE));
    assert_eq!(item.pub_date.as_deref(), Some("Fri, 20 Mar 2026 08:00:00 +0000"));
    assert!(text.contains("href=\"https://security.example.org/feed.x\""), "{text}");
    assert_eq!(text.matches("<?xml").count(), 1);
}

#[test]
fn json_feed_keeps_texts() {
    let feed: serde_json::Value = serde_json::from_slice(&json_feed::write(&channel())).unwrap();
    assert_eq!(feed["items"][0]["content_html"], HOSTILE);
    assert_eq!(feed["items"][0]["date_modified"], "2026-03-20T08:00:00Z");
}
