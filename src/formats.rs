//! One file per output: a standard's writer, or a page.
//!
//! A format looks at the [`Site`] and adds its files to the [`Plan`]; it never writes, never reads a clock, and knows
//! no other format's paths but through [`crate::routes`]. A new one is a new file here and one line in [`FORMATS`].

pub mod assets;
mod calendar;
pub mod certificates;
pub mod checksums;
pub mod csaf;
pub mod cve;
pub mod feeds;
pub mod host;
pub mod html;
mod instant;
mod json;
mod machine;
pub mod manifest;
pub mod openvex;
pub mod osv;
pub mod parts;
mod renewals;
pub mod security_txt;
mod sitemap;
pub mod succession;
pub mod support_data;
pub mod wkd;
pub(crate) mod xml;
mod zip;

use rayon::prelude::*;

use crate::plan::{Plan, Sketch};
use crate::routes;
use crate::site::Site;

/// One kind of output.
pub trait Format: Sync {
    /// What people call it: `security.txt`.
    fn name(&self) -> &'static str;

    /// The standard that its files follow, or empty.
    fn standard(&self) -> &'static str;

    /// Adds its files.
    fn plan(&self, site: &Site, plan: &mut Sketch);

    /// Whether what it added for one site is right for another of the same policy too. Recipes are asked with the site
    /// that is baked, so what counts is which files there are and what was looked at to plan them.
    fn holds(&self, _before: &Site, _now: &Site) -> bool {
        false
    }
}

/// Every format there is. The order decides nothing but who is named first when two want the same path.
pub static FORMATS: &[&dyn Format] = &[
    &security_txt::SecurityTxt,
    &wkd::Wkd,
    &certificates::Certificates,
    &feeds::Feeds,
    &osv::Osv,
    &cve::Cve,
    &openvex::OpenVex,
    &csaf::Csaf,
    &support_data::SupportData,
    &renewals::Renewals,
    &host::Host,
    &assets::Assets,
    &html::home::Home,
    &html::report::Report,
    &html::policy::Policy,
    &html::advisory_lists::AdvisoryLists,
    &html::advisory::Advisory,
    &html::aliases::Aliases,
    &html::versions::Versions,
    &html::support::Support,
    &html::keys::Keys,
    &html::thanks::Thanks,
    &html::feeds::Feeds,
    &html::verify::Verify,
    &html::not_found::NotFound,
    &html::content::Content,
    &html::static_files::StaticFiles,
];

/// The plan of a whole site.
pub fn plan(site: &Site) -> Plan {
    // What is written last is in no plan, since it lists the others.
    let mut lists = Sketch::default();
    for route in [routes::checksums(), routes::manifest()] {
        let file = route.file();
        lists.reserve("signatures", file.with(".asc"));
        lists.reserve("secsite's own lists of files", file);
    }
    for folder in routes::carried() {
        lists.reserve("secsite's own lists of files", folder);
    }
    let mut sketches: Vec<Sketch> = FORMATS.par_iter().map(|format| sketched(*format, site)).collect();
    let sitemap = sitemap::sketch(sketches.iter().flat_map(Sketch::files));
    sketches.extend([sitemap, lists]);
    Plan::of(sketches)
}

/// The files of one format.
fn sketched(format: &dyn Format, site: &Site) -> Sketch {
    let mut sketch = Sketch::default();
    format.plan(site, &mut sketch);
    sketch
}
