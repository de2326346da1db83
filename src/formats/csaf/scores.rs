//! `scores`: CVSS of the products that are hit (CSAF 2.0 §3.2.3.13).
//!
//! CSAF 2.0 holds one vector of version 2 and one of version 3 for a product, and none of version 4. What does not fit is
//! told in a note.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::products::{Item, Status};
use crate::model::advisory::Cvss;
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};
use crate::value::cvss::CvssVersion;

#[derive(Serialize)]
pub(super) struct Score {
    #[serde(skip_serializing_if = "Option::is_none")]
    cvss_v2: Option<Vector>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cvss_v3: Option<Vector>,
    products: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    base_score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_severity: Option<String>,
    vector_string: String,
    version: &'static str,
}

/// The scores, and the entries of the advisory that found no place in them.
pub(super) fn of<'a>(site: &Site, advisory: &'a Advisory, items: &[Item]) -> (Vec<Score>, Vec<&'a Cvss>) {
    let all = &advisory.front.cvss;
    let mut groups: BTreeMap<(Option<usize>, Option<usize>), Vec<String>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.status == Status::Affected) {
        let target = &advisory.affected[item.entry].target;
        let v2 = best(site, all, target, |version| version == CvssVersion::V2);
        let v3 = best(site, all, target, |version| matches!(version, CvssVersion::V30 | CvssVersion::V31));
        if v2.is_some() || v3.is_some() {
            groups.entry((v3, v2)).or_default().push(item.id.clone());
        }
    }
    let used = |at: usize| groups.keys().any(|(v3, v2)| *v3 == Some(at) || *v2 == Some(at));
    let left = all.iter().enumerate().filter(|(at, _)| !used(*at)).map(|(_, cvss)| cvss).collect();
    let score = |((v3, v2), products): (&(Option<usize>, Option<usize>), &Vec<String>)| Score {
        cvss_v2: v2.map(|at| Vector::of(&all[at])),
        cvss_v3: v3.map(|at| Vector::of(&all[at])),
        products: products.clone(),
    };
    (groups.iter().map(score).collect(), left)
}

/// The vector for a product: one that names it before one for all, the newest version, the highest score, the first.
fn best(site: &Site, all: &[Cvss], target: &Target, fits: fn(CvssVersion) -> bool) -> Option<usize> {
    let rank = |at: usize| {
        let cvss = &all[at];
        let named = match (&cvss.product, target) {
            (None, _) => false,
            (Some(id), Target::Product(at)) => {
                let own = site.policy.products[*at].id.as_str() == id.as_str();
                if !own {
                    return None;
                }
                true
            }
            (Some(_), Target::Package { .. }) => return None,
        };
        let tenths = (cvss.vector.score() * 10.0).round() as u32;
        Some((named, cvss.vector.version_rank(), tenths, Reverse(at)))
    };
    let fit = (0..all.len()).filter(|at| fits(all[*at].vector.version()));
    fit.filter_map(rank).max().map(|(.., Reverse(at))| at)
}

impl Vector {
    fn of(cvss: &Cvss) -> Self {
        let vector = &cvss.vector;
        // The schema of version 2 has no word for it.
        let word = vector.version() != CvssVersion::V2;
        Self {
            base_score: vector.score(),
            base_severity: word.then(|| vector.severity().as_str().to_uppercase()),
            vector_string: vector.as_str().to_owned(),
            version: vector.version().as_str(),
        }
    }
}
