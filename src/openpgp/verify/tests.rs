use sequoia_openpgp::Packet;
use sequoia_openpgp::PacketPile;
use sequoia_openpgp::armor::Kind;
use sequoia_openpgp::packet::signature::subpacket::{Subpacket, SubpacketTag, SubpacketValue};
use sequoia_openpgp::packet::{Literal, Signature};
use sequoia_openpgp::parse::Parse as _;
use sequoia_openpgp::serialize::SerializeInto as _;
use sequoia_openpgp::types::DataFormat;

use super::*;
use crate::openpgp::certificate::armored;
use crate::openpgp::fixtures::{TEXT, at, born, end, now};
use crate::openpgp::signer::Signer;

const DATA: &[u8] = b"{\"document\":{}}\n";

fn signer() -> Signer {
    Signer::throwaway("Test <test@example.org>", born(), end()).unwrap()
}

fn pinned(signer: &Signer) -> Vec<Certificate> {
    vec![signer.certificate().clone()]
}

fn packets(signature: &[u8]) -> Vec<Packet> {
    PacketPile::from_bytes(signature).unwrap().into_children().collect()
}

fn in_armor(kind: Kind, packets: &[Packet]) -> Vec<u8> {
    let bytes: Vec<u8> = packets.iter().flat_map(|p| p.to_vec().unwrap()).collect();
    armored(kind, &[], &bytes)
}

#[test]
fn a_signature_counts() {
    let signer = signer();
    let signature = signer.sign_detached(DATA, now()).unwrap();
    let verified = verify_detached(&pinned(&signer), DATA, &signature, now()).unwrap();
    assert_eq!(verified.signer, signer.certificate().fingerprint());
    assert_eq!((verified.created, verified.expires), (now(), Some(end())));
    assert!(verified.co_signers.is_empty() && verified.unknown.is_empty());

    let file = signer.sign_cleartext(TEXT, now()).unwrap();
    let (text, verified) = verify_cleartext(&pinned(&signer), &file, now()).unwrap();
    assert_eq!(text, TEXT);
    assert_eq!(verified.signer, signer.certificate().fingerprint());
}

#[test]
fn no_flipped_bit_in_a_detached_signature_verifies() {
    let signer = signer();
    let verifier = Verifier::new(&pinned(&signer), now());
    let signature = signer.sign_detached(DATA, now()).unwrap();
    for i in 0..signature.len() * 8 {
        let mut flipped = signature.clone();
        flipped[i / 8] ^= 1 << (i % 8);
        assert!(verifier.detached(DATA, &flipped).is_err(), "bit {i}");
    }
    for i in 0..DATA.len() * 8 {
        let mut flipped = DATA.to_vec();
        flipped[i / 8] ^= 1 << (i % 8);
        let bad = NotVerified::Bad { signer: signer.certificate().fingerprint() };
        assert_eq!(verifier.detached(&flipped, &signature), Err(bad), "bit {i}");
    }
}

#[test]
fn no_flipped_bit_in_a_clear_signed_text_verifies() {
    let signer = signer();
    let verifier = Verifier::new(&pinned(&signer), now());
    let file = signer.sign_cleartext(TEXT, now()).unwrap();
    for i in 0..file.len() * 8 {
        let mut flipped = file.clone();
        flipped[i / 8] ^= 1 << (i % 8);
        assert!(verifier.cleartext(&flipped).is_err(), "bit {i}");
    }
    for i in 0..file.len() {
        assert!(verifier.cleartext(&file[..i]).is_err(), "cut at {i}");
    }
}

/// Row V3 of the threat catalogue. Sequoia or gpg calls each of these files good.
#[test]
fn the_frame_admits_nothing_beside_the_text() {
    use FrameProblem as P;

    let signer = signer();
    let verifier = Verifier::new(&pinned(&signer), now());
    let good = String::from_utf8(signer.sign_cleartext(TEXT, now()).unwrap()).unwrap();
    let evil = "Contact: mailto:evil@example.net";
    let header = |line, name: &str| P::Header { line, name: name.into() };
    let with_header = |text: &str| good.replacen("Hash: SHA512\n", &format!("Hash: SHA512\n{text}\n"), 1);
    let in_signature = P::SignatureHeader { line: 8, name: "Contact".into() };
    let lines = good.lines().count();
    let attacks = [
        ("a, line before", format!("{evil}\n{good}"), P::Before),
        ("b, line after", format!("{good}{evil}\n"), P::After),
        ("c, header Contact", with_header(evil), header(3, "Contact")),
        ("d, header Comment", with_header("Comment: x"), header(3, "Comment")),
        (
            "e, header in the signature",
            good.replacen("SIGNATURE-----\n", &format!("SIGNATURE-----\n{evil}\n"), 1),
            in_signature,
        ),
        ("f, second message", format!("{good}{good}"), P::SecondMessage { line: lines + 1 }),
        ("g, NotDashEscaped", with_header("NotDashEscaped: yes"), header(3, "NotDashEscaped")),
        ("h, trailing spaces", good.replacen("# end\n", "# end  \n", 1), P::LineEnd { line: 6 }),
        ("h, trailing CR", good.replacen("# end\n", "# end\r\n", 1), P::LineEnd { line: 6 }),
        ("h, CR throughout", good.replace('\n', "\r\n"), P::LineEnd { line: 1 }),
        ("i, no hash header", good.replacen("Hash: SHA512\n", "", 1), P::NoHash),
        ("j, NUL in the hash line", good.replacen("SHA512\n", "SHA512\0\n", 1), P::Control { line: 2 }),
        ("dash escape", good.replacen("# end", "- # end", 1), P::Dash { line: 6 }),
        ("form feed", good.replacen("# end\n", "# end\n\u{c}\n", 1), P::Control { line: 7 }),
        ("other hash name", good.replacen("SHA512", "SHA256", 1), P::OtherHash),
        ("no final line feed", good.trim_end().to_owned(), P::Truncated),
        ("blank line after", format!("{good}\n"), P::After),
    ];
    assert!(verifier.cleartext(good.as_bytes()).is_ok());
    for (name, file, problem) in attacks {
        assert_ne!(file, good, "{name} changes nothing");
        assert_eq!(verifier.cleartext(file.as_bytes()), Err(NotVerified::Frame(problem)), "{name}");
    }
    // A blank line more above the text is part of the text, which nobody signed.
    let longer = good.replacen("SHA512\n\n", "SHA512\n\n\n", 1);
    let bad = NotVerified::Bad { signer: signer.certificate().fingerprint() };
    assert_eq!(verifier.cleartext(longer.as_bytes()), Err(bad));
    // A detached signature, and a text without one, are no clear-signed text.
    let detached = signer.sign_detached(TEXT.as_bytes(), now()).unwrap();
    let kind = |kind| Err(NotVerified::Frame(P::NotClearSigned(kind)));
    assert_eq!(verifier.cleartext(&detached), kind("a detached signature"));
    assert_eq!(verifier.cleartext(TEXT.as_bytes()), kind("plain text"));
}

/// Row V4: other things in the place of a signature file.
#[test]
fn a_signature_file_holds_signatures_alone() {
    use NotCanonical as P;

    let signer = signer();
    let verifier = Verifier::new(&pinned(&signer), now());
    let signature = signer.sign_detached(DATA, now()).unwrap();
    let text = String::from_utf8(signature.clone()).unwrap();
    let cleartext = signer.sign_cleartext(TEXT, now()).unwrap();
    let mut literal = Literal::new(DataFormat::Binary);
    literal.set_body(DATA.to_vec());
    let with = |more: Packet| [packets(&signature), vec![more]].concat();
    let many = vec![packets(&signature)[0].clone(); 1000];
    let checksum = text.lines().rfind(|line| line.starts_with('=')).unwrap();
    let rewrapped = text.lines().nth(2).unwrap();
    let (left, right) = rewrapped.split_at(rewrapped.len() / 2);
    let edit = |from: &str, to: &str| text.replacen(from, to, 1).into_bytes();
    for (file, problem, words) in [
        (Vec::new(), P::Empty, "is empty"),
        (cleartext, P::ClearSigned, "is a clear-signed text, not"),
        (in_armor(Kind::Message, &with(literal.clone().into())), P::Inline, "a message with data inside"),
        (in_armor(Kind::Signature, &with(literal.into())), P::MoreThanSignatures, "more than signatures"),
        (signer.certificate().armored(), P::Key("a certificate"), "is a certificate, not"),
        (in_armor(Kind::Signature, &many[..17]), P::TooMany, "more than 16 signatures"),
        (in_armor(Kind::Signature, &many), P::TooLarge, "larger than 32 KiB"),
        ([signature.as_slice(), b"\n"].concat(), P::Around, "before or after"),
        ([b"\n".as_slice(), &signature].concat(), P::Around, "before or after"),
        ([&signature[..], &signature[..]].concat(), P::Around, "before or after"),
        ([&signature[..], b"evil"].concat(), P::Around, "before or after"),
        (text.trim_end().into(), P::Around, "before or after"),
        (packets(&signature)[0].to_vec().unwrap(), P::Binary, "not armored"),
        (b"hello\n".to_vec(), P::Damaged, "is damaged"),
        (edit("SIGNATURE-----\n", "SIGNATURE-----\nComment: x\n"), P::Header, "has a header line"),
        (edit(checksum, "=AAAA"), P::Checksum, "checksum"),
        (edit(&format!("{checksum}\n"), ""), P::Checksum, "checksum"),
        (edit(rewrapped, &format!("{left}\n{right}")), P::Wrapped, "broken at other places"),
        (text.replace('\n', "\r\n").into_bytes(), P::LineEnds, "carriage returns"),
        (edit(rewrapped, &format!("{rewrapped} ")), P::LineEnds, "blanks"),
    ] {
        assert_eq!(verifier.detached(DATA, &file), Err(NotVerified::Form(problem)), "{problem:?}");
        assert!(problem.to_string().contains(words), "{problem}");
    }
}

#[test]
fn other_keys_are_unknown_and_do_not_spoil_a_known_one() {
    let (known, stranger) = (signer(), signer());
    let verifier = Verifier::new(&pinned(&known), now());
    let right = known.sign_detached(DATA, now()).unwrap();
    let other = stranger.sign_detached(DATA, now()).unwrap();
    assert!(matches!(verifier.detached(DATA, &other), Err(NotVerified::UnknownSigner(_))));

    let both = in_armor(Kind::Signature, &[packets(&other), packets(&right)].concat());
    let verified = verifier.detached(DATA, &both).unwrap();
    assert_eq!(verified.signer, known.certificate().fingerprint());
    assert_eq!(verified.unknown.len(), 1);

    let all = Verifier::new(&[pinned(&known), pinned(&stranger)].concat(), now());
    let verified = all.detached(DATA, &both).unwrap();
    assert_eq!(verified.signer, stranger.certificate().fingerprint());
    assert_eq!(verified.co_signers, [known.certificate().fingerprint()]);

    // A pinned key whose signature is over something else fails the whole.
    let elsewhere = stranger.sign_detached(b"something else", now()).unwrap();
    let mixed = in_armor(Kind::Signature, &[packets(&right), packets(&elsewhere)].concat());
    assert_eq!(
        all.detached(DATA, &mixed),
        Err(NotVerified::Bad { signer: stranger.certificate().fingerprint() })
    );
}

#[test]
fn what_the_signature_does_not_cover_is_refused_and_tidied_away() {
    let signer = signer();
    let verifier = Verifier::new(&pinned(&signer), now());
    let signature = signer.sign_detached(DATA, now()).unwrap();
    let Packet::Signature(Signature::V4(mut noted)) = packets(&signature).remove(0) else { panic!() };
    let issuer = SubpacketValue::Issuer(signer.certificate().as_sequoia().keyid());
    noted.unhashed_area_mut().add(Subpacket::new(issuer, false).unwrap()).unwrap();
    assert!(noted.unhashed_area().subpacket(SubpacketTag::Issuer).is_some());
    let noted = in_armor(Kind::Signature, &[noted.into()]);
    assert_eq!(verifier.detached(DATA, &noted), Err(NotVerified::Form(NotCanonical::Unhashed)));
    assert_eq!(canonical::tidy(&noted).unwrap(), signature);
}

#[test]
fn text_and_binary_signatures_do_not_stand_for_each_other() {
    let signer = signer();
    let verifier = Verifier::new(&pinned(&signer), now());
    let detached = signer.sign_detached(&frame::signed_bytes(TEXT), now()).unwrap();
    assert_eq!(verifier.cleartext(&frame::wrap(TEXT, &detached)), Err(NotVerified::Type));
    let file = signer.sign_cleartext(TEXT, now()).unwrap();
    let (_, inner) = frame::open(&file).unwrap();
    assert_eq!(verifier.detached(&frame::signed_bytes(TEXT), inner), Err(NotVerified::Type));
}

#[test]
fn who_vouches_vouches_for_the_numbers_alone() {
    let (known, stranger) = (signer(), signer());
    let verifier = Verifier::new(&pinned(&known), now());
    let signature = known.sign_detached(DATA, now()).unwrap();
    assert_eq!(verifier.vouched(&signature), verifier.detached(DATA, &signature));
    let other = stranger.sign_detached(DATA, now()).unwrap();
    assert!(matches!(verifier.vouched(&other), Err(NotVerified::UnknownSigner(_))));
    let text = known.sign_cleartext(TEXT, now()).unwrap();
    let inner = &text[text.windows(5).rposition(|words| words == b"BEGIN").unwrap() - 5..];
    assert_eq!(verifier.vouched(inner), Err(NotVerified::Type));
    assert!(matches!(verifier.vouched(&[&signature[..], b"more"].concat()), Err(NotVerified::Form(_))));
    let later = Verifier::new(&pinned(&known), at("2027-12-31T00:00:00Z"));
    assert!(matches!(later.vouched(&signature), Err(NotVerified::Unfit { .. })));
}

#[test]
fn time_is_judged_at_the_instant_asked_about() {
    let signer = signer();
    let signature = signer.sign_detached(DATA, now()).unwrap();
    let judge = |when: &str| verify_detached(&pinned(&signer), DATA, &signature, at(when));
    assert!(judge("2026-11-22T07:50:00Z").is_ok(), "ten minutes of skew");
    assert!(matches!(judge("2026-11-22T07:40:00Z"), Err(NotVerified::FromTheFuture { .. })));
    assert!(matches!(
        judge("2025-01-01T00:00:00Z"),
        Err(NotVerified::Unfit { problem: Unfit::NotYetValid { .. }, .. })
    ));
    assert!(matches!(
        judge("2027-12-31T00:00:00Z"),
        Err(NotVerified::Unfit { problem: Unfit::Expired { .. }, .. })
    ));
    assert!(matches!(judge("1900-01-01T00:00:00Z"), Err(NotVerified::Unfit { .. })));
    assert!(judge("9999-01-01T00:00:00Z").is_err());
}

#[test]
fn a_signature_ends_with_its_subkey() {
    use sequoia_openpgp::cert::CertBuilder;
    use sequoia_openpgp::types::KeyFlags;

    let month = std::time::Duration::from_secs(31 * 86_400);
    let (cert, _) = CertBuilder::new()
        .set_profile(sequoia_openpgp::Profile::RFC4880)
        .unwrap()
        .set_creation_time(crate::openpgp::system_time(born()))
        .add_userid("x")
        .add_subkey(KeyFlags::empty().set_signing(), month, None)
        .generate()
        .unwrap();
    let secret = armored(Kind::SecretKey, &[], &cert.as_tsk().to_vec().unwrap());
    let early = at("2026-01-02T00:00:00Z");
    let signer = Signer::from_secret(&secret, &mut || None, early).unwrap();
    let signature = signer.sign_detached(DATA, early).unwrap();
    let verified = verify_detached(&pinned(&signer), DATA, &signature, early).unwrap();
    assert_eq!(verified.expires, Some(at("2026-02-01T00:00:00Z")));
    let problem = verify_detached(&pinned(&signer), DATA, &signature, now()).unwrap_err();
    let since = at("2026-02-01T00:00:00Z");
    let unfit = Unfit::SubkeyExpired { purpose: Purpose::Signing, since };
    assert_eq!(problem, NotVerified::Unfit { signer: signer.certificate().fingerprint(), problem: unfit });
}

#[test]
fn messages_are_short_and_plain() {
    let problem = verify_detached(&[], DATA, b"", now()).unwrap_err();
    assert_eq!(problem.to_string(), "the signature file is empty");
    let signer = signer();
    let signature = signer.sign_detached(DATA, now()).unwrap();
    let message = verify_detached(&[], DATA, &signature, now()).unwrap_err().to_string();
    assert!(
        message.starts_with("signed by `") && message.ends_with("which is not a known signer"),
        "{message}"
    );
}
