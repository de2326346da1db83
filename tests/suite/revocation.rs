//! After a compromise: the revoked certificate stays where people look for it, and nothing leads to its use.

use secsite::openpgp::{Certificate, Generated};
use sequoia_openpgp::cert::{CertParser, CertRevocationBuilder};
use sequoia_openpgp::parse::Parse as _;
use sequoia_openpgp::serialize::SerializeInto as _;
use sequoia_openpgp::types::ReasonForRevocation;
use sequoia_openpgp::{Cert, Packet};

use crate::keys::new_key;
use crate::project::{DATE, Project};

fn key() -> Generated {
    new_key("2026-01-05T09:00:00Z", "2028-01-05T09:00:00Z")
}

/// The certificate of a key that was stolen on the twentieth of November.
pub fn revoked(key: &Generated) -> Vec<u8> {
    let cert = Cert::from_bytes(&*key.secret_armored).unwrap();
    let mut pair = cert.primary_key().key().clone().parts_into_secret().unwrap().into_keypair().unwrap();
    let seconds = "2026-11-20T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    let seconds = std::time::Duration::from_secs(u64::try_from(seconds).unwrap());
    let revocation = CertRevocationBuilder::new()
        .set_signature_creation_time(std::time::SystemTime::UNIX_EPOCH + seconds)
        .and_then(|it| it.set_reason_for_revocation(ReasonForRevocation::KeyCompromised, b"laptop stolen"))
        .and_then(|it| it.build(&mut pair, &cert, None))
        .unwrap();
    let (cert, _) = cert.insert_packets(Some(Packet::from(revocation))).unwrap();
    cert.strip_secret_key_material().armored().to_vec().unwrap()
}

fn add(project: &Project, id: &str, key: &Generated, file: &[u8], more: &str) {
    project.write(&format!("keys/{id}.asc"), file);
    let fingerprint = key.certificate.fingerprint();
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let entry = format!(
        "\n[[key]]\nid = \"{id}\"\nfile = \"keys/{id}.asc\"\nfingerprint = \"{fingerprint}\"\n{more}\n"
    );
    project.write("policy.toml", policy + &entry);
}

#[test]
fn a_revoked_certificate_stays_published() {
    let (old, new) = (key(), key());
    let project = Project::new();
    // The old one stands first, and is the last to be led to.
    add(&project, "old", &old, &revoked(&old), "holder = \"Stolen key\"");
    add(&project, "new", &new, &new.certificate.armored(), "purpose = [\"encrypt\", \"sign-advisories\"]");
    project.run("security-md").exits(0);
    let said = project.build().exits(0);
    assert!(!said.stderr.contains("-key]"), "{}", said.stderr);
    let output = project.output();
    let text = |path: &str| String::from_utf8(output[path].clone()).unwrap();
    let (old_print, new_print) =
        (old.certificate.fingerprint().to_string(), new.certificate.fingerprint().to_string());

    let page = text("keys/index.html");
    assert!(page.contains("Revoked on"), "{page}");
    assert!(page.contains("the secret key may be in other hands (laptop stolen)"), "{page}");
    assert!(page.contains("2026-11-20"), "{page}");
    assert!(page.find("id=\"k-new\"") < page.find("id=\"k-old\""), "what may be used comes first");

    let published = Certificate::parse(&output[&format!("keys/{old_print}.asc")]).unwrap();
    assert!(published.facts(DATE.parse().unwrap()).revoked.is_some());

    let mut looked_up =
        output.iter().filter(|(path, _)| path.contains("openpgpkey") && path.contains("/hu/"));
    let (_, bytes) = looked_up.next().unwrap();
    let certs = CertParser::from_bytes(bytes).unwrap().map(|cert| cert.unwrap().fingerprint().to_hex());
    assert_eq!(certs.collect::<Vec<_>>(), [new_print.clone(), old_print.clone()]);

    let security_txt = text(".well-known/security.txt");
    assert!(security_txt.contains(&new_print) && !security_txt.contains(&old_print), "{security_txt}");
    let home = text("index.html");
    assert!(!home.contains(&old.certificate.fingerprint().grouped()), "{home}");
    let about = std::fs::read_to_string(project.path("SECURITY.md")).unwrap();
    assert!(!about.contains(&old.certificate.fingerprint().grouped()), "{about}");
    assert!(about.contains(&new.certificate.fingerprint().grouped()), "{about}");
}

#[test]
fn alone_it_is_still_found() {
    let old = key();
    let project = Project::new();
    add(&project, "old", &old, &revoked(&old), "purpose = []");
    project.build().exits(0);
    let output = project.output();
    assert!(output.keys().any(|path| path.contains("/hu/")));
    assert!(!String::from_utf8_lossy(&output[".well-known/security.txt"]).contains("Encryption"));
}

#[test]
fn one_that_is_used_is_an_error() {
    let says = "error[expired-key]: the key was revoked on 2026-11-20: the secret key may be in other hands";
    let help = "this one stays published as revoked if it has no `purpose` and nothing names it";
    for purpose in ["encrypt", "sign-advisories", "sign-releases"] {
        let (project, old) = (Project::new(), key());
        add(&project, "old", &old, &revoked(&old), &format!("purpose = [\"{purpose}\"]"));
        project.build().exits(1).says(says).says(help);
    }
    let (project, old) = (Project::new(), key());
    add(&project, "old", &old, &revoked(&old), "[signing]\nkey = \"old\"");
    project.build().exits(1).says(says).says("[signing] names it");
    let (project, old) = (Project::new(), key());
    add(&project, "old", &old, &revoked(&old), "");
    project.edit("policy.toml", "kind    = \"email\"\n", "kind = \"email\"\nkey = \"old\"\n");
    project.build().exits(1).says(says).says("a contact names it");
}

#[test]
fn one_that_has_ended_is_the_same() {
    let says = "error[expired-key]: the key expired on 2026-06-05";
    let old = new_key("2026-01-05T09:00:00Z", "2026-06-05T09:00:00Z");
    for more in ["purpose = [\"sign-releases\"]", "[signing]\nkey = \"old\""] {
        let project = Project::new();
        add(&project, "old", &old, &old.certificate.armored(), more);
        project.build().exits(1).says(says).says("--quick-set-expire");
    }
    let project = Project::new();
    add(&project, "old", &old, &old.certificate.armored(), "");
    project.build().exits(0);
}

/// The revocation that was made with the key is what its owner publishes on that day, with gpg.
#[test]
fn the_revocation_of_a_new_key_fits_it() {
    let key = key();
    let packets = sequoia_openpgp::PacketPile::from_bytes(&key.revocation_armored).unwrap();
    let cert = Cert::from_bytes(&key.certificate.armored()).unwrap();
    let (cert, changed) = cert.insert_packets(packets.into_children()).unwrap();
    assert!(changed);
    let certificate = Certificate::parse(&cert.armored().to_vec().unwrap()).unwrap();
    let revoked = certificate.facts(DATE.parse().unwrap()).revoked.unwrap();
    assert_eq!(revoked.reason, "no reason given");
}
