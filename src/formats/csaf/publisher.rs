//! Who publishes: the same in every document and in `provider-metadata.json` (CSAF 2.0 §3.2.1.8, §7.1.7).

use serde::Serialize;

use crate::site::Site;
use crate::source::fields::Words;

#[derive(Serialize)]
pub(super) struct Publisher {
    category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuing_authority: Option<String>,
    pub name: String,
    namespace: String,
}

impl Publisher {
    /// The policy's; without one, the project as the vendor, under the portal's own address.
    pub(super) fn of(site: &Site) -> Self {
        let project = &site.policy.project;
        let Some(publisher) = &project.publisher else {
            return Self {
                category: "vendor",
                issuing_authority: None,
                name: project.name.as_str().to_owned(),
                namespace: site.base.as_str().trim_end_matches('/').to_owned(),
            };
        };
        let authority = publisher.authority.as_ref().map(|text| text.as_str().to_owned());
        Self {
            category: publisher.category.word(),
            issuing_authority: authority.filter(|text| !text.is_empty()),
            name: publisher.name.as_str().to_owned(),
            namespace: publisher.namespace.as_str().to_owned(),
        }
    }
}
