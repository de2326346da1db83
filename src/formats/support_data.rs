//! Supported versions as data: `/support/<product>.json` for programs, `/support.ics` for people who plan upgrades.
//!
//! In go the products' tables, out come their cells as printed and as understood. Nothing is computed from today, so
//! both change only when the policy does.

pub(super) mod calendar;
mod table;

use super::Format;
use crate::model::policy::product::Product;
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;

/// Lifecycle data.
pub struct SupportData;

impl Format for SupportData {
    fn name(&self) -> &'static str {
        "support data"
    }

    fn standard(&self) -> &'static str {
        "RFC 5545"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, product) in site.policy.products.iter().enumerate() {
            if has_data(product) {
                let route = routes::support_data(product.id.as_str());
                plan.bytes(self.name(), &route, Seal::None, move |site| {
                    table::write(&site.policy.products[at])
                });
            }
        }
        if has_calendar(site) {
            plan.bytes(self.name(), &routes::support_calendar(), Seal::None, |site| {
                calendar::write(site).into_bytes()
            });
        }
    }
}

/// Whether a product has a file of its own: a table, a rule or known releases.
pub fn has_data(product: &Product) -> bool {
    !product.support.is_empty() || product.rule.is_some() || !product.releases.is_empty()
}

/// Whether any end of support is a day that a calendar can show.
pub fn has_calendar(site: &Site) -> bool {
    let rows = site.policy.products.iter().flat_map(|product| &product.support);
    rows.filter_map(|row| row.until.as_ref()).any(|until| until.last_day().is_some())
}
