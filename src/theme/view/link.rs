//! An address and what to call it.

use serde::Serialize;

use crate::routes::Route;
use crate::site::Site;

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The address.
    pub href: String,
    /// The words.
    pub label: String,
}

impl Link {
    /// A link within the portal.
    pub fn to(site: &Site, route: &Route, label: impl Into<String>) -> Self {
        Self { href: site.href(route), label: label.into() }
    }
}
