//! A list of points with a name, a text, or both.

use crate::model::policy::reporting::Item;
use crate::security_md::text;

/// The points as a list.
pub(super) fn items(items: &[Item]) -> String {
    let texts: Vec<String> = items.iter().map(point).collect();
    text::bullets(texts.iter().map(String::as_str))
}

fn point(item: &Item) -> String {
    let required = if item.required { " (required)" } else { "" };
    let text = item.text.as_ref().map(|text| text.trim());
    match (&item.title, text) {
        (Some(title), Some(text)) => format!("**{}**{required}: {text}", text::plain(title.as_str())),
        (Some(title), None) => format!("**{}**{required}", text::plain(title.as_str())),
        (None, text) => format!("{}{required}", text.unwrap_or_default()),
    }
}
