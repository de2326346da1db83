//! From old signers to new ones: whom a verifier follows, and whom not.

use secsite::formats::manifest::Signers;
use secsite::formats::succession::Succession;
use secsite::openpgp::{Generated, canonical};

use crate::keys::new_key;
use crate::project::{DATE, Ran};
use crate::signed::{MANIFEST, ORIGIN, Signed, signer};

pub fn key() -> Generated {
    new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z")
}

pub fn one(key: &Generated) -> Signers {
    Signers { fingerprints: vec![key.certificate.fingerprint()], threshold: 1 }
}

pub fn statement(number: u32, from: &Generated, to: &Generated) -> Succession {
    Succession { from: one(from), issued: DATE.parse().unwrap(), number, origin: ORIGIN.into(), to: one(to) }
}

/// Puts a statement into the site, signed by these.
pub fn hand_over(site: &Signed, statement: &Succession, by: &[&Generated]) {
    let path = format!(".well-known/secsite/signers/{}.json", statement.number);
    let bytes = statement.to_json();
    let sign = |key: &&Generated| signer(key).sign_detached(&bytes, DATE.parse().unwrap()).unwrap();
    let signatures = by.iter().map(sign).reduce(|a, b| canonical::join(&a, &b).unwrap());
    site.write(&path, &bytes);
    site.write(&format!("{path}.asc"), signatures.unwrap());
}

/// Has the site be signed by `key` alone, manifest and all.
pub fn signed_by(site: &Signed, key: &Generated) {
    let certificate = &key.certificate;
    site.write(&format!("keys/{}.asc", certificate.fingerprint()), certificate.armored());
    let signer = signer(key);
    for path in ["feed.atom", "feed.rss", "feed.json"] {
        let signature = signer.sign_detached(&site.read(path), DATE.parse().unwrap()).unwrap();
        site.write(&format!("{path}.asc"), signature);
    }
    let text = "Contact: mailto:security@example.org\nExpires: 2027-05-01T00:00:00Z\n";
    let security_txt = signer.sign_cleartext(text, DATE.parse().unwrap()).unwrap();
    site.write(crate::signed::SECURITY_TXT, security_txt);
    site.relist_all();
    let sums = signer.sign_detached(&site.read("SHA256SUMS"), DATE.parse().unwrap()).unwrap();
    site.write("SHA256SUMS.asc", sums);
    site.relist(|manifest| manifest.signers = one(key));
    let signature = signer.sign_detached(&site.read(MANIFEST), DATE.parse().unwrap()).unwrap();
    site.write(&format!("{MANIFEST}.asc"), signature);
}

pub fn pinning(site: &Signed, key: &Generated) -> Ran {
    site.verify(&format!("--no-state --signer {}", key.certificate.fingerprint()))
}

#[test]
fn both_have_signed() {
    let (site, new) = (Signed::new(), key());
    hand_over(&site, &statement(1, site.key, &new), &[site.key, &new]);
    signed_by(&site, &new);
    pinning(&site, site.key).exits(0);
    pinning(&site, &new).exits(0);
}

#[test]
fn who_signs_now_is_remembered() {
    let (site, new) = (Signed::new(), key());
    site.pinned().exits(0);
    let old = site.read(MANIFEST);
    let old_signature = site.read(&format!("{MANIFEST}.asc"));
    hand_over(&site, &statement(1, site.key, &new), &[site.key, &new]);
    site.write(".well-known/secsite/history/1.json", &old);
    signed_by(&site, &new);
    site.relist(|manifest| {
        manifest.version += 1;
        manifest.previous = Some(crate::signed::hash(&old));
    });
    let signature = signer(&new).sign_detached(&site.read(MANIFEST), DATE.parse().unwrap()).unwrap();
    site.write(&format!("{MANIFEST}.asc"), signature);
    site.verify("").exits(0);
    let (_, state) = crate::verify::state(&site);
    let state: serde_json::Value = serde_json::from_slice(&state).unwrap();
    assert_eq!(state["pins"][0], new.certificate.fingerprint().to_string());
    assert_eq!(state["certificates"].as_array().unwrap().len(), 2, "the old one is kept");
    // The old key no longer counts, though its site was good once.
    site.write(MANIFEST, old);
    site.write(&format!("{MANIFEST}.asc"), old_signature);
    site.verify("").exits(1).says("[unknown-signer]");
}

#[test]
fn two_in_a_row() {
    let (site, second, third) = (Signed::new(), key(), key());
    site.write(&format!("keys/{}.asc", second.certificate.fingerprint()), second.certificate.armored());
    hand_over(&site, &statement(1, site.key, &second), &[site.key, &second]);
    hand_over(&site, &statement(2, &second, &third), &[&second, &third]);
    signed_by(&site, &third);
    for key in [site.key, &second, &third] {
        pinning(&site, key).exits(0);
    }
}

#[test]
fn the_old_one_alone() {
    let (site, new) = (Signed::new(), key());
    hand_over(&site, &statement(1, site.key, &new), &[site.key]);
    signed_by(&site, &new);
    let ran = pinning(&site, site.key).exits(1).says("[half-succession]");
    ran.says("0 of the new signers are known to have signed it, and 1 must");
}

#[test]
fn the_new_one_alone() {
    let (site, new) = (Signed::new(), key());
    hand_over(&site, &statement(1, site.key, &new), &[&new]);
    signed_by(&site, &new);
    let ran = pinning(&site, site.key).exits(1).says("[half-succession]");
    ran.says("0 of the old signers are known to have signed it, and 1 must");
}

#[test]
fn nobody_at_all() {
    let (site, new) = (Signed::new(), key());
    hand_over(&site, &statement(1, site.key, &new), &[&new]);
    site.remove(".well-known/secsite/signers/1.json.asc");
    signed_by(&site, &new);
    pinning(&site, site.key).exits(1).says("[half-succession]").says("is not signed");
}

#[test]
fn a_changed_one() {
    let (site, new, eve) = (Signed::new(), key(), key());
    hand_over(&site, &statement(1, site.key, &new), &[site.key, &new]);
    site.write(".well-known/secsite/signers/1.json", statement(1, site.key, &eve).to_json());
    signed_by(&site, &eve);
    pinning(&site, site.key).exits(1).says("[bad-signature]").says("signers/1.json.asc");
}

#[test]
fn one_of_another_site_or_number() {
    let (site, new) = (Signed::new(), key());
    let other = Succession { origin: "https://other.example/".into(), ..statement(1, site.key, &new) };
    hand_over(&site, &other, &[site.key, &new]);
    signed_by(&site, &new);
    let ran = pinning(&site, site.key).exits(1).says("[bad-succession]");
    ran.says("the statement is about `https://other.example/`");
    let two = statement(2, site.key, &new);
    hand_over(&site, &two, &[site.key, &new]);
    for suffix in ["", ".asc"] {
        let bytes = site.read(&format!(".well-known/secsite/signers/2.json{suffix}"));
        site.write(&format!(".well-known/secsite/signers/1.json{suffix}"), bytes);
    }
    pinning(&site, site.key).exits(1).says("[bad-succession]").says("says that it is number 2");
}

#[test]
fn without_a_statement_the_new_one_is_a_stranger() {
    let (site, new) = (Signed::new(), key());
    signed_by(&site, &new);
    pinning(&site, site.key).exits(1).says("[unknown-signer]");
}

#[test]
fn a_threshold_holds_for_a_succession_too() {
    let (site, bob, new) = (Signed::new(), key(), key());
    let mut two = statement(1, site.key, &new);
    two.from.fingerprints.push(bob.certificate.fingerprint());
    two.from.fingerprints.sort();
    site.write(&format!("keys/{}.asc", bob.certificate.fingerprint()), bob.certificate.armored());
    // One of the two is enough for the statement, and not for who asks for two.
    hand_over(&site, &two, &[site.key, &new]);
    signed_by(&site, &new);
    let pins = format!("--signer {} --signer {}", site.fingerprint(), bob.certificate.fingerprint());
    site.verify(&format!("--no-state {pins}")).exits(0);
    let ran = site.verify(&format!("--no-state --threshold 2 {pins}")).exits(1).says("[half-succession]");
    ran.says("1 of the pinned signers are known to have signed it, and 2 must");
}

#[test]
fn a_threshold_is_lowered_by_those_who_were_needed() {
    let (site, bob) = (Signed::new(), key());
    let certificate = &bob.certificate;
    site.write(&format!("keys/{}.asc", certificate.fingerprint()), certificate.armored());
    let mut both = vec![site.key.certificate.fingerprint(), certificate.fingerprint()];
    both.sort();
    let signers = |threshold| Signers { fingerprints: both.clone(), threshold };
    site.relist_all();
    site.reissue(|manifest| manifest.signers = signers(2));
    let bytes = site.read(MANIFEST);
    let sign = |key: &Generated| signer(key).sign_detached(&bytes, DATE.parse().unwrap()).unwrap();
    site.write(&format!("{MANIFEST}.asc"), canonical::join(&sign(site.key), &sign(&bob)).unwrap());
    site.verify(&format!("--signer {} --signer {}", both[0], both[1])).exits(0);

    let lowered = Succession { from: signers(2), to: signers(1), ..statement(1, site.key, &bob) };
    site.write(".well-known/secsite/history/1.json", &bytes);
    let next = |by: &[&Generated]| {
        hand_over(&site, &lowered, by);
        site.relist(|manifest| {
            manifest.version = 2;
            manifest.previous = Some(crate::signed::hash(&bytes));
            manifest.signers = signers(1);
        });
    };
    next(&[&bob]);
    site.verify("").exits(1).says("[half-succession]");
    next(&[site.key, &bob]);
    site.verify("").exits(0);
    site.verify("").exits(0);
}
