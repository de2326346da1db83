//! The theme's style sheets and images.

use std::borrow::Cow;

use crate::formats::Format;
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;

/// The theme's style sheets and images.
#[derive(Debug)]
pub struct StaticFiles;

impl Format for StaticFiles {
    fn name(&self) -> &'static str {
        "theme"
    }

    fn standard(&self) -> &'static str {
        "CSS, SVG"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for path in site.theme.files().keys() {
            let name = path.clone();
            plan.add(self.name(), &routes::theme_file(path), Seal::None, move |site| {
                Ok(Cow::Borrowed(site.theme.files().get(&name).map_or(&[] as &[u8], |bytes| bytes)))
            });
        }
    }
}
