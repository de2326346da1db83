//! The one form of a signature file, so that a file is either what was signed or it is not.
//!
//! In go armored bytes, out come version 4 signatures whose re-armored bytes are those very bytes: one armor block
//! without headers, 1 to 16 signature packets, in each the creation time and the issuer's fingerprint under the
//! signature and nothing beside it. A header or a flipped checksum bit means [`NotCanonical`], though the numbers hold.

use std::collections::BTreeMap;
use std::io::Read as _;

use jiff::Timestamp;
use sequoia_openpgp::armor::{Kind, Reader, ReaderMode};
use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::packet::signature::Signature4;
use sequoia_openpgp::packet::signature::subpacket::{Subpacket, SubpacketArea, SubpacketTag, SubpacketValue};
use sequoia_openpgp::parse::Parse;
use sequoia_openpgp::serialize::Serialize;
use sequoia_openpgp::types::HashAlgorithm;
use sequoia_openpgp::{Packet, PacketPile};

use super::certificate::armored;
use super::transferable::{self, Armor};
use super::{contained, frame, timestamp};

mod problem;

pub use problem::NotCanonical;

/// Signers of one file, at most.
pub const MOST: usize = 16;

/// The largest signature file, in bytes: sixteen RSA 4096 signatures are 14 KiB.
pub const LARGEST: usize = 32 * 1024;

/// Reads a signature file; every rule of the form holds for what comes out.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Signature4>, NotCanonical> {
    let signatures = decode(bytes)?;
    if !signatures.iter().all(|signature| signature.unhashed_area().iter().next().is_none()) {
        return Err(NotCanonical::Unhashed);
    }
    let right = write(&signatures)?;
    if right != bytes {
        return Err(NotCanonical::spelling(bytes, &right));
    }
    Ok(signatures)
}

/// The bytes of a signature file. Sequoia reads some packets that it cannot write; those are damaged.
pub(crate) fn write(signatures: &[Signature4]) -> Result<Vec<u8>, NotCanonical> {
    let mut packets = Vec::new();
    for signature in signatures {
        Packet::from(signature.clone()).serialize(&mut packets).map_err(|_| NotCanonical::Damaged)?;
    }
    Ok(armored(Kind::Signature, &[], &packets))
}

/// Brings a detached signature of another program, armored or binary, into canonical form. What gpg says beside the
/// signature (the issuer's key id) is dropped; what it says under it must be date and fingerprint, as gpg 2.2 and 2.4 do.
pub fn tidy(bytes: &[u8]) -> Result<Vec<u8>, NotCanonical> {
    let mut signatures = decode(bytes)?;
    for signature in &mut signatures {
        signature.unhashed_area_mut().clear();
    }
    write(&signatures)
}

/// Takes the signature out of what `gpg --clearsign` made of `text` and puts both into the canonical frame. Whether it
/// signs this text is for [`verify`](super::verify) to say.
pub fn tidy_cleartext(text: &str, clear_signed: &[u8]) -> Result<Vec<u8>, NotCanonical> {
    const BEGIN: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
    frame::check(text).map_err(|_| NotCanonical::Spelling)?;
    let at = clear_signed.windows(BEGIN.len()).rposition(|w| w == BEGIN).ok_or(NotCanonical::Damaged)?;
    Ok(frame::wrap(text, &tidy(&clear_signed[at..])?))
}

/// Puts the signatures of two files over the same data into one, in the order of their issuers; of two by one issuer, the
/// second file's stays.
pub fn join(first: &[u8], second: &[u8]) -> Result<Vec<u8>, NotCanonical> {
    let mut joined = BTreeMap::new();
    for signature in read(first)?.into_iter().chain(read(second)?) {
        let issuer = read_hashed(&signature).ok_or(NotCanonical::Subpackets)?.1;
        joined.insert(issuer.as_bytes().to_vec(), signature);
    }
    write(&joined.into_values().collect::<Vec<_>>())
}

/// Reads all but the spelling.
fn decode(bytes: &[u8]) -> Result<Vec<Signature4>, NotCanonical> {
    if bytes.is_empty() {
        return Err(NotCanonical::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(NotCanonical::TooLarge);
    }
    let armor = transferable::armor(bytes);
    if let Some(problem) = NotCanonical::of_kind(armor) {
        return Err(problem);
    }
    let packets = if armor == Armor::Signature {
        let mut packets = Vec::with_capacity(bytes.len());
        Reader::from_bytes(bytes, ReaderMode::Tolerant(Some(Kind::Signature)))
            .read_to_end(&mut packets)
            .map_err(|_| NotCanonical::Damaged)?;
        packets
    } else {
        bytes.to_vec()
    };
    let pile = contained(|| PacketPile::from_bytes(&packets).ok()).flatten().ok_or(NotCanonical::Damaged)?;
    let mut signatures = Vec::new();
    for packet in pile.into_children() {
        match packet {
            Packet::Signature(Signature::V4(signature)) => signatures.push(signature),
            Packet::Signature(_) => return Err(NotCanonical::Outdated),
            Packet::Unknown(_) => return Err(NotCanonical::Damaged),
            _ => return Err(NotCanonical::MoreThanSignatures),
        }
    }
    if signatures.is_empty() {
        return Err(NotCanonical::Damaged);
    }
    if signatures.len() > MOST {
        return Err(NotCanonical::TooMany);
    }
    for signature in &signatures {
        use HashAlgorithm::{SHA256, SHA384, SHA512};
        if !matches!(signature.hash_algo(), SHA256 | SHA384 | SHA512) {
            return Err(NotCanonical::Outdated);
        }
        if read_hashed(signature).is_none() {
            return Err(NotCanonical::Subpackets);
        }
    }
    Ok(signatures)
}

/// Date and signer, if the signature covers these two and nothing else.
pub(crate) fn read_hashed(signature: &Signature4) -> Option<(Timestamp, sequoia_openpgp::Fingerprint)> {
    let area = signature.hashed_area();
    if area.iter().count() != 2 {
        return None;
    }
    let SubpacketValue::SignatureCreationTime(created) =
        area.subpacket(SubpacketTag::SignatureCreationTime)?.value()
    else {
        return None;
    };
    let SubpacketValue::IssuerFingerprint(issuer) = area.subpacket(SubpacketTag::IssuerFingerprint)?.value()
    else {
        return None;
    };
    matches!(issuer, sequoia_openpgp::Fingerprint::V4(_))
        .then(|| (timestamp((*created).into()), issuer.clone()))
}

/// The covered part of a signature we make.
pub(crate) fn hashed(
    created: sequoia_openpgp::types::Timestamp,
    issuer: sequoia_openpgp::Fingerprint,
) -> sequoia_openpgp::Result<SubpacketArea> {
    SubpacketArea::new(vec![
        Subpacket::new(SubpacketValue::SignatureCreationTime(created), false)?,
        Subpacket::new(SubpacketValue::IssuerFingerprint(issuer), false)?,
    ])
}
