//! The statement by which former signers hand over to those of the policy.
//!
//! In go the policy's `succeeds`, the statements there are and keys, out comes the statement with their signatures, and who
//! has yet to sign it. It holds once enough of both sides have signed: the old vouch for the new, the new for having the key.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Memory, Seals, Unreleased, issue};
use crate::formats::manifest::Signers;
use crate::formats::succession::{LARGEST, Succession};
use crate::openpgp::{Certificate, Fingerprint, Signer};
use crate::routes::{self, OutPath};
use crate::site::Site;
use crate::verify::place::Place;

/// A statement in the making, or made.
#[derive(Debug)]
pub struct Handover {
    /// The statement and its signatures, by path.
    pub files: BTreeMap<OutPath, Vec<u8>>,
    /// Former signers whose signature is missing, where too few have signed.
    pub former: Vec<Fingerprint>,
    /// Present signers whose signature is missing, where too few have signed.
    pub present: Vec<Fingerprint>,
    /// Whether it was signed just now.
    pub signed: bool,
}

impl Handover {
    /// Whether it holds.
    pub fn is_complete(&self) -> bool {
        self.former.is_empty() && self.present.is_empty()
    }
}

/// The certificates of the policy's `succeeds`.
pub fn former(site: &Site) -> Vec<Certificate> {
    let Some(signing) = &site.policy.signing else { return Vec::new() };
    let ids = signing.succeeds.iter().map(|id| id.as_str());
    ids.filter_map(|id| site.keys.iter().find(|key| key.id == id)?.certificate.clone()).collect()
}

/// The statement that the policy asks for; `None` where it asks for none, or the release before has it. `store` holds those
/// in the making.
pub fn handover(
    site: &Site,
    memory: Option<&Memory>,
    store: &dyn Place,
    hands: &[&Signer],
    judged: Timestamp,
) -> Result<Option<Handover>, Unreleased> {
    let certificates = former(site);
    if certificates.is_empty() {
        return Ok(None);
    }
    let to = issue::signers(site);
    let from = from(&certificates, memory, &to);
    let same = |statement: &Succession| {
        statement.from.fingerprints == from.fingerprints
            && statement.to == to
            && statement.origin == site.base.as_str()
    };
    let published = memory.iter().flat_map(|memory| &memory.carried);
    let published: BTreeMap<u32, &Vec<u8>> = published
        .filter(|(path, _)| !path.as_str().ends_with(".asc"))
        .filter_map(|(path, bytes)| Some((path.succession_number()?, bytes)))
        .collect();
    if published.values().any(|bytes| Succession::parse(bytes).is_ok_and(|it| same(&it))) {
        return Ok(None);
    }
    let number = published.keys().max().map_or(1, |last| last.saturating_add(1));
    let path = routes::succession(number).file();
    let read = |path: &OutPath| store.read(path, LARGEST).ok().flatten();
    let begun = read(&path).filter(|bytes| Succession::parse(bytes).is_ok_and(|it| same(&it)));
    let stored = begun.as_ref().and_then(|_| read(&path.with(".asc")));
    let bytes = begun.unwrap_or_else(|| {
        let issued = Timestamp::from_second(site.date.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
        let origin = site.base.as_str().to_owned();
        Succession { from: from.clone(), issued, number, origin, to: to.clone() }.to_json()
    });
    let all: Vec<Certificate> = certificates.iter().cloned().chain(site.signing_certificates()).collect();
    let everyone: Vec<Fingerprint> = from.fingerprints.iter().chain(&to.fingerprints).copied().collect();
    let (mut signatures, mut signed_by, mut signed) = (stored, Vec::new(), false);
    for hand in hands.iter().map(|hand| Some(*hand)).chain([None]) {
        let seals = Seals::new(hand, &all, Vec::new(), site.date, judged);
        let judged = signatures.as_deref().and_then(|it| Some((it, seals.judged(&bytes, it)?)));
        let held = judged.as_ref().map(|(signatures, by)| (*signatures, by));
        // Nobody's signature is one too many here.
        let joint = seals.joint(&path, &bytes, held, &everyone, u32::MAX)?;
        (signatures, signed_by) = (Some(joint.0).filter(|joint| !joint.is_empty()), joint.1);
        signed |= seals.made() > 0;
    }
    let signatures = signatures.unwrap_or_default();
    let files = [(path.with(".asc"), signatures), (path, bytes)].into();
    let (former, present) = (from.waiting(&signed_by), to.waiting(&signed_by));
    Ok(Some(Handover { files, former, present, signed }))
}

/// Who signed until now. How many had to is known where the release before was theirs.
fn from(certificates: &[Certificate], memory: Option<&Memory>, to: &Signers) -> Signers {
    let from = Signers::new(certificates.iter().map(Certificate::fingerprint).collect(), to.threshold);
    let before = memory.map(|memory| &memory.manifest.signers);
    match before.filter(|signers| signers.fingerprints == from.fingerprints) {
        Some(signers) => signers.clone(),
        None => from,
    }
}
