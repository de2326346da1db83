//! More signers than one: k of n, strangers among them, and those who did not sign.

use secsite::formats::manifest::Signers;
use secsite::openpgp::{Fingerprint, Generated, canonical};

use crate::keys::new_key;
use crate::project::{DATE, Ran};
use crate::signed::{MANIFEST, Signed, signer};

struct Site {
    site: Signed,
    bob: Generated,
    carol: Generated,
}

impl Site {
    /// Two of Alice, Bob and Carol must sign; the manifest says so.
    fn new() -> Self {
        let site = Signed::new();
        let key = || new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let (bob, carol) = (key(), key());
        for other in [&bob, &carol] {
            let certificate = &other.certificate;
            site.write(&format!("keys/{}.asc", certificate.fingerprint()), certificate.armored());
        }
        site.relist_all();
        let mut fingerprints: Vec<Fingerprint> =
            [site.key, &bob, &carol].iter().map(|key| key.certificate.fingerprint()).collect();
        fingerprints.sort();
        site.reissue(|manifest| manifest.signers = Signers { fingerprints, threshold: 2 });
        Self { site, bob, carol }
    }

    fn sign(&self, keys: &[&Generated]) {
        let manifest = self.site.read(MANIFEST);
        let one = |key: &Generated| signer(key).sign_detached(&manifest, DATE.parse().unwrap()).unwrap();
        let all = keys.iter().map(|key| one(key)).reduce(|a, b| canonical::join(&a, &b).unwrap());
        self.site.write(&format!("{MANIFEST}.asc"), all.unwrap());
    }

    fn pinning(&self, keys: &[&Generated], words: &str) -> Ran {
        let pins: Vec<String> =
            keys.iter().map(|key| format!("--signer {}", key.certificate.fingerprint())).collect();
        self.site.verify(&format!("--no-state {} {words}", pins.join(" ")))
    }
}

#[test]
fn two_of_three() {
    let it = Site::new();
    let alice = it.site.key;
    it.sign(&[alice, &it.bob]);
    let ran = it.pinning(&[alice, &it.bob, &it.carol], "").exits(0);
    for key in [alice, &it.bob] {
        assert!(ran.stderr.contains(&format!("signed by {}", key.certificate.fingerprint().grouped())));
    }
    it.pinning(&[alice, &it.bob], "--threshold 2").exits(0);
}

#[test]
fn one_of_three_is_too_few() {
    let it = Site::new();
    let alice = it.site.key;
    it.sign(&[alice]);
    let ran = it.pinning(&[alice, &it.bob, &it.carol], "").exits(1).says("[too-few-signers]");
    ran.says("1 of the pinned signers signed the manifest, and 2 must");
}

#[test]
fn a_signer_who_is_not_pinned_does_not_count() {
    let it = Site::new();
    let alice = it.site.key;
    it.sign(&[alice, &it.bob]);
    let bob = it.bob.certificate.fingerprint();
    let ran = it.pinning(&[alice], "").exits(1).says("[too-few-signers]").says("pin them too");
    assert!(ran.stderr.contains(&format!("--signer {bob}")), "{}", ran.stderr);
    // Of those who signed nobody is pinned.
    it.pinning(&[&it.carol], "").exits(1).says("[unknown-signer]");
}

#[test]
fn strangers_are_told_of_and_count_for_nothing() {
    let it = Site::new();
    let (alice, eve) = (it.site.key, new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z"));
    it.sign(&[alice, &eve]);
    it.pinning(&[alice, &it.bob], "").exits(1).says("[too-few-signers]");
    it.sign(&[alice, &it.bob, &eve]);
    it.pinning(&[alice, &it.bob], "").exits(0).says("which nobody pinned and which counts for nothing");
}

#[test]
fn a_threshold_of_the_user_counts_besides() {
    let it = Site::new();
    let alice = it.site.key;
    it.sign(&[alice, &it.bob]);
    it.pinning(&[alice, &it.bob, &it.carol], "--threshold 3").exits(1).says("and 3 must");
    it.pinning(&[alice, &it.bob, &it.carol], "--threshold 1").exits(0);
    it.pinning(&[alice], "--threshold 0").exits(2);
}

#[test]
fn one_pinned_signer_with_a_bad_signature_spoils_it() {
    let it = Site::new();
    let alice = it.site.key;
    it.site.reissue(|manifest| manifest.signers.threshold = 1);
    let manifest = it.site.read(MANIFEST);
    let at = DATE.parse().unwrap();
    let good = signer(alice).sign_detached(&manifest, at).unwrap();
    let bad = signer(&it.bob).sign_detached(b"other", at).unwrap();
    it.site.write(&format!("{MANIFEST}.asc"), canonical::join(&good, &bad).unwrap());
    it.pinning(&[alice, &it.bob], "").exits(1).says("[bad-signature]");
    // Twice the same hand is one hand.
    it.site.reissue(|manifest| manifest.signers.threshold = 2);
    it.sign(&[alice, alice]);
    it.pinning(&[alice, &it.bob], "").exits(1).says("[too-few-signers] ");
}

#[test]
fn a_certificate_that_is_nowhere() {
    let it = Site::new();
    it.sign(&[&it.bob]);
    it.site.remove(&format!("keys/{}.asc", it.bob.certificate.fingerprint()));
    it.pinning(&[&it.bob], "").exits(1).says("[no-certificate] there is no certificate of the pinned signer");
    it.site.project.write("bob.asc", it.bob.certificate.armored());
    let file = it.site.project.path("bob.asc");
    let ran = it.site.verify(&format!("--no-state --signer {}", file.display()));
    ran.exits(1).says("[too-few-signers]");
}

#[test]
fn one_of_two_keys_cannot_lower_the_threshold() {
    let it = Site::new();
    let alice = it.site.key;
    it.sign(&[alice, &it.bob]);
    let (a, b) = (alice.certificate.fingerprint(), it.bob.certificate.fingerprint());
    let pins = format!("--signer {a} --signer {b}");
    it.site.verify(&pins).exits(0);
    // Alice's key is stolen.
    let before = it.site.read(MANIFEST);
    it.site.write(".well-known/secsite/history/1.json", &before);
    it.site.relist(|manifest| {
        manifest.version += 1;
        manifest.previous = Some(crate::signed::hash(&before));
        manifest.signers = Signers { fingerprints: vec![a], threshold: 1 };
    });
    for words in ["", pins.as_str()] {
        it.site.verify(words).exits(1).says("[too-few-signers]").says("and 2 must");
    }
    // Who says whom to trust and how many of them is taken at their word.
    it.site.verify(&format!("{pins} --threshold 1")).exits(0);
}
