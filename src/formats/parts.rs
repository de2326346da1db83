//! The plan of a site that is planned again with each change, every format's part by itself.
//!
//! In go the site as it was and as it is; a part that would come out as it was is taken over. Who wants the same path as
//! another is not looked for here: the plan of the whole site tells.

use std::sync::Arc;

use rayon::prelude::*;

use super::{FORMATS, sitemap, sketched};
use crate::plan::{Baked, Digest, Entry, Plan, Sketch};
use crate::routes::OutPath;
use crate::site::Site;
use crate::site::advisory::Advisory;

/// The parts of a plan.
#[derive(Default)]
pub struct Parts {
    /// In the order of [`FORMATS`], the sitemap last.
    parts: Vec<Arc<Plan>>,
}

impl Parts {
    /// The parts of a site.
    pub fn of(site: &Site) -> Self {
        let parts = FORMATS.par_iter().map(|format| planned(sketched(*format, site))).collect();
        Self { parts }.with_sitemap()
    }

    /// The parts of a site that was `before`, and whether the same files are planned. Both have the same policy.
    pub fn again(&self, before: &Site, site: &Site) -> (Self, bool) {
        let formats = FORMATS.par_iter().zip(&self.parts);
        let parts: Vec<(Arc<Plan>, bool)> = formats
            .map(|(format, old)| {
                if format.holds(before, site) {
                    return (Arc::clone(old), true);
                }
                let new = planned(sketched(*format, site));
                let same = new.entries().map(|(path, _)| path).eq(old.entries().map(|(path, _)| path));
                (new, same)
            })
            .collect();
        let same = parts.iter().all(|(_, same)| *same);
        let mut parts = Self { parts: parts.into_iter().map(|(part, _)| part).collect() };
        match self.parts.get(FORMATS.len()) {
            Some(sitemap) if same => parts.parts.push(Arc::clone(sitemap)),
            _ => parts = parts.with_sitemap(),
        }
        (parts, same)
    }

    fn with_sitemap(mut self) -> Self {
        let sitemap = planned(sitemap::sketch(self.parts.iter().flat_map(|part| part.entries())));
        self.parts.push(sitemap);
        self
    }

    /// The file of a path; of several that want it, the first.
    pub fn get(&self, path: &OutPath) -> Option<&Entry> {
        self.parts.iter().find_map(|part| part.get(path))
    }

    /// Bakes one file alone, and what it tells of; `None` if it is not planned.
    pub fn bake_one<'s>(&self, site: &'s Site, path: &OutPath) -> Option<Baked<'s>> {
        // A file that tells of others is told of by none.
        let nothing = |_: &OutPath| None;
        let lookup = |other: &OutPath| {
            let entry = self.get(other).filter(|entry| !entry.is_account())?;
            Some(Digest::of(&entry.bake(site, &nothing).ok()?))
        };
        Some(self.get(path)?.bake(site, &lookup))
    }
}

fn planned(sketch: Sketch) -> Arc<Plan> {
    Arc::new(Plan::of(vec![sketch]))
}

/// Whether two sites have the same advisories in the same order, as far as `same` looks at them.
pub(super) fn alike(before: &Site, now: &Site, same: impl Fn(&Advisory, &Advisory) -> bool) -> bool {
    let pairs = before.advisories.iter().zip(&now.advisories);
    let mut pairs = pairs.filter(|(old, new)| !Arc::ptr_eq(old, new));
    before.advisories.len() == now.advisories.len()
        && pairs.all(|(old, new)| old.id == new.id && same(old, new))
}

/// Whether two advisories have the same other ids.
pub(super) fn same_aliases(old: &Advisory, new: &Advisory) -> bool {
    let ids = |advisory: &Advisory| {
        advisory.front.aliases.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>()
    };
    ids(old) == ids(new)
}
