//! Thanks. The portal's page has them all; here are those that the policy itself names.

use super::{Fact, Facts};
use crate::model::policy::people::Thanks;
use crate::routes;
use crate::security_md::text::{bullets, plain};

pub(super) static FACT: Fact = Fact {
    marker: "hall-of-fame",
    heading: "Hall of Fame",
    stated: |policy| !policy.thanks.is_empty(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let people: Vec<String> = facts.policy.thanks.iter().map(person).collect();
    let all = format!("Everyone who helped: <{}>.", facts.url(&routes::thanks()));
    if people.is_empty() {
        return all;
    }
    format!("{}\n\n{all}", bullets(people.iter().map(String::as_str)))
}

fn person(thanks: &Thanks) -> String {
    let name = plain(thanks.name.as_str());
    let mut text = thanks.url.as_ref().map_or_else(|| name.clone(), |url| format!("[{name}](<{url}>)"));
    if let Some(reason) = &thanks.reason {
        text.push_str(&format!(": {}", plain(reason.as_str())));
    }
    if let Some(date) = thanks.date {
        text.push_str(&format!(" ({date})"));
    }
    text
}
