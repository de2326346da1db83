//! Signatures whose numbers hold and whose form does not, and signatures of the wrong kind.

use std::io::{Read as _, Write as _};

use sequoia_openpgp::armor::{Kind, Reader, ReaderMode, Writer};
use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::packet::signature::subpacket::{
    NotationData, NotationDataFlags, Subpacket, SubpacketValue,
};
use sequoia_openpgp::parse::Parse as _;
use sequoia_openpgp::serialize::Serialize as _;
use sequoia_openpgp::{Packet, PacketPile};

use crate::project::DATE;
use crate::signed::{MANIFEST, SECURITY_TXT, Signed};

/// The site with this in place of the manifest's signature, and then of a feed's.
#[track_caller]
fn refused(change: impl Fn(&Signed, &[u8]) -> Vec<u8>, words: &str) {
    for artifact in [MANIFEST, "feed.atom"] {
        let site = Signed::new();
        let path = format!("{artifact}.asc");
        let good = site.read(&path);
        let bad = change(&site, &good);
        assert_ne!(bad, good);
        site.write(&path, bad);
        site.judged().exits(1).says(&format!("`{path}`")).says(words);
    }
}

fn packets(armored: &[u8]) -> Vec<u8> {
    let mut packets = Vec::new();
    Reader::from_bytes(armored, ReaderMode::Tolerant(Some(Kind::Signature)))
        .read_to_end(&mut packets)
        .unwrap();
    packets
}

fn armored(kind: Kind, packets: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), kind).unwrap();
    writer.write_all(packets).unwrap();
    writer.finalize().unwrap()
}

fn replaced(good: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(good.to_vec()).unwrap().replacen(from, to, 1).into_bytes()
}

#[test]
fn an_unhashed_notation() {
    refused(
        |_, good| {
            let pile = PacketPile::from_bytes(&packets(good)).unwrap();
            let Some(Packet::Signature(Signature::V4(mut signature))) = pile.into_children().next() else {
                panic!("a signature");
            };
            let notation =
                NotationData::new("note@example.org", b"x", NotationDataFlags::empty().set_human_readable());
            let subpacket = Subpacket::new(SubpacketValue::NotationData(notation), false).unwrap();
            signature.unhashed_area_mut().add(subpacket).unwrap();
            let mut out = Vec::new();
            Packet::from(signature).serialize(&mut out).unwrap();
            armored(Kind::Signature, &out)
        },
        "carries additions that it does not cover",
    );
}

#[test]
fn a_header_line() {
    let begin = "-----BEGIN PGP SIGNATURE-----\n";
    refused(
        |_, good| replaced(good, begin, &format!("{begin}Comment: x\n")),
        "the armor of the signature has a header line",
    );
}

#[test]
fn another_checksum() {
    refused(
        |_, good| {
            let text = String::from_utf8(good.to_vec()).unwrap();
            let at = text.rfind("\n=").unwrap() + 2;
            let (head, tail) = text.split_at(at);
            let other = if tail.starts_with('A') { "B" } else { "A" };
            format!("{head}{other}{}", &tail[1..]).into_bytes()
        },
        "the checksum of the signature's armor is wrong or missing",
    );
}

#[test]
fn text_around() {
    refused(|_, good| [b"x\n".as_slice(), good].concat(), "something stands before or after");
    refused(|_, good| [good, b"x\n"].concat(), "something stands before or after");
}

#[test]
fn other_line_ends() {
    refused(
        |_, good| String::from_utf8(good.to_vec()).unwrap().replace('\n', "\r\n").into_bytes(),
        "carriage returns",
    );
}

#[test]
fn a_binary_one() {
    refused(|_, good| packets(good), "is not armored");
}

#[test]
fn nothing() {
    refused(|_, _| Vec::new(), "the signature file is empty");
}

#[test]
fn half_of_it() {
    refused(|_, good| good[..good.len() / 2].to_vec(), "signature");
}

#[test]
fn a_key() {
    refused(|site, _| site.key.certificate.armored(), "the file is a certificate, not a detached signature");
}

#[test]
fn a_clear_signed_text() {
    refused(|site, _| site.read(SECURITY_TXT), "the file is a clear-signed text, not a detached signature");
}

#[test]
fn a_message_with_its_data_inside() {
    refused(
        |_, good| {
            let mut literal =
                sequoia_openpgp::packet::Literal::new(sequoia_openpgp::types::DataFormat::Binary);
            literal.set_body(b"{}".to_vec());
            let mut out = packets(good);
            Packet::from(literal).serialize(&mut out).unwrap();
            armored(Kind::Message, &out)
        },
        "message",
    );
}

#[test]
fn a_signature_and_more() {
    refused(
        |_, good| {
            let mut literal =
                sequoia_openpgp::packet::Literal::new(sequoia_openpgp::types::DataFormat::Binary);
            literal.set_body(b"{}".to_vec());
            let mut out = packets(good);
            Packet::from(literal).serialize(&mut out).unwrap();
            armored(Kind::Signature, &out)
        },
        "holds more than signatures",
    );
}

#[test]
fn a_thousand_of_them() {
    refused(|_, good| armored(Kind::Signature, &packets(good).repeat(100)), "more than 16 signatures");
    refused(|_, good| armored(Kind::Signature, &packets(good).repeat(1000)), "");
}

#[test]
fn one_of_the_same_key_over_other_data() {
    refused(
        |site, _| site.signer().sign_detached(b"other", DATE.parse().unwrap()).unwrap(),
        "does not match: data or signature was changed",
    );
}

#[test]
fn one_that_was_made_before_its_key() {
    // The key is of 1 November; nobody can sign with it before, so the date is what is forged.
    let site = Signed::new();
    let early = "2026-10-01T00:00:00Z";
    let ran = site.verify_at(early, &format!("--no-state --signer {}", site.fingerprint()));
    ran.exits(4).says("[from-the-future]");
}

#[test]
fn a_published_signature_of_somebody_else_is_told_of() {
    let site = Signed::new();
    let other = crate::keys::new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    site.write("program.tar", "a program");
    let signature = crate::signed::signer(&other).sign_detached(b"a program", DATE.parse().unwrap()).unwrap();
    site.write("program.tar.asc", signature);
    site.relist_all();
    site.judged().exits(0).says("[foreign-signature] `program.tar.asc`");
}
