use super::*;
use crate::openpgp::fixtures::{TEXT, at, end, key, now};
use crate::openpgp::signer::Signer;
use crate::openpgp::verify::Verifier;
use sequoia_openpgp::cert::Cert;
use sequoia_openpgp::crypto::{KeyPair, Signer as _};
use sequoia_openpgp::parse::Parse as _;
use sequoia_openpgp::types::HashAlgorithm;

/// Somebody who holds an Ed25519 key and does what the test wants with its signatures.
struct Keeper {
    pair: KeyPair,
    bend: fn(RawSignature) -> RawSignature,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper")
    }
}

impl Held for Keeper {
    fn sign_sha512(&self, digest: &[u8]) -> Result<RawSignature, HeldProblem> {
        let mpi::Signature::EdDSA { r, s } = self.pair.clone().sign(HashAlgorithm::SHA512, digest).unwrap()
        else {
            panic!("an Ed25519 key signs so");
        };
        Ok((self.bend)(RawSignature::EdDsa { r: r.value().to_vec(), s: s.value().to_vec() }))
    }
}

/// A signer whose secret a keeper has, and the same key as we would hold it ourselves.
fn held(bend: fn(RawSignature) -> RawSignature) -> (Signer, Signer) {
    let generated = key();
    let own = Signer::from_secret(&generated.secret_armored, &mut || None, now()).unwrap();
    let candidate = Candidate::all(&generated.certificate, now()).unwrap().remove(0);
    let cert = Cert::from_bytes(&generated.secret_armored[..]).unwrap();
    let secret =
        cert.keys().secret().find(|key| key.key().fingerprint() == candidate.usable.key.fingerprint());
    let pair = secret.unwrap().key().clone().into_keypair().unwrap();
    (Signer::held(candidate, Box::new(Keeper { pair, bend })), own)
}

#[test]
fn who_signs_makes_no_difference() {
    let (held, own) = held(|signature| signature);
    assert_eq!(held.sign_detached(b"data", now()).unwrap(), own.sign_detached(b"data", now()).unwrap());
    assert_eq!(held.sign_cleartext(TEXT, now()).unwrap(), own.sign_cleartext(TEXT, now()).unwrap());
    assert_eq!(held.expires(), Some(end()));
    assert!(own.has_primary_secret() && !held.has_primary_secret());
    let signed = held.sign_cleartext(TEXT, now()).unwrap();
    let verifier = Verifier::new(std::slice::from_ref(held.certificate()), now());
    assert_eq!(verifier.cleartext(&signed).unwrap().0, TEXT);
}

#[test]
fn a_lie_never_gets_into_a_packet() {
    let lies: [fn(RawSignature) -> RawSignature; 5] = [
        |signature| match signature {
            RawSignature::EdDsa { r, s } => RawSignature::EdDsa { r: s, s: r },
            other => other,
        },
        |_| RawSignature::EdDsa { r: vec![], s: vec![] },
        |_| RawSignature::EdDsa { r: vec![1; 4000], s: vec![1; 4000] },
        |_| RawSignature::Rsa { s: vec![1; 256] },
        |_| RawSignature::EcDsa { r: vec![1; 32], s: vec![1; 32] },
    ];
    for lie in lies {
        let (held, _) = held(lie);
        let found = held.sign_detached(b"data", now()).unwrap_err();
        assert!(matches!(found, SignerProblem::Faulty(_)), "{found:?}");
        assert!(!found.help().is_empty());
    }
}

#[test]
fn the_dates_of_the_key_hold_for_its_keeper() {
    let (held, _) = held(|signature| signature);
    let after = held.sign_detached(b"data", at("2028-06-01T00:00:00Z"));
    assert!(matches!(after, Err(SignerProblem::Unfit(Unfit::SubkeyExpired { .. }))));
    let expired = Candidate::all(held.certificate(), at("2028-06-01T00:00:00Z"));
    assert_eq!(expired.unwrap_err(), SignerProblem::Unfit(Unfit::Expired { since: end() }));
}

#[test]
fn a_candidate_is_a_signing_key_and_says_which() {
    let generated = key();
    let candidates = Candidate::all(&generated.certificate, now()).unwrap();
    assert_eq!(candidates.len(), 1, "of three keys one signs");
    assert_eq!(candidates[0].algorithm(), "Ed25519");
    assert_ne!(candidates[0].fingerprint(), generated.certificate.fingerprint());
}
