//! Files that are copied as they are: those beside the pages of `content/`.

use std::borrow::Cow;

use super::Format;
use crate::plan::{Seal, Sketch};
use crate::site::Site;
use crate::source::Span;

/// Copied files.
pub struct Assets;

impl Format for Assets {
    fn name(&self) -> &'static str {
        "files of content/"
    }

    fn standard(&self) -> &'static str {
        ""
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        for (at, asset) in site.assets.iter().enumerate() {
            // The plan is baked with the site that it was made for, so the file is still there.
            let place = Span::start_of(asset.file);
            plan.add_from(place, self.name(), &asset.route, Seal::None, move |site| {
                Ok(Cow::Borrowed(&site.assets[at].bytes))
            });
        }
    }
}
