//! Files that speak to the host: `robots.txt`, `.nojekyll`, `CNAME`, `_headers`.

use super::Format;
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;

mod headers;

/// Glue for hosts and crawlers.
pub struct Host;

impl Format for Host {
    fn name(&self) -> &'static str {
        "host files"
    }

    fn standard(&self) -> &'static str {
        "RFC 9309"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        plan.bytes(self.name(), &routes::robots(), Seal::None, |site| {
            format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.url(&routes::sitemap())).into_bytes()
        });
        // Without this file GitHub Pages leaves out every folder that begins with a dot, `.well-known` first of all.
        plan.bytes(self.name(), &routes::nojekyll(), Seal::None, |_| Vec::new());
        if has_own_name(site) {
            plan.bytes(self.name(), &routes::cname(), Seal::None, |site| {
                format!("{}\n", site.base.host()).into_bytes()
            });
        }
        plan.bytes(self.name(), &routes::headers(), Seal::None, |_| headers::text().into_bytes());
    }
}

/// Whether the host is a domain of one's own, which GitHub Pages must be told. A name below `github.io` it knows, and an
/// address or this machine it cannot serve.
fn has_own_name(site: &Site) -> bool {
    let host = site.base.host();
    let forge = host == "github.io" || host.ends_with(".github.io");
    site.base.is_root() && !forge && crate::value::email::Email::parse(&format!("a@{host}")).is_ok()
}
