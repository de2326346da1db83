//! Old sites, two sites of one version, other sites, and clocks: what is authentic and still wrong.

use crate::signed::{MANIFEST, ORIGIN, Signed, hash, record};
use secsite::formats::manifest::Manifest;

fn history(version: u64) -> String {
    format!(".well-known/secsite/history/{version}.json")
}

/// The release after the one that lies there, with the old manifest where it belongs.
fn next_release(site: &Signed) {
    let old = site.read(MANIFEST);
    let before = Manifest::parse(&old).unwrap();
    site.write(&history(before.version), &old);
    site.relist(|manifest| {
        manifest.version = before.version + 1;
        manifest.previous = Some(hash(&old));
    });
}

/// A site of version 7 or so, that was verified and is remembered, and its manifest then.
fn remembered() -> Signed {
    let site = Signed::new();
    (0..6).for_each(|_| next_release(&site));
    site.pinned().exits(0);
    site
}

#[test]
fn the_next_release_is_good() {
    let site = remembered();
    next_release(&site);
    site.pinned().exits(0);
    // Some were never seen: the chain is walked.
    (0..3).for_each(|_| next_release(&site));
    site.pinned().exits(0);
    site.verify("--history").exits(0).says("manifests in an unbroken chain");
}

#[test]
fn rollback() {
    let site = remembered();
    let seen = site.manifest().version;
    site.reissue(|manifest| manifest.version -= 1);
    let words = format!("the site is of version {}, and version {seen} was seen before", seen - 1);
    site.pinned().exits(4).says("[rollback]").says(&words);
    site.judged().exits(0);
}

#[test]
fn equivocation() {
    let site = remembered();
    site.write("extra.txt", "for you alone");
    site.relist(|_| {});
    site.pinned().exits(1).says("[checksums-differ]").says("[equivocation] there are two sites of version");
    site.remove("extra.txt");
    site.relist(|manifest| manifest.issued = "2026-11-21T00:00:00Z".parse().unwrap());
    site.pinned().exits(4).says("[equivocation]");
}

#[test]
fn broken_chain() {
    let site = remembered();
    let seen = site.manifest().version;
    site.reissue(|manifest| {
        manifest.version += 1;
        manifest.previous = Some([7; 32]);
    });
    let words = format!("version {} does not come after the version {seen}", seen + 1);
    site.pinned().exits(4).says("[broken-chain]").says(&words);
    site.reissue(|manifest| manifest.previous = None);
    site.pinned().exits(4).says("[broken-chain]");
}

#[test]
fn a_chain_around_what_was_seen() {
    let site = remembered();
    let seen = site.manifest().version;
    next_release(&site);
    // Another release of the version that was seen, to which the newest leads.
    let mut other = Manifest::parse(&site.read(&history(seen))).unwrap();
    other.issued = "2026-11-20T00:00:00Z".parse().unwrap();
    let other = other.to_json();
    site.write(&history(seen), &other);
    site.relist(|manifest| manifest.previous = Some(hash(&other)));
    next_release(&site);
    site.pinned().exits(4).says("[broken-chain]");
    site.verify(&format!("--history --no-state --signer {}", site.fingerprint())).exits(0);
}

#[test]
fn a_history_that_is_not_what_it_was() {
    let site = remembered();
    let seen = site.manifest().version;
    next_release(&site);
    next_release(&site);
    let kept = site.read(&history(seen + 1));
    let mut other = kept.clone();
    other[20] ^= 1;
    site.write(&history(seen + 1), &other);
    site.relist(|_| {});
    site.pinned().exits(4).says("[broken-chain]").says("is not the manifest that version");
    site.remove(&history(seen + 1));
    site.relist(|_| {});
    site.pinned().exits(4).says("[history-too-short]").says("so the chain of manifests ends at version");
}

#[test]
fn freeze() {
    let site = Signed::new();
    let pin = format!("--no-state --signer {}", site.fingerprint());
    site.verify_at("2027-11-22T00:00:00Z", &pin).exits(4).says("[expired] the site was good until");
}

#[test]
fn clocks() {
    let site = Signed::new();
    let pin = format!("--no-state --signer {}", site.fingerprint());
    site.verify_at("2026-11-21T23:50:00Z", &pin).exits(0);
    site.verify_at("2026-11-20T00:00:00Z", &pin).exits(4).says("[from-the-future]");
    site.verify_at("1970-01-01T00:00:00Z", &pin).exits(4).says("[from-the-future]");
    // A manifest that claims another day than its signature.
    site.reissue(|manifest| manifest.issued = "2026-11-23T00:00:00Z".parse().unwrap());
    site.judged()
        .exits(4)
        .says("[from-the-future] the site was issued on 2026-11-23T00:00:00Z, in the future");
}

#[test]
fn what_is_proven_comes_before_what_is_old() {
    let site = Signed::new();
    site.write("index.html", "");
    let pin = format!("--no-state --signer {}", site.fingerprint());
    site.verify_at("2027-11-22T00:00:00Z", &pin).exits(1).says("[expired]").says("[changed] `index.html`");
}

#[test]
fn other_origin() {
    let site = Signed::new();
    site.reissue(|manifest| manifest.origin = "https://other.example/".into());
    let pin = format!("--no-state --origin {ORIGIN} --signer {}", site.fingerprint());
    let words = format!("the site was published for `https://other.example/`, not for `{ORIGIN}`");
    site.verify(&pin).exits(1).says("[other-origin]").says(&words);
    // Nothing of another site is remembered by this one's name.
    site.verify(&format!("--origin {ORIGIN}")).exits(5);
}

#[test]
fn a_revocation_is_not_forgotten() {
    let site = Signed::new();
    site.pinned().exits(0);
    let name = format!("keys/{}.asc", site.fingerprint());
    let stripped = site.read(&name);
    site.write(&name, revoked(site.key).armored());
    site.pinned().exits(1).says("[key-revoked]").says("the key was revoked on");
    site.write(&name, stripped);
    site.pinned().exits(1).says("[key-revoked]");
    site.verify("").exits(1).says("[key-revoked]");
    // Without memory there is nobody who could know.
    site.judged().exits(0);
}

#[test]
fn an_extended_key_is_learned() {
    let site = Signed::new();
    let pin = format!("--signer {}", site.fingerprint());
    let words = "[key-expired]";
    site.reissue(|manifest| manifest.expires = "2030-01-01T00:00:00Z".parse().unwrap());
    site.verify_at("2028-11-22T00:00:00Z", &pin).exits(1).says(words);
}

#[test]
fn versions_are_counted() {
    let site = Signed::new();
    for version in [0, (1 << 53) + 1, u64::MAX] {
        site.reissue(|manifest| manifest.version = version);
        site.judged().exits(1).says("[version-out-of-range]");
    }
    site.reissue(|manifest| manifest.version = 1 << 53);
    site.judged().exits(0);
    let good = String::from_utf8(site.read(MANIFEST)).unwrap();
    let version = format!("\"version\":{}", 1_u64 << 53);
    for odd in ["-1", "7.0", "\"7\""] {
        let bad = good.replace(&version, &format!("\"version\":{odd}"));
        assert_ne!(bad, good);
        site.offer(bad.as_bytes());
        site.judged().exits(1).says("[bad-manifest]").says("the manifest cannot be read");
    }
}

#[test]
fn what_another_listed_is_checked() {
    let site = Signed::new();
    let gone = record("gone.txt", b"gone");
    site.reissue(|manifest| manifest.files.push(gone));
    site.judged().exits(1).says("[missing] `gone.txt`");
}

fn revoked(key: &secsite::openpgp::Generated) -> secsite::openpgp::Certificate {
    use sequoia_openpgp::parse::Parse as _;
    use sequoia_openpgp::serialize::SerializeInto as _;
    let cert = sequoia_openpgp::Cert::from_bytes(&key.certificate.armored()).unwrap();
    let pile = sequoia_openpgp::PacketPile::from_bytes(&key.revocation_armored).unwrap();
    let revocation: Vec<sequoia_openpgp::Packet> = pile.into_children().collect();
    let (cert, _) = cert.insert_packets(revocation).unwrap();
    secsite::openpgp::Certificate::parse(&cert.armored().to_vec().unwrap()).unwrap()
}
