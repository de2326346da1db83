//! What hits each known release, without script: one page per release, one per product.

use std::sync::{Arc, OnceLock};

use super::{page, page_from};
use crate::formats::Format;
use crate::plan::Sketch;
use crate::routes;
use crate::site::Site;
use crate::theme::view::head::Head;
use crate::theme::view::version::{Version, Versions as All, is_clean};

/// What hits each known release.
#[derive(Debug)]
pub struct Versions;

impl Format for Versions {
    fn name(&self) -> &'static str {
        "version pages"
    }

    fn standard(&self) -> &'static str {
        "HTML"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, product) in
            site.policy.products.iter().enumerate().filter(|(_, product)| !product.releases.is_empty())
        {
            let route = routes::versions(product.id.as_str());
            page(plan, self.name(), &route.clone(), "versions.html", move |site| {
                let title = format!("Releases of {}", site.policy.products[at].name.as_str());
                (Head::new(site, &route, title, "support").below(), All::of(site, at))
            });
            // Every page of the product asks which releases are clean; whichever is baked first finds out.
            let clean: Arc<OnceLock<Vec<String>>> = Arc::default();
            for release in &product.releases {
                let clean = Arc::clone(&clean);
                let version = release.as_str().to_owned();
                let route = routes::version(product.id.as_str(), &version);
                page_from(release.span, plan, self.name(), &route.clone(), "version.html", move |site| {
                    let product = &site.policy.products[at];
                    let clean = clean.get_or_init(|| clean_releases(site, at));
                    let title = format!("{} {version}", product.name.as_str());
                    (
                        Head::new(site, &route, title, "support").below(),
                        Version::of(site, at, &version, clean),
                    )
                });
            }
        }
    }
}

fn clean_releases(site: &Site, product: usize) -> Vec<String> {
    let releases = site.policy.products[product].releases.iter().map(|release| release.as_str());
    releases.filter(|version| is_clean(site, product, version)).map(str::to_owned).collect()
}
