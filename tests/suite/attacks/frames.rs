//! security.txt, which people and programs read as it lies there: nothing may stand in it that is not signed.

use crate::project::DATE;
use crate::signed::{SECURITY_TXT, Signed};

const CONTACT: &str = "Contact: mailto:eve@example.net\n";
const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----\n";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----\n";

/// The site with this in place of its security.txt, as somebody without the key has it.
#[track_caller]
fn refused(change: impl Fn(&str) -> String, words: &str) {
    let site = Signed::new();
    let good = String::from_utf8(site.read(SECURITY_TXT)).unwrap();
    let bad = change(&good);
    assert_ne!(bad, good);
    site.write(SECURITY_TXT, &bad);
    site.judged().exits(1).says("[changed] `.well-known/security.txt`").says(words);
    // The same where the manifest lists it, so that the frame alone is left to tell.
    site.relist_all();
    let ran = site.judged().exits(1).says(words);
    assert!(!ran.stderr.contains("[changed]"), "{}", ran.stderr);
}

#[test]
fn text_before() {
    refused(|good| format!("{CONTACT}{good}"), "something stands before the signed text");
}

#[test]
fn text_after() {
    refused(|good| format!("{good}{CONTACT}"), "something stands after the signature");
}

#[test]
fn a_header_of_the_message() {
    for name in ["Contact", "Comment"] {
        let header = format!("{BEGIN}{name}: mailto:eve@example.net\n");
        refused(|good| good.replace(BEGIN, &header), &format!("line 2 is a header `{name}`"));
    }
    refused(|good| good.replace(BEGIN, &format!("{BEGIN}NotDashEscaped: yes\n")), "header `NotDashEscaped`");
}

#[test]
fn a_header_of_the_signature() {
    refused(
        |good| good.replace(SIGNATURE, &format!("{SIGNATURE}{CONTACT}")),
        "is a header `Contact` in the signature",
    );
}

#[test]
fn a_second_message() {
    refused(|good| format!("{good}{good}"), "a second signed message begins on line");
}

#[test]
fn blanks_and_carriage_returns() {
    refused(|good| good.replace('\n', "\r\n"), "carriage return");
    refused(|good| good.replacen("Z\n", "Z \n", 1), "ends in a blank");
}

#[test]
fn the_hash_header() {
    refused(|good| good.replacen("Hash: SHA512\n", "", 1), "`Hash: SHA512` is missing");
    refused(|good| good.replacen("Hash: SHA512\n", "Hash: SHA512\0\n", 1), "`");
}

#[test]
fn other_text_under_the_same_signature() {
    refused(|good| good.replacen("security@", "eve@", 1), "does not match: data or signature was changed");
}

#[test]
fn an_unsigned_one() {
    refused(|_| format!("{CONTACT}Expires: 2027-01-01T00:00:00Z\n"), "`");
}

#[test]
fn one_of_another_key() {
    let site = Signed::new();
    let other = crate::keys::new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let signed = crate::signed::signer(&other).sign_cleartext(CONTACT, DATE.parse().unwrap()).unwrap();
    site.write(SECURITY_TXT, signed);
    site.judged().exits(1).says("[changed]").says("which is not a known signer");
    site.relist_all();
    site.judged().exits(1).says("[unknown-signer] `.well-known/security.txt`");
}

#[test]
fn one_that_has_ended() {
    let site = Signed::new();
    let text = "Contact: mailto:security@example.org\nExpires: 2026-11-21T00:00:00Z\n";
    site.write(SECURITY_TXT, site.signer().sign_cleartext(text, DATE.parse().unwrap()).unwrap());
    site.relist_all();
    site.judged().exits(4).says("[security-txt-expired] `.well-known/security.txt` ended on 2026-11-21");
}
