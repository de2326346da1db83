//! Row F3 of the threat catalogue as one table: what may be wrong with a key file, each with its own words and way out.

use std::collections::BTreeSet;

use sequoia_openpgp::Packet;
use sequoia_openpgp::cert::{CertRevocationBuilder, SubkeyRevocationBuilder};
use sequoia_openpgp::types::ReasonForRevocation as Reason;

use super::*;

/// A key with a signing subkey, revoked as a whole on the second of June.
fn revoked(reason: Reason, text: &[u8]) -> Cert {
    let (cert, _) = builder().add_signing_subkey().generate().unwrap();
    let mut pair = cert.primary_key().key().clone().parts_into_secret().unwrap().into_keypair().unwrap();
    let revocation = CertRevocationBuilder::new()
        .set_signature_creation_time(system_time(at("2026-06-02T00:00:00Z")))
        .and_then(|builder| builder.set_reason_for_revocation(reason, text))
        .and_then(|builder| builder.build(&mut pair, &cert, None))
        .unwrap();
    cert.insert_packets(Some(Packet::from(revocation))).unwrap().0
}

fn subkey_revoked() -> Cert {
    let (cert, _) = builder().add_signing_subkey().generate().unwrap();
    let mut pair = cert.primary_key().key().clone().parts_into_secret().unwrap().into_keypair().unwrap();
    let subkey = cert.keys().subkeys().next().unwrap().key().clone();
    let revocation = SubkeyRevocationBuilder::new()
        .set_signature_creation_time(system_time(at("2026-06-02T00:00:00Z")))
        .and_then(|builder| builder.set_reason_for_revocation(Reason::KeyCompromised, b""))
        .and_then(|builder| builder.build(&mut pair, &cert, &subkey, None))
        .unwrap();
    let packets = [Packet::from(subkey.role_into_subordinate()), Packet::from(revocation)];
    cert.insert_packets(packets).unwrap().0
}

fn subkey_expired() -> Cert {
    let day = std::time::Duration::from_secs(86_400);
    builder().add_subkey(KeyFlags::empty().set_signing(), day, None).generate().unwrap().0
}

/// The file of a good key, with another version in its first packet.
fn of_version(version: u8) -> Vec<u8> {
    let mut bytes = builder().generate().unwrap().0.as_tsk().to_vec().unwrap();
    // Tag and length in one byte each: the packet is short.
    bytes[2] = version;
    bytes
}

fn with_hash(hash: HashAlgorithm) -> Cert {
    let (cert, _) = builder().generate().unwrap();
    bound_with(cert.primary_key().key().clone().parts_into_secret().unwrap(), hash)
}

fn rsa_1024() -> Cert {
    let mut primary: Primary = sequoia_openpgp::packet::key::Key4::generate_rsa(1024).unwrap().into();
    primary.set_creation_time(system_time(born())).unwrap();
    bound_with(primary, HashAlgorithm::SHA512)
}

#[test]
fn each_has_its_words_and_a_way_out() {
    let good = key();
    let file = good.secret_armored.to_vec();
    let with = |expires| NewKey { user_ids: vec!["x".into()], created: born(), expires, passphrase: None };
    let expired = with(Some(at("2026-06-02T00:00:00Z"))).generate().unwrap().secret_armored.to_vec();
    let unborn = NewKey { created: at("2026-12-01T00:00:00Z"), ..with(None) }.generate().unwrap();
    let encrypt = builder().add_transport_encryption_subkey().generate().unwrap().0;
    let rsa = builder().set_cipher_suite(CipherSuite::RSA2k).add_signing_subkey().generate().unwrap().0;
    let table: Vec<(Vec<u8>, &str, &str)> = vec![
        (Vec::new(), "the key file is empty", "give the secret key"),
        (b"no key\n".to_vec(), "the file holds no OpenPGP key", "give the secret key"),
        (file[..file.len() / 2].to_vec(), "the key file is truncated", "all of it"),
        ([&file[..], &file[..]].concat(), "the file holds more than one key", "export one key"),
        (good.certificate.armored(), "holds only the public key", "--export-secret-subkeys"),
        (secret(&builder().generate().unwrap().0), "can certify but not sign", "--quick-add-key"),
        (secret(&encrypt), "can only be encrypted to", "--quick-add-key"),
        (expired, "the key expired on 2026-06-02", "--quick-set-expire"),
        (secret(&subkey_expired()), "the signing subkey expired on 2026-01-02", "extend the subkey"),
        (unborn.secret_armored.to_vec(), "the key is not valid before 2026-12-01", "check the date"),
        (
            secret(&revoked(Reason::KeyCompromised, b"laptop stolen")),
            "the key was revoked on 2026-06-02: the secret key may be in other hands (laptop stolen)",
            "secsite key new",
        ),
        (
            secret(&revoked(Reason::KeySuperseded, b"")),
            "the key was revoked on 2026-06-02: replaced by another key",
            "secsite key new",
        ),
        (
            secret(&subkey_revoked()),
            "the signing subkey was revoked on 2026-06-02: the secret key may be in other hands",
            "--quick-add-key",
        ),
        (
            secret(&with_hash(HashAlgorithm::SHA1)),
            "the Ed25519 key, or what binds it, is too weak",
            "Ed25519",
        ),
        (secret(&rsa_1024()), "the RSA 1024 key, or what binds it, is too weak", "Ed25519"),
        (secret(&rsa), "is RSA, which this build does not sign with", "gpg-agent"),
        (of_version(9), "of an OpenPGP version that GnuPG cannot read", "version 4"),
    ];
    let mut messages = BTreeSet::new();
    for (bytes, words, way_out) in &table {
        let problem = problem(bytes);
        let (message, help) = (problem.to_string(), problem.help());
        assert!(message.contains(words), "`{words}` is not in `{message}`");
        assert!(help.contains(way_out), "`{way_out}` is not in `{help}` of `{message}`");
        assert!(messages.insert(message.clone()), "`{message}` is said twice");
    }
    assert_eq!(messages.len(), table.len());
}

#[test]
fn a_soft_revocation_leaves_what_was_before_it() {
    let before = at("2026-06-01T00:00:00Z");
    let sign = |cert: &Cert| Signer::from_secret(&secret(cert), &mut silent, before).map(|_| ());
    assert_eq!(sign(&revoked(Reason::KeySuperseded, b"")), Ok(()));
    assert!(matches!(
        sign(&revoked(Reason::KeyCompromised, b"")),
        Err(SignerProblem::Unfit(Unfit::Revoked(_)))
    ));
}
