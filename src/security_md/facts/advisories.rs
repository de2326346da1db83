//! Where advisories are published and announced.

use super::{Fact, Facts};
use crate::routes;
use crate::security_md::text::{bullets, plain};

pub(super) static FACT: Fact = Fact {
    marker: "advisories",
    heading: "Security Advisories",
    stated: |policy| !policy.advisories.published.is_empty() || !policy.advisories.announce.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let advisories = &facts.policy.advisories;
    let mut points = vec![format!(
        "Published advisories: <{}>, with a feed at <{}>",
        facts.url(&routes::advisories()),
        facts.url(&routes::feed("atom")),
    )];
    points.extend(advisories.published.iter().map(|url| format!("Also at <{url}>")));
    for place in &advisories.announce {
        let name = plain(place.name.as_str());
        let mut point = match &place.url {
            Some(url) => format!("Announced on [{name}](<{url}>)"),
            None => format!("Announced on {name}"),
        };
        if let Some(feed) = &place.feed {
            point.push_str(&format!(", with a feed at <{feed}>"));
        }
        points.push(point);
    }
    bullets(points.iter().map(String::as_str))
}
