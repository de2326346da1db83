//! What a page says of itself in its head: the variable `page`.

use serde::Serialize;

use crate::routes::Route;
use crate::site::Site;

/// The variable `page`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// For the window's title, before the portal's name; empty on the home page.
    pub title: String,
    /// One sentence for search engines; may be empty.
    pub description: String,
    /// Which entry of the menu it belongs to: `advisories`, `support`, `keys`, `policy`, `report`, or a content page's
    /// address.
    pub section: String,
    /// Whether it is the very page that the menu links to.
    pub at_root: bool,
    /// Its public address; empty for an error page.
    pub canonical: String,
    /// Whether search engines should pass it by.
    pub noindex: bool,
}

impl Head {
    /// A page that the menu links to, or that belongs to no entry of it.
    pub fn new(site: &Site, route: &Route, title: impl Into<String>, section: &str) -> Self {
        Self {
            title: title.into(),
            section: section.to_owned(),
            at_root: true,
            canonical: site.url(route),
            ..Self::default()
        }
    }

    /// A page below one that the menu links to.
    #[must_use]
    pub fn below(mut self) -> Self {
        self.at_root = false;
        self
    }

    /// Adds a sentence for search engines.
    #[must_use]
    pub fn about(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }
}
