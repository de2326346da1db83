//! The policy: sections in the author's order, with facts where markers stand.

pub mod facts;
pub mod marker;
mod sections;

use serde::Serialize;

use crate::diag::Diagnostic;
use crate::site::Site;
use crate::theme::html::Html;

/// The page.
#[derive(Debug, Serialize)]
pub struct Policy {
    /// Its title.
    pub heading: String,
    /// Version of the document.
    pub version: Option<String>,
    /// The text before the first section; HTML.
    pub intro: Html,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// One section.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// The heading's level, 2 to 6, without a gap to the one before.
    pub level: u8,
    /// The heading's id, unique on the page.
    pub id: String,
    /// Its text; HTML.
    pub html: Html,
}

impl Policy {
    /// The page; fails where a template of the site's theme does.
    pub fn of(site: &Site) -> Result<Self, Box<Diagnostic>> {
        let document = &site.policy.document;
        let used = sections::Used::default();
        Ok(Self {
            heading: document.title.as_str().to_owned(),
            version: document.version.as_ref().map(|version| version.as_str().to_owned()),
            intro: match &document.intro {
                Some(intro) => sections::markdown(site, "policy.toml", intro, "i-", 2, &used)?,
                None => Html::default(),
            },
            sections: sections::of(site, &used)?,
        })
    }
}
