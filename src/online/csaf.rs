//! CSAF as its readers find it (CSAF 2.0 §7.1.8 to §7.1.20): from security.txt or the well-known address to the metadata,
//! from there to the feed, and from the feed to a document with its hash and signature.

use serde_json::Value;

use super::{Client, Line, Portal, file};
use crate::routes::{self, OutPath};

/// One line for each step; none where the portal has no CSAF.
pub(super) fn probe(portal: &Portal<'_>, client: &dyn Client) -> Vec<Line> {
    let route = routes::csaf_provider();
    if !portal.has(&route) {
        return Vec::new();
    }
    let address = portal.url(&route);
    let mut lines = Vec::new();
    if let Ok(answer) = file(portal, client, &routes::security_txt().file()) {
        let wanted = format!("CSAF: {address}");
        let named = String::from_utf8_lossy(&answer.bytes).lines().any(|line| line == wanted);
        if address.starts_with("https://") {
            let subject = "CSAF, from security.txt";
            lines.push(match named {
                true => Line::good(subject, address.clone()),
                false => {
                    Line::odd(subject, "it does not name the metadata", "build and publish the site again")
                }
            });
        }
    }
    let metadata = match read(portal, client, &route.file()) {
        Ok(metadata) => metadata,
        Err(line) => return [lines, vec![line]].concat(),
    };
    if metadata["canonical_url"].as_str() != Some(address.as_str()) {
        let help = "build the site for the address at which it lives, and publish it again";
        lines.push(Line::bad(&address, "it says that it belongs to another address", help));
    }
    let feeds = metadata["distributions"].as_array().into_iter().flatten();
    let feeds = feeds.flat_map(|it| it["rolie"]["feeds"].as_array().into_iter().flatten());
    let feeds: Vec<&str> = feeds.filter_map(|feed| feed["url"].as_str()).collect();
    if feeds.is_empty() {
        lines.push(Line::bad(&address, "it names no feed", "build and publish the site again"));
    }
    lines.extend(feeds.into_iter().flat_map(|feed| follow(portal, client, feed)));
    lines
}

/// The feed, and its first document.
fn follow(portal: &Portal<'_>, client: &dyn Client, feed: &str) -> Vec<Line> {
    let Some(path) = beneath(portal, feed) else {
        return vec![Line::bad(feed, "the feed is not on this portal", "build and publish the site again")];
    };
    let listed = match read(portal, client, &path) {
        Ok(listed) => listed,
        Err(line) => return vec![line],
    };
    let entries = listed["feed"]["entry"].as_array().map_or(&[][..], Vec::as_slice);
    let mut lines = vec![Line::good(feed, format!("{} documents", entries.len()))];
    let links = entries.first().and_then(|entry| entry["link"].as_array()).into_iter().flatten();
    let links: Vec<&str> = links.filter_map(|link| link["href"].as_str()).collect();
    for link in links {
        lines.push(match beneath(portal, link) {
            None => {
                Line::bad(link, "the feed leads away from this portal", "build and publish the site again")
            }
            Some(path) => match file(portal, client, &path) {
                Ok(answer) => Line::good(link, super::told(&answer)),
                Err(line) => line,
            },
        });
    }
    lines
}

fn read(portal: &Portal<'_>, client: &dyn Client, path: &OutPath) -> Result<Value, Line> {
    let answer = file(portal, client, path)?;
    serde_json::from_slice(&answer.bytes).map_err(|_| {
        let help = "let the host serve the file as it is";
        Line::bad(&portal.base.join(path.as_str()), "it is no JSON", help)
    })
}

/// The path of an address on this portal.
fn beneath(portal: &Portal<'_>, address: &str) -> Option<OutPath> {
    OutPath::parse(address.strip_prefix(portal.base.as_str())?)
}
