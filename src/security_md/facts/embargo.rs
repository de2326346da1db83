//! Who is told before the public.

use super::{Fact, Facts};
use crate::security_md::text::plain;

pub(super) static FACT: Fact = Fact {
    marker: "embargo",
    heading: "Advance Notice",
    stated: |policy| policy.embargo.is_some(),
    render: |facts, _| render(facts),
};

fn render(facts: &Facts<'_>) -> String {
    let Some(embargo) = &facts.policy.embargo else { return String::new() };
    let list = embargo.list.as_ref().map_or_else(|| "Distributors".to_owned(), |list| plain(list.as_str()));
    let notice = embargo.notice.as_ref().map_or_else(String::new, |notice| format!(" {notice}"));
    let mut text = format!("{list} may be told of a vulnerability{notice} before it is public.");
    if let Some(eligibility) = &embargo.eligibility {
        let words = eligibility.as_str();
        if words.starts_with("content/") {
            text.push_str(&format!(" [Who may ask to be told]({}).", facts.content(words)));
        } else {
            text.push_str(&format!(" Who may ask to be told: {}.", plain(words.trim_end_matches('.'))));
        }
    }
    text
}
