//! Keys of every kind that gpg makes: found by their keygrips, and what they sign is good for secsite and for gpg.

use secsite::io::agent::signer_in;
use secsite::openpgp::{Candidate, Certificate, Verifier};

use crate::home::Gpg;
use crate::{PROMPT, TEXT, now, signer};

/// A signature of each form, good by both programs' word.
fn signs(gpg: &Gpg, certificate: &Certificate) {
    let signer = signer(&gpg.setting(None), certificate);
    assert!(!signer.has_primary_secret());
    assert_eq!(signer.certificate().fingerprint(), certificate.fingerprint());
    let verifier = Verifier::new(std::slice::from_ref(certificate), now());

    let detached = signer.sign_detached(b"some bytes\r\n\0", now()).unwrap();
    let verified = verifier.detached(b"some bytes\r\n\0", &detached).unwrap();
    assert_eq!(verified.signer, certificate.fingerprint());
    gpg.verifies(b"some bytes\r\n\0", &detached);

    let clear = signer.sign_cleartext(TEXT, now()).unwrap();
    assert_eq!(verifier.cleartext(&clear).unwrap().0, TEXT);
    gpg.run(&["--verify", &gpg.file("security.txt", &clear)]);
}

fn keygrips(certificate: &Certificate) -> Vec<String> {
    Candidate::all(certificate, now()).unwrap().iter().map(|key| key.keygrip().to_string()).collect()
}

fn is_found_and_signs(algorithm: &str) {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key(algorithm, "");
    assert_eq!(keygrips(&certificate), gpg.keygrips(&certificate.fingerprint().to_string()));
    signs(&gpg, &certificate);
}

#[test]
fn ed25519() {
    is_found_and_signs("ed25519");
}

#[test]
fn rsa_3072_signs_although_no_rsa_secret_gets_into_this_process() {
    is_found_and_signs("rsa3072");
}

#[test]
fn rsa_4096() {
    is_found_and_signs("rsa4096");
}

#[test]
fn nist_p256() {
    is_found_and_signs("nistp256");
}

#[test]
fn nist_p384() {
    is_found_and_signs("nistp384");
}

#[test]
fn nist_p521() {
    is_found_and_signs("nistp521");
}

#[test]
fn an_ed25519_signature_through_the_agent_has_the_bytes_of_one_made_here() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let secret = gpg.run(&["--armor", "--export-secret-keys"]);
    let own = secsite::openpgp::Signer::from_secret(&secret, &mut || None, now()).unwrap();
    let held = signer(&gpg.setting(None), &certificate);
    let at = now();
    assert_eq!(held.sign_detached(b"data", at).unwrap(), own.sign_detached(b"data", at).unwrap());
    assert_eq!(held.expires(), own.expires());
}

#[test]
fn a_signing_subkey_goes_first_and_the_primary_key_serves_where_the_agent_lacks_it() {
    let Some(gpg) = Gpg::home() else { return };
    let bare = gpg.key("ed25519", "");
    let fingerprint = bare.fingerprint().to_string();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    gpg.run(&["--passphrase", "", "--quick-add-key", &fingerprint, "ed25519", "sign", "1y"]);
    let certificate = gpg.certificate(&fingerprint);
    let subkey = Candidate::all(&certificate, now()).unwrap().remove(0);
    assert_ne!(subkey.fingerprint(), certificate.fingerprint());
    signs(&gpg, &certificate);

    // gpg names the key that made a signature.
    let signed = signer(&gpg.setting(None), &certificate).sign_detached(b"data", now()).unwrap();
    let (data, signature) = (gpg.file("data", b"data"), gpg.file("data.asc", &signed));
    let status = gpg.run(&["--status-fd", "1", "--verify", &signature, &data]);
    let valid = format!("VALIDSIG {}", subkey.fingerprint());
    assert!(String::from_utf8(status).unwrap().contains(&valid));

    std::fs::remove_file(gpg.path("private-keys-v1.d").join(format!("{}.key", subkey.keygrip()))).unwrap();
    signs(&gpg, &certificate);
}

#[test]
fn a_certificate_that_cannot_sign_does_not_hide_one_that_can() {
    let Some(gpg) = Gpg::home() else { return };
    let user_id = "Certifier <certifier@example.org>";
    gpg.run(&["--passphrase", "", "--quick-gen-key", user_id, "ed25519", "cert", "1y"]);
    let certifier = gpg.certificate(user_id);
    let problem = crate::problem(&gpg.setting(None), &certifier);
    assert!(problem.to_string().contains(&certifier.fingerprint().to_string()), "{problem}");
    assert!(problem.to_string().ends_with("the key can certify but not sign documents"), "{problem}");

    let both = [certifier, gpg.key("ed25519", "")];
    let signer = signer_in(&gpg.setting(None), &both, now(), PROMPT).unwrap().unwrap();
    assert_eq!(signer.certificate().fingerprint(), both[1].fingerprint());
}

#[test]
fn threads_share_the_agent() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let signer = signer(&gpg.setting(None), &certificate);
    let at = now();
    let alone = signer.sign_detached(b"data", at).unwrap();
    std::thread::scope(|scope| {
        let sign = || (0..10).map(|_| signer.sign_detached(b"data", at).unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(sign)).collect();
        for thread in threads {
            assert!(thread.join().unwrap().iter().all(|signature| *signature == alone));
        }
    });
}
