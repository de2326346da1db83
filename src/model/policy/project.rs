//! `[project]`: whose portal it is.

use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::value::line::Line;
use crate::value::url::WebUrl;

/// `[project]`.
#[derive(Debug, Clone)]
pub struct Project {
    /// Name of the project.
    pub name: Line,
    /// Its public repository.
    pub repository: Option<WebUrl>,
    /// Who publishes, for CSAF's `document.publisher`.
    pub publisher: Option<Publisher>,
}

impl Decode for Project {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let name = f.required("name");
        let (repository, publisher) = (f.optional("repository"), f.optional("publisher"));
        f.finish();
        Some(Self { name: name?, repository, publisher })
    }
}

impl Default for Project {
    /// Stands in where `[project]` is missing, so that the other tables are still read; never leaves `decode`.
    fn default() -> Self {
        Self { name: Line::literal("project"), repository: None, publisher: None }
    }
}

/// `publisher = { … }`.
#[derive(Debug, Clone)]
pub struct Publisher {
    /// Name of the organisation.
    pub name: Line,
    /// A URL that the organisation owns; CSAF 2.0 §3.2.1.8.5.
    pub namespace: WebUrl,
    /// Its role; CSAF 2.0 §3.2.1.8.1.
    pub category: Category,
    /// What authority it has over the products.
    pub authority: Option<Line>,
}

words! {
    /// Publisher categories of CSAF 2.0 §3.2.1.8.1.
    pub enum Category {
        /// Develops or maintains the products.
        Vendor = "vendor",
        /// Coordinates between parties.
        Coordinator = "coordinator",
        /// Found the vulnerabilities.
        Discoverer = "discoverer",
        /// Republishes others' advisories.
        Translator = "translator",
        /// Uses the products.
        User = "user",
        /// None of the above.
        Other = "other",
    }
}

impl Decode for Publisher {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let (name, namespace) = (f.required("name"), f.required("namespace"));
        let category = f.optional("category").unwrap_or(Category::Vendor);
        let authority = f.optional("authority");
        f.finish();
        Some(Self { name: name?, namespace: namespace?, category, authority })
    }
}
