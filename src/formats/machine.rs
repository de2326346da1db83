//! The files that say for machines what an advisory's page says: for the page that lists them.
//!
//! In goes an advisory, and what its files came to when they were baked; out comes the list, with sizes and hashes.

use super::manifest::hex;
use super::{csaf, cve, openvex, osv};
use crate::plan::Lookup;
use crate::routes::{self, Route};
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::theme::view::advisory::File;

/// The files of an advisory, in the order in which its page lists them.
pub(super) fn files(site: &Site, advisory: &Advisory, lookup: &Lookup<'_>) -> Vec<File> {
    let file = |(label, route): (String, Route)| {
        let digest = lookup(&route.file())?;
        Some(File { href: site.href(&route), label, size: size(digest.size), sha256: hex(&digest.sha256) })
    };
    let csaf = ("CSAF 2.0".to_owned(), csaf::route(advisory));
    let osv =
        osv::has_record(site, advisory).then(|| ("OSV".to_owned(), routes::osv(&osv::id(site, advisory))));
    let cves = cve::of(advisory).into_iter().filter(|id| cve::speaks_for(site, advisory, id));
    let cves = cves.map(|id| (format!("{id} as JSON"), routes::cve(&id)));
    [csaf].into_iter().chain(osv).chain(cves).filter_map(file).collect()
}

/// The files that speak of all advisories or of a product: what each is, one sentence, where it lies.
pub(super) fn of_all(site: &Site) -> Vec<(String, &'static str, Route)> {
    let mut all = vec![
        (
            "CSAF provider".to_owned(),
            "For CSAF clients: who publishes, with which keys, and where all documents are.",
            routes::csaf_provider(),
        ),
        (
            "CSAF, the list".to_owned(),
            "For CSAF clients: every document with its hashes and its signature, as a ROLIE feed.",
            routes::csaf_feed(),
        ),
        (
            "OSV, the list".to_owned(),
            "For databases: the id of every record and when it last changed; the record itself lies beside it.",
            routes::osv_list(),
        ),
        (
            "OSV, all of it".to_owned(),
            "For scanners and mirrors: every record of the OSV schema in one archive.",
            routes::osv_archive(),
        ),
    ];
    let products = site.policy.products.iter().enumerate();
    all.extend(products.filter(|(at, _)| openvex::has_document(site, *at)).map(|(_, product)| {
        (
            format!("OpenVEX of {}", product.name),
            "For scanners: which releases of the product are hit by what, and which are not.",
            routes::vex(product.id.as_str()),
        )
    }));
    all
}

/// A length for people: bytes below a thousand, then kilobytes with one decimal.
fn size(bytes: u64) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_for_people() {
        assert_eq!([size(999), size(1000), size(4567)], ["999 B", "1.0 kB", "4.6 kB"]);
    }
}
