use super::*;
use crate::openpgp::certificate::armored;
use crate::openpgp::fixtures::{TEXT, at, born, end, key, now};
use crate::openpgp::frame::Unframable;
use crate::openpgp::transferable::Unreadable;
use crate::openpgp::verify::verify_detached;
use sequoia_openpgp::Profile;
use sequoia_openpgp::armor::Kind;
use sequoia_openpgp::cert::{CertBuilder, CipherSuite};
use sequoia_openpgp::packet::signature::SignatureBuilder;
use sequoia_openpgp::serialize::SerializeInto as _;
use sequoia_openpgp::types::KeyFlags;

mod refusals;

fn silent() -> Option<Passphrase> {
    None
}

fn problem(bytes: &[u8]) -> SignerProblem {
    Signer::from_secret(bytes, &mut silent, now()).unwrap_err()
}

fn builder() -> CertBuilder<'static> {
    CertBuilder::new()
        .set_profile(Profile::RFC4880)
        .unwrap()
        .set_creation_time(system_time(born()))
        .add_userid("Test <test@example.org>")
}

fn secret(cert: &Cert) -> Vec<u8> {
    armored(Kind::SecretKey, &[], &cert.as_tsk().to_vec().unwrap())
}

#[test]
fn the_same_date_gives_the_same_bytes() {
    let signer = Signer::from_secret(&key().secret_armored, &mut silent, now()).unwrap();
    assert!(signer.has_primary_secret());
    assert_eq!(signer.expires(), Some(end()));
    let first = signer.sign_detached(b"data", now()).unwrap();
    assert_eq!(first, signer.sign_detached(b"data", now()).unwrap());
    assert_ne!(first, signer.sign_detached(b"data", at("2026-11-22T08:00:01Z")).unwrap());
    assert_eq!(signer.sign_cleartext(TEXT, now()).unwrap(), signer.sign_cleartext(TEXT, now()).unwrap());
    let text = String::from_utf8(signer.sign_cleartext(TEXT, now()).unwrap()).unwrap();
    assert!(text.starts_with(&format!(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{TEXT}-----BEGIN PGP SIG"
    )));
    assert!(text.ends_with("\n-----END PGP SIGNATURE-----\n"));
}

#[test]
fn threads_share_a_signer() {
    let signer = Signer::throwaway("x", born(), end()).unwrap();
    let alone = signer.sign_detached(b"data", now()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| signer.sign_detached(b"data", now()).unwrap())).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

#[test]
fn each_unusable_file_has_its_own_problem() {
    let generated = key();
    let file = &generated.secret_armored[..];
    assert_eq!(problem(b""), SignerProblem::Unreadable(Unreadable::Empty));
    assert_eq!(problem(b"no key"), SignerProblem::Unreadable(Unreadable::NotOpenPgp));
    assert_eq!(problem(&file[..file.len() - 60]), SignerProblem::Unreadable(Unreadable::Truncated));
    assert_eq!(problem(&[file, file].concat()), SignerProblem::Unreadable(Unreadable::Several));
    assert_eq!(problem(&generated.certificate.armored()), SignerProblem::PublicOnly);

    let certify = builder().generate().unwrap().0;
    assert_eq!(problem(&secret(&certify)), SignerProblem::CertifyOnly);
    let encrypt = builder().add_transport_encryption_subkey().generate().unwrap().0;
    assert_eq!(problem(&secret(&encrypt)), SignerProblem::EncryptOnly);
    let (v6, _) =
        CertBuilder::new().set_profile(Profile::RFC9580).unwrap().add_signing_subkey().generate().unwrap();
    assert_eq!(problem(&secret(&v6)), SignerProblem::Unreadable(Unreadable::UnsupportedVersion));
}

#[test]
fn a_truncated_binary_key_is_called_truncated() {
    let (cert, _) = builder().add_signing_subkey().generate().unwrap();
    let bytes = cert.as_tsk().to_vec().unwrap();
    for cut in [1, 10, 50, bytes.len() - 10, bytes.len() - 40] {
        let found = problem(&bytes[..bytes.len() - cut]);
        assert_eq!(found, SignerProblem::Unreadable(Unreadable::Truncated), "without {cut} bytes");
    }
}

#[test]
fn dates_and_revocations_are_told_apart() {
    let generated = key();
    let judge = |when| Signer::from_secret(&generated.secret_armored, &mut silent, at(when)).unwrap_err();
    assert_eq!(judge("2025-06-01T00:00:00Z"), SignerProblem::Unfit(Unfit::NotYetValid { from: born() }));
    assert_eq!(judge("2028-06-01T00:00:00Z"), SignerProblem::Unfit(Unfit::Expired { since: end() }));

    let (cert, revocation) = builder().add_signing_subkey().generate().unwrap();
    let revoked = cert.insert_packets(revocation).unwrap().0;
    assert!(matches!(problem(&secret(&revoked)), SignerProblem::Unfit(Unfit::Revoked(_))));

    let day = std::time::Duration::from_secs(86_400);
    let (cert, _) = builder().add_subkey(KeyFlags::empty().set_signing(), day, None).generate().unwrap();
    let expired = SignerProblem::Unfit(Unfit::SubkeyExpired {
        purpose: Purpose::Signing,
        since: at("2026-01-02T00:00:00Z"),
    });
    assert_eq!(problem(&secret(&cert)), expired);
}

type Primary = sequoia_openpgp::packet::Key<
    sequoia_openpgp::packet::key::SecretParts,
    sequoia_openpgp::packet::key::PrimaryRole,
>;

/// A key of one user id, bound with the hash function asked for.
fn bound_with(primary: Primary, hash: HashAlgorithm) -> Cert {
    let mut pair = primary.clone().into_keypair().unwrap();
    let cert = Cert::from_packets(std::iter::once(primary.clone().into())).unwrap();
    let binding = SignatureBuilder::new(SignatureType::PositiveCertification)
        .set_hash_algo(hash)
        .set_signature_creation_time(system_time(born()))
        .unwrap()
        .set_key_flags(KeyFlags::empty().set_certification().set_signing())
        .unwrap();
    let id = sequoia_openpgp::packet::UserID::from("Test <test@example.org>");
    let binding = id.bind(&mut pair, &cert, binding).unwrap();
    let packets: Vec<sequoia_openpgp::Packet> = vec![primary.into(), id.into(), binding.into()];
    Cert::from_packets(packets.into_iter()).unwrap()
}

#[test]
fn bindings_with_sha_1_are_weak() {
    let (cert, _) = builder().generate().unwrap();
    let primary = cert.primary_key().key().clone().parts_into_secret().unwrap();
    let strong = bound_with(primary.clone(), HashAlgorithm::SHA512);
    assert!(Signer::from_secret(&secret(&strong), &mut silent, now()).is_ok());
    let weak = SignerProblem::Unfit(Unfit::Weak { algorithm: "Ed25519".into() });
    assert_eq!(problem(&secret(&bound_with(primary, HashAlgorithm::SHA1))), weak);
}

#[test]
fn short_rsa_is_weak_before_it_is_rsa() {
    let mut primary: Primary = sequoia_openpgp::packet::key::Key4::generate_rsa(1024).unwrap().into();
    primary.set_creation_time(system_time(born())).unwrap();
    let cert = bound_with(primary, HashAlgorithm::SHA512);
    assert_eq!(problem(&secret(&cert)), SignerProblem::Unfit(Unfit::Weak { algorithm: "RSA 1024".into() }));
    // As a certificate it can be shown, with what is wrong with it.
    let certificate = Certificate::from_cert(cert).unwrap();
    let shown = Certificate::parse(&certificate.armored()).unwrap();
    assert_eq!(shown.facts(now()).user_ids.len(), 1);
    assert!(matches!(shown.problems_for_signing(now())[..], [Unfit::Weak { .. }]));
}

#[test]
fn rsa_secrets_are_refused_with_a_way_out() {
    let rsa = |suite| builder().set_cipher_suite(suite).add_signing_subkey().generate().unwrap().0;
    let found = problem(&secret(&rsa(CipherSuite::RSA2k)));
    assert!(matches!(found, SignerProblem::RsaSecret(_)), "{found:?}");
    for word in ["gpg-agent", "crypto-openssl", "crypto-nettle"] {
        assert!(found.help().contains(word));
    }
    // An RSA primary key with an Ed25519 signing subkey signs with the subkey.
    let mixed = builder()
        .set_cipher_suite(CipherSuite::RSA2k)
        .add_subkey(KeyFlags::empty().set_signing(), None, CipherSuite::Cv25519)
        .generate()
        .unwrap()
        .0;
    let signer = Signer::from_secret(&secret(&mixed), &mut silent, now()).unwrap();
    assert_eq!(signer.certificate().facts(now()).algorithm, "RSA 2048");
    let signature = signer.sign_detached(b"x", now()).unwrap();
    assert!(verify_detached(&[signer.certificate().clone()], b"x", &signature, now()).is_ok());
}

#[test]
fn passphrases_are_asked_for_and_tried() {
    let generated = NewKey {
        user_ids: vec!["Test <test@example.org>".into()],
        created: born(),
        expires: None,
        passphrase: Some("right".into()),
    }
    .generate()
    .unwrap();
    let try_with = |answers: &[&str]| {
        let mut answers = answers.iter();
        Signer::from_secret(
            &generated.secret_armored,
            &mut || answers.next().map(|a| Passphrase::from(*a)),
            now(),
        )
    };
    assert_eq!(try_with(&[]).unwrap_err(), SignerProblem::NoPassphrase);
    assert_eq!(try_with(&["wrong"]).unwrap_err(), SignerProblem::WrongPassphrase);
    assert_eq!(try_with(&["a", "b", "c", "right"]).unwrap_err(), SignerProblem::WrongPassphrase);
    let signer = try_with(&["wrong", "right"]).unwrap();
    assert!(signer.sign_detached(b"x", now()).is_ok());
    assert_eq!(format!("{signer:?}").matches("SigningKey(").count(), 1);
}

#[test]
fn signatures_stay_within_the_life_of_the_key() {
    let signer = Signer::throwaway("x", born(), end()).unwrap();
    assert!(matches!(signer.sign_detached(b"", at("2025-01-01T00:00:00Z")), Err(SignerProblem::Unfit(_))));
    assert!(matches!(signer.sign_detached(b"", end()), Err(SignerProblem::Unfit(_))));
    let unframable = SignerProblem::Unframable(Unframable::Dash { line: 1 });
    assert_eq!(signer.sign_cleartext("- x\n", now()).unwrap_err(), unframable);
    assert_eq!(Signer::throwaway("x", at("1960-01-01T00:00:00Z"), end()).unwrap_err(), SignerProblem::Date);
}

#[test]
fn the_newest_signing_key_is_taken() {
    let (cert, _) = builder().add_signing_subkey().generate().unwrap();
    let policy = fitness::strict(now());
    let valid = cert.with_policy(&policy, system_time(now())).unwrap();
    let later = at("2026-06-01T00:00:00Z");
    let cert = sequoia_openpgp::cert::KeyBuilder::new(KeyFlags::empty().set_signing())
        .set_creation_time(system_time(later))
        .subkey(valid)
        .unwrap()
        .set_signature_creation_time(system_time(later))
        .unwrap()
        .attach_cert()
        .unwrap();
    let signer = Signer::from_secret(&secret(&cert), &mut silent, now()).unwrap();
    assert_eq!(signer.created, later);
    let before = Signer::from_secret(&secret(&cert), &mut silent, at("2026-03-01T00:00:00Z")).unwrap();
    assert_eq!(before.created, born());
}
