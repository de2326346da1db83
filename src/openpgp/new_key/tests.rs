use super::*;
use crate::openpgp::fixtures::{at, born, end, key, now};
use crate::openpgp::signer::Signer;
use crate::openpgp::verify::verify_detached;

#[test]
fn a_new_key_is_three_files() {
    let key = key();
    assert!(key.secret_armored.starts_with(b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n"));
    assert!(key.revocation_armored.starts_with(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: "));
    assert_eq!(
        Certificate::parse(&key.certificate.armored()).unwrap().fingerprint(),
        key.certificate.fingerprint()
    );
    let shown = format!("{key:?}");
    assert!(!shown.contains("PRIVATE"), "{shown}");
}

#[test]
fn wishes_are_checked() {
    let good = NewKey { user_ids: vec!["x".into()], created: born(), expires: Some(end()), passphrase: None };
    let problem = |key: NewKey| key.generate().unwrap_err();
    assert_eq!(problem(NewKey { user_ids: vec![], ..good.clone() }), NewKeyProblem::Nameless);
    assert_eq!(
        problem(NewKey { user_ids: vec!["x".into(), "a\nb".into()], ..good.clone() }),
        NewKeyProblem::UserId(2)
    );
    assert_eq!(problem(NewKey { expires: Some(born()), ..good.clone() }), NewKeyProblem::Backwards);
    assert_eq!(problem(NewKey { created: at("1969-01-01T00:00:00Z"), ..good.clone() }), NewKeyProblem::Date);
    assert_eq!(
        problem(NewKey { expires: Some(at("2200-01-01T00:00:00Z")), ..good.clone() }),
        NewKeyProblem::Date
    );
    assert!(NewKey { expires: None, ..good }.generate().is_ok());
}

#[test]
fn ci_gets_the_signing_subkey_alone() {
    let key = key();
    let exported = export_signing_subkey(&key.secret_armored, now()).unwrap();
    let signer = Signer::from_secret(&exported, &mut || None, now()).unwrap();
    assert!(!signer.has_primary_secret());
    let signature = signer.sign_detached(b"x", now()).unwrap();
    let verified = verify_detached(std::slice::from_ref(&key.certificate), b"x", &signature, now()).unwrap();
    assert_eq!(verified.signer, key.certificate.fingerprint());
    assert!(exported.len() < key.secret_armored.len());
    assert_eq!(export_signing_subkey(&key.certificate.armored(), now()), Err(SignerProblem::PublicOnly));
    // What is left out cannot be exported again.
    assert_eq!(Certificate::parse(&exported).unwrap_err().to_string(), "the file looks like a secret key");
}
