//! `metrics[]`: one entry for each vector, with the score that was computed from it.

use serde::Serialize;

use super::words::{Text, once};
use crate::model::advisory::Cvss;
use crate::site::Site;
use crate::site::advisory::Advisory;
use crate::value::cvss::CvssVersion;

/// A vector of one version of CVSS.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Metric<'a> {
    format: &'static str,
    scenarios: Vec<Text<'a>>,
    #[serde(flatten)]
    block: Block<'a>,
}

#[derive(Debug, PartialEq, Serialize)]
enum Block<'a> {
    #[serde(rename = "cvssV2_0")]
    V2(Score<'a>),
    #[serde(rename = "cvssV3_0")]
    V30(Score<'a>),
    #[serde(rename = "cvssV3_1")]
    V31(Score<'a>),
    #[serde(rename = "cvssV4_0")]
    V40(Score<'a>),
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Score<'a> {
    version: &'static str,
    vector_string: &'a str,
    base_score: f64,
    /// Version 2 has no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    base_severity: Option<String>,
}

pub(super) fn of<'a>(site: &'a Site, advisory: &'a Advisory) -> Vec<Metric<'a>> {
    once(advisory.front.cvss.iter().map(|cvss| metric(site, cvss)))
}

fn metric<'a>(site: &'a Site, cvss: &'a Cvss) -> Metric<'a> {
    let vector = &cvss.vector;
    let version = vector.version();
    let score = Score {
        version: version.as_str(),
        vector_string: vector.as_str(),
        base_score: vector.score(),
        base_severity: (version != CvssVersion::V2).then(|| vector.severity().as_str().to_uppercase()),
    };
    let product = cvss.product.as_ref().and_then(|only| {
        let mut products = site.policy.products.iter();
        products.find(|product| product.id.as_str() == only.as_str())
    });
    Metric {
        format: "CVSS",
        scenarios: vec![Text::english(product.map_or("GENERAL", |product| product.name.as_str()))],
        block: match version {
            CvssVersion::V2 => Block::V2(score),
            CvssVersion::V30 => Block::V30(score),
            CvssVersion::V31 => Block::V31(score),
            CvssVersion::V40 => Block::V40(score),
        },
    }
}
