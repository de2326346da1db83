//! A product's OpenVEX document.

use serde::Deserialize;

use super::claims::{Claims, Statement, Status};
use super::facts::Text;
use super::json;
use super::moment::Moment;
use super::percent;

#[derive(Deserialize)]
struct Document<'b> {
    #[serde(borrow)]
    statements: Vec<Written<'b>>,
}

#[derive(Deserialize)]
struct Written<'b> {
    #[serde(borrow)]
    vulnerability: Vulnerability<'b>,
    timestamp: &'b str,
    last_updated: &'b str,
    #[serde(borrow)]
    products: Vec<Component<'b>>,
    status: &'b str,
}

#[derive(Deserialize)]
struct Vulnerability<'b> {
    #[serde(borrow, rename = "@id")]
    id: Option<Text<'b>>,
}

#[derive(Deserialize)]
struct Component<'b> {
    #[serde(borrow, rename = "@id")]
    id: Text<'b>,
}

/// The statements. One about the flaw of a dependency has that one's id, and which advisory it is from it does not say:
/// it matches none, and is passed over.
pub(super) fn read(bytes: &[u8]) -> Result<Claims, String> {
    let document: Document<'_> = json::read(bytes)?;
    let mut claims = Claims::default();
    for written in document.statements {
        let status = match written.status {
            "affected" => Status::Affected,
            "not_affected" => Status::NotAffected,
            "fixed" => Status::Fixed,
            "under_investigation" => Status::UnderInvestigation,
            other => return Err(format!("`{other}` is no status of OpenVEX")),
        };
        claims.statements.push(Statement {
            page: written.vulnerability.id.map(|id| id.0.into_owned()).unwrap_or_default(),
            published: Moment::read(written.timestamp)?.into_owned(),
            modified: Moment::read(written.last_updated)?.into_owned(),
            status,
            versions: written.products.iter().filter_map(|product| version(product.id.as_str())).collect(),
        });
    }
    Ok(claims)
}

/// The version that a product's id names: in a package URL what follows `@`, in an address its fragment.
fn version(id: &str) -> Option<(String, bool)> {
    if id.starts_with("pkg:") {
        let bare = id.split(['?', '#']).next().unwrap_or(id);
        return bare.rsplit_once('@').map(|(_, version)| (percent::decoded(version), false));
    }
    id.split_once('#').map(|(_, fragment)| (fragment.to_owned(), true))
}
