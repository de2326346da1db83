//! `/keys/<FINGERPRINT>.asc`: every published certificate, armored, as `gpg --import` takes it.

use std::collections::BTreeMap;

use super::Format;
use crate::plan::{Seal, Sketch};
use crate::routes;
use crate::site::Site;

/// Armored certificates.
pub struct Certificates;

impl Format for Certificates {
    fn name(&self) -> &'static str {
        "certificates"
    }

    fn standard(&self) -> &'static str {
        "RFC 9580"
    }

    fn plan(&self, site: &Site, plan: &mut Sketch) {
        // Two entries of the policy may show the same certificate, for two purposes.
        let certificates = site.keys.iter().filter_map(|key| key.certificate.as_ref());
        let certificates: BTreeMap<_, _> = certificates.map(|it| (it.fingerprint(), it)).collect();
        for (fingerprint, certificate) in certificates {
            let certificate = certificate.clone();
            let route = routes::certificate(&fingerprint.to_string());
            plan.bytes(self.name(), &route, Seal::None, move |_| certificate.armored());
        }
    }
}
