use proptest::prelude::*;

use super::*;
use crate::openpgp::fixtures::{at, born, end, key, now};
use crate::openpgp::signer::Signer;

#[test]
fn a_secret_is_never_a_certificate() {
    let key = key();
    assert_eq!(Certificate::parse(&key.secret_armored).unwrap_err(), CertificateProblem::SecretKey);
    // Cut, doubled or mislabelled, it stays a secret.
    assert_eq!(Certificate::parse(&key.secret_armored[..200]).unwrap_err(), CertificateProblem::SecretKey);
    let relabelled = String::from_utf8(key.secret_armored.to_vec()).unwrap().replace("PRIVATE", "PUBLIC");
    assert_eq!(Certificate::parse(relabelled.as_bytes()).unwrap_err(), CertificateProblem::SecretKey);
    let ssh = b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
    assert_eq!(Certificate::parse(ssh).unwrap_err(), CertificateProblem::SecretKey);
    let message = CertificateProblem::SecretKey.to_string();
    assert_eq!(message, "the file looks like a secret key");
}

#[test]
fn each_way_to_fail_has_its_own_words() {
    let armored = key().certificate.armored();
    let doubled = [&armored[..], &armored[..]].concat();
    let cases: [(&[u8], Unreadable); 7] = [
        (b"", Unreadable::Empty),
        (b" \n", Unreadable::Empty),
        (b"hello", Unreadable::NotOpenPgp),
        (&armored[..armored.len() / 2], Unreadable::Truncated),
        (&doubled, Unreadable::Several),
        (&[0xff; LARGE], Unreadable::TooLarge),
        (
            b"-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n",
            Unreadable::OtherKind("a signature"),
        ),
    ];
    for (bytes, problem) in cases {
        assert_eq!(Certificate::parse(bytes).unwrap_err(), CertificateProblem::Unreadable(problem));
    }
    let binary = sequoia_bytes(&armored);
    let both = [binary.clone(), sequoia_bytes(&key().certificate.armored())].concat();
    assert_eq!(Certificate::parse(&both).unwrap_err(), CertificateProblem::Unreadable(Unreadable::Several));
}

const LARGE: usize = transferable::LARGEST + 1;

fn sequoia_bytes(armored: &[u8]) -> Vec<u8> {
    Certificate::parse(armored).unwrap().bytes(|_| true)
}

#[test]
fn a_crowd_of_user_ids_takes_no_time() {
    use sequoia_openpgp::serialize::SerializeInto as _;

    let mut crowd = key().certificate.bytes(|_| true);
    let signature = key().certificate.packets(|_| true)[1].clone();
    (0..20_000).for_each(|i| crowd.extend(Packet::from(UserID::from(format!("{i:x}"))).to_vec().unwrap()));
    (0..500).for_each(|_| crowd.extend(signature.to_vec().unwrap()));
    assert!(crowd.len() < transferable::LARGEST, "{}", crowd.len());
    let problem = Certificate::parse(&crowd).unwrap_err();
    assert_eq!(problem, CertificateProblem::Unreadable(Unreadable::TooManyParts));
}

#[test]
fn version_6_is_refused_because_gnupg_cannot_read_it() {
    use sequoia_openpgp::cert::CertBuilder;
    let (cert, _) = CertBuilder::new()
        .set_profile(sequoia_openpgp::Profile::RFC9580)
        .unwrap()
        .add_userid("x")
        .generate()
        .unwrap();
    let bytes = sequoia_openpgp::serialize::SerializeInto::to_vec(&cert).unwrap();
    let problem = Certificate::parse(&bytes).unwrap_err();
    assert_eq!(problem, CertificateProblem::Unreadable(Unreadable::UnsupportedVersion));
}

#[test]
fn armored_is_minimal_and_a_fixed_point() {
    let certificate = key().certificate;
    let armored = certificate.armored();
    let text = std::str::from_utf8(&armored).unwrap();
    assert!(text.starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"), "{text}");
    assert_eq!(Certificate::parse(&armored).unwrap().armored(), armored);
    assert_eq!(certificate.armored(), armored);
}

#[test]
fn what_others_say_of_a_key_is_not_published() {
    use sequoia_openpgp::packet::UserID;
    use sequoia_openpgp::packet::signature::SignatureBuilder;
    use sequoia_openpgp::types::SignatureType;

    let certificate = key().certificate;
    let (other, _) = sequoia_openpgp::cert::CertBuilder::new()
        .set_profile(sequoia_openpgp::Profile::RFC4880)
        .unwrap()
        .generate()
        .unwrap();
    let mut pair = other.primary_key().key().clone().parts_into_secret().unwrap().into_keypair().unwrap();
    let id: UserID = certificate.cert.userids().next().unwrap().userid().clone();
    let said: Vec<Packet> = (0..10)
        .map(|_| {
            let claim = SignatureBuilder::new(SignatureType::GenericCertification);
            id.bind(&mut pair, &certificate.cert, claim).unwrap().into()
        })
        .collect();
    let loud = certificate.cert.clone().insert_packets(said).unwrap().0;
    let loud = sequoia_openpgp::serialize::SerializeInto::to_vec(&loud).unwrap();
    assert!(loud.len() > certificate.bytes(|_| true).len() + 500);
    assert_eq!(Certificate::parse(&loud).unwrap().armored(), certificate.armored());
}

#[test]
fn facts_are_those_of_the_key() {
    let facts = key().certificate.facts(now());
    assert_eq!(facts.algorithm, "Ed25519");
    assert_eq!((facts.created, facts.expires), (born(), Some(end())));
    assert_eq!(facts.user_ids[0].text, "Example <security@example.org>");
    assert_eq!(facts.user_ids[1].email.as_deref(), Some("other@example.net"));
    assert!(!facts.can_sign && facts.revoked.is_none());
    let can: Vec<_> =
        facts.subkeys.iter().map(|s| (s.algorithm.as_str(), s.can_sign, s.can_encrypt)).collect();
    assert!(can.contains(&("Ed25519", true, false)) && can.contains(&("X25519", false, true)), "{can:?}");
    assert_eq!(facts.serves_until(Purpose::Signing), Some(end()));
}

#[test]
fn names_cannot_steer_a_terminal() {
    use sequoia_openpgp::cert::CertBuilder;
    let (cert, _) = CertBuilder::new()
        .set_profile(sequoia_openpgp::Profile::RFC4880)
        .unwrap()
        .set_creation_time(crate::openpgp::system_time(born()))
        .add_userid("a\u{1b}]0;b\u{202e}c\nd")
        .generate()
        .unwrap();
    let facts = Certificate::from_cert(cert).unwrap().facts(now());
    assert_eq!(facts.user_ids[0].text, "a\u{fffd}]0;b\u{fffd}c\u{fffd}d");
}

#[test]
fn a_key_directory_gets_one_address() {
    let certificate = key().certificate;
    let bytes = certificate.minimal_for("Other@EXAMPLE.net").unwrap();
    let facts = Certificate::parse(&bytes).unwrap().facts(now());
    assert_eq!(facts.user_ids.len(), 1);
    assert_eq!(facts.user_ids[0].text, "Other <other@example.net>");
    assert_eq!(facts.subkeys.len(), 2);
    assert!(bytes[0] & 0x80 != 0, "binary");
    assert_eq!(certificate.minimal_for("nobody@example.org"), None);
}

#[test]
fn a_revocation_is_seen_and_kept() {
    let key = key();
    let revoked = revoke(&key.certificate, &key.revocation_armored);
    let again = Certificate::parse(&revoked.armored()).unwrap();
    assert!(again.facts(now()).revoked.unwrap().reason.starts_with("no reason given"));
    let problems = again.problems_for_signing(now());
    assert!(matches!(problems[..], [Unfit::Revoked(_)]), "{problems:?}");
    assert!(!again.problems_for_encryption(now()).is_empty());
    assert!(
        Certificate::parse(&again.minimal_for("other@example.net").unwrap())
            .unwrap()
            .facts(now())
            .revoked
            .is_some()
    );
}

#[test]
fn merging_forgets_nothing() {
    let key = key();
    let stripped = &key.certificate;
    let revoked = revoke(stripped, &key.revocation_armored);
    for merged in [stripped.merge(&revoked).unwrap(), revoked.merge(stripped).unwrap()] {
        assert!(merged.facts(now()).revoked.is_some());
        assert_eq!(merged.armored(), revoked.armored());
    }
    assert!(stripped.merge(&crate::openpgp::fixtures::key().certificate).is_none());
}

fn revoke(certificate: &Certificate, revocation: &[u8]) -> Certificate {
    use sequoia_openpgp::parse::Parse as _;
    let packets: Vec<Packet> =
        sequoia_openpgp::PacketPile::from_bytes(revocation).unwrap().into_children().collect();
    Certificate::from_cert(certificate.cert.clone().insert_packets(packets).unwrap().0).unwrap()
}

#[test]
fn fitness_depends_on_the_date() {
    let certificate = key().certificate;
    assert_eq!(certificate.problems_for_signing(now()), []);
    assert_eq!(certificate.problems_for_encryption(now()), []);
    assert_eq!(
        certificate.problems_for_signing(at("2025-12-31T00:00:00Z")),
        [Unfit::NotYetValid { from: born() }]
    );
    let ended = certificate.problems_for_signing(at("2028-01-01T00:00:00Z"));
    assert_eq!(ended, [Unfit::Expired { since: end() }]);
    assert_eq!(ended[0].to_string(), "the key expired on 2027-12-31");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_panics(cut in 0usize..2000, flip in 0usize..16000) {
        let signer = Signer::throwaway("x", born(), end()).unwrap();
        let mut bytes = signer.certificate().bytes(|_| true);
        let bit = flip % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes.truncate(bytes.len() - cut % bytes.len());
        if let Ok(certificate) = Certificate::parse(&bytes) {
            let _ = (certificate.facts(now()), certificate.armored(), certificate.problems_for_signing(now()));
        }
    }
}
