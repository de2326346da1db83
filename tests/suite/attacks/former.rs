//! Those who signed once: what their keys are still good for in other hands.

use secsite::formats::manifest::{Manifest, Signers};
use secsite::openpgp::{Generated, canonical};

use super::succession::{hand_over, key, one, signed_by, statement};
use crate::project::{DATE, Ran};
use crate::signed::{MANIFEST, Signed, hash, signer};

/// Puts the next release in place, signed by these alone, with the statements that lie there.
fn release(site: &Signed, by: &Generated, signers: Signers, keys: &[&Generated]) {
    let before = site.read(MANIFEST);
    let version = Manifest::parse(&before).unwrap().version;
    site.write(&format!(".well-known/secsite/history/{version}.json"), &before);
    signed_by(site, by);
    site.relist(|manifest| {
        manifest.version = version + 1;
        manifest.previous = Some(hash(&before));
        manifest.signers = signers;
    });
    let bytes = site.read(MANIFEST);
    let sign = |key: &&Generated| signer(key).sign_detached(&bytes, DATE.parse().unwrap()).unwrap();
    let all = keys.iter().map(sign).reduce(|a, b| canonical::join(&a, &b).unwrap());
    site.write(&format!("{MANIFEST}.asc"), all.unwrap());
}

fn pins(site: &Signed, keys: &[&Generated]) -> Ran {
    let pins: Vec<String> =
        keys.iter().map(|key| format!("--signer {}", key.certificate.fingerprint())).collect();
    site.verify(&pins.join(" "))
}

/// The site after its key handed over to another, as seen by somebody whose script still names the first.
fn handed_over() -> (Signed, Generated) {
    let (site, new) = (Signed::new(), key());
    site.pinned().exits(0);
    hand_over(&site, &statement(1, site.key, &new), &[site.key, &new]);
    release(&site, &new, one(&new), &[&new]);
    site.pinned().exits(0);
    (site, new)
}

#[test]
fn a_key_that_handed_over_does_not_come_back() {
    let (site, new) = handed_over();
    let good = site.read(MANIFEST);
    let good_signature = site.read(&format!("{MANIFEST}.asc"));
    // The old key is stolen, and the statements are left out.
    for name in ["1.json", "1.json.asc"] {
        site.remove(&format!(".well-known/secsite/signers/{name}"));
    }
    release(&site, site.key, one(site.key), &[site.key]);
    let words = format!("has handed over to `{}`", new.certificate.fingerprint());
    site.pinned().exits(1).says("[unknown-signer]").says("[handed-over]").says(&words);
    pins(&site, &[site.key, &new]).exits(1).says("[unknown-signer]");
    site.verify("").exits(1).says("[unknown-signer]");
    let counted = format!("--threshold 1 --signer {}", site.fingerprint());
    site.verify(&counted).exits(1).says("[handed-over]");
    // Nor does it with a statement of its own.
    let eve = key();
    hand_over(&site, &statement(1, site.key, &eve), &[site.key, &eve]);
    release(&site, &eve, one(&eve), &[&eve]);
    site.pinned().exits(1).says("[unknown-signer]");
    // What was learned stays through all that.
    site.write(MANIFEST, good);
    site.write(&format!("{MANIFEST}.asc"), good_signature);
    site.pinned().exits(1).says("[added]");
    for word in ["", "--trust-on-first-use"] {
        site.verify(word).exits(1).says("[added]");
    }
}

#[test]
fn a_script_that_names_the_first_signer_goes_on() {
    let (site, new) = handed_over();
    release(&site, &new, one(&new), &[&new]);
    site.pinned().exits(0);
    let third = key();
    hand_over(&site, &statement(2, &new, &third), &[&new, &third]);
    release(&site, &third, one(&third), &[&third]);
    site.pinned().exits(0);
    pins(&site, &[&new]).exits(0);
    pins(&site, &[&third]).exits(0);
    // They may go back, if they say so.
    hand_over(&site, &statement(3, &third, site.key), &[&third, site.key]);
    release(&site, site.key, one(site.key), &[site.key]);
    site.pinned().exits(0);
    pins(&site, &[&third]).exits(0);
}

#[test]
fn one_who_was_joined_by_another_does_not_sign_alone() {
    let (site, bob) = (Signed::new(), key());
    let mut both = Signers { threshold: 2, ..one(site.key) };
    both.fingerprints.push(bob.certificate.fingerprint());
    both.fingerprints.sort();
    let certificate = &bob.certificate;
    site.write(&format!("keys/{}.asc", certificate.fingerprint()), certificate.armored());
    let mut joined = statement(1, site.key, &bob);
    joined.to = both.clone();
    hand_over(&site, &joined, &[site.key, &bob]);
    release(&site, site.key, both.clone(), &[site.key, &bob]);
    site.pinned().exits(0);
    site.pinned().exits(0);
    release(&site, site.key, one(site.key), &[site.key]);
    site.pinned().exits(1).says("[too-few-signers]").says("and 2 must");
    site.verify("").exits(1).says("[too-few-signers]");
}

#[test]
fn naming_one_of_two_does_not_halve_what_is_needed() {
    let (site, bob) = (Signed::new(), key());
    let mut both = Signers { threshold: 2, ..one(site.key) };
    both.fingerprints.push(bob.certificate.fingerprint());
    both.fingerprints.sort();
    let certificate = &bob.certificate;
    site.write(&format!("keys/{}.asc", certificate.fingerprint()), certificate.armored());
    release(&site, site.key, both, &[site.key, &bob]);
    pins(&site, &[site.key, &bob]).exits(0);
    release(&site, site.key, one(site.key), &[site.key]);
    site.pinned().exits(1).says("[too-few-signers]").says("and 2 must");
    let word = format!("--threshold 1 --signer {}", site.fingerprint());
    site.verify(&word).exits(0);
}

#[test]
fn more_signers_than_can_sign() {
    let site = Signed::new();
    let many = (0..17).map(|i| format!("{i:040X}").parse().unwrap()).collect();
    site.reissue(|manifest| manifest.signers = Signers { fingerprints: many, threshold: 1 });
    let words = "17 signers are named, and 16 can sign";
    site.judged().exits(1).says("[bad-manifest]").says(words);
    site.verify("--trust-on-first-use").exits(1).says("[bad-manifest]");
    let site = Signed::new();
    let mut crowd = statement(1, site.key, &key());
    crowd.to.fingerprints = (0..17).map(|i| format!("{i:040X}").parse().unwrap()).collect();
    hand_over(&site, &crowd, &[site.key]);
    site.judged().exits(1).says("[bad-succession]").says(words);
}
