//! OpenPGP against the program our readers use: what secsite makes, gpg must take, and the reverse.
//!
//! Each test has a GNUPGHOME of its own, made for it and gone after it, agent included. Where there is no gpg, the tests
//! say so and pass.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "these tests run another program")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test binary")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;
use secsite::openpgp::canonical;
use secsite::openpgp::new_key::export_signing_subkey;
use secsite::openpgp::{
    Certificate, Fingerprint, Generated, NewKey, Passphrase, Signer, SignerProblem, verify_cleartext,
    verify_detached,
};
use tempfile::TempDir;

const TEXT: &str = "Contact: mailto:security@example.org\nExpires: 2027-05-01T00:00:00Z\n";

/// A home for gpg. The agent that gpg starts in it is told to end when it goes.
struct Gpg(TempDir);

impl Gpg {
    fn home() -> Option<Self> {
        let found = Command::new("gpg").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !found.is_ok_and(|status| status.success()) {
            println!("skipped: no gpg");
            return None;
        }
        let home = tempfile::Builder::new().prefix("gpg").tempdir().unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        }
        Some(Self(home))
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn try_run(&self, args: &[&str]) -> Output {
        Command::new("gpg")
            .env("GNUPGHOME", self.0.path())
            .env("LC_ALL", "C")
            .args(["--batch", "--no-tty", "--yes", "--pinentry-mode", "loopback"])
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs gpg, which must succeed, and gives its output.
    fn run(&self, args: &[&str]) -> Vec<u8> {
        let output = self.try_run(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "gpg {args:?}: {said}");
        output.stdout
    }

    fn generate(&self, user_id: &str, algorithm: &str, passphrase: &str) -> String {
        self.run(&[
            "--passphrase",
            passphrase,
            "--quick-generate-key",
            user_id,
            algorithm,
            "sign,cert",
            "1y",
        ]);
        let listed = String::from_utf8(self.run(&["--with-colons", "--list-keys", user_id])).unwrap();
        let line = listed.lines().find(|line| line.starts_with("fpr:")).unwrap();
        line.trim_matches(':').rsplit(':').next().unwrap().to_owned()
    }

    fn certificate(&self, fingerprint: &str) -> Certificate {
        Certificate::parse(&self.run(&["--armor", "--export", fingerprint])).unwrap()
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        let kill = ["--kill", "gpg-agent"];
        let _ = Command::new("gpgconf").env("GNUPGHOME", self.0.path()).args(kill).output();
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn now() -> Timestamp {
    // A second ago, so that gpg, whose clock counts whole seconds, sees no future.
    Timestamp::from_second(Timestamp::now().as_second() - 1).unwrap()
}

fn made(passphrase: Option<&str>) -> Generated {
    NewKey {
        user_ids: vec!["Example <security@example.org>".into()],
        created: now(),
        expires: Some(Timestamp::from_second(now().as_second() + 86_400 * 365).unwrap()),
        passphrase: passphrase.map(Passphrase::from),
    }
    .generate()
    .unwrap()
}

#[test]
fn gpg_verifies_what_we_sign() {
    let Some(gpg) = Gpg::home() else { return };
    let key = made(None);
    let signer = Signer::from_secret(&key.secret_armored, &mut || None, now()).unwrap();
    let at = now();
    gpg.run(&["--import", path(&gpg.file("cert.asc", &key.certificate.armored()))]);

    let data = gpg.file("data", b"some bytes\r\n\0");
    let signature = gpg.file("data.asc", &signer.sign_detached(b"some bytes\r\n\0", at).unwrap());
    gpg.run(&["--verify", path(&signature), path(&data)]);
    let wrong = gpg.file("wrong", b"other bytes");
    assert!(!gpg.try_run(&["--verify", path(&signature), path(&wrong)]).status.success());

    let clear = gpg.file("security.txt", &signer.sign_cleartext(TEXT, at).unwrap());
    gpg.run(&["--verify", path(&clear)]);
    assert_eq!(gpg.run(&["--decrypt", path(&clear)]), TEXT.as_bytes());

    // A directory's file is enough to verify with.
    let other = Gpg::home().unwrap();
    let minimal = key.certificate.minimal_for("security@example.org").unwrap();
    other.run(&["--import", path(&other.file("cert.bin", &minimal))]);
    other.run(&["--verify", path(&clear)]);
}

#[test]
fn gpg_uses_a_key_of_ours_for_everything() {
    let Some(gpg) = Gpg::home() else { return };
    let key = made(Some("correct horse"));
    gpg.run(&["--import", path(&gpg.file("secret.asc", &key.secret_armored))]);
    let fingerprint = key.certificate.fingerprint().to_string();

    let data = gpg.file("data", b"data");
    let signed = path(&gpg.0.path().join("data.sig")).to_owned();
    gpg.run(&[
        "--passphrase",
        "correct horse",
        "--digest-algo",
        "SHA512",
        "-o",
        &signed,
        "--detach-sign",
        path(&data),
    ]);
    let tidied = canonical::tidy(&std::fs::read(&signed).unwrap()).unwrap();
    let pinned = std::slice::from_ref(&key.certificate);
    let verified = verify_detached(pinned, b"data", &tidied, now()).unwrap();
    assert_eq!(verified.signer, key.certificate.fingerprint());

    let text = gpg.file("text", TEXT.as_bytes());
    let clear = gpg.run(&[
        "--passphrase",
        "correct horse",
        "--digest-algo",
        "SHA512",
        "-o",
        "-",
        "--clearsign",
        path(&text),
    ]);
    assert!(verify_cleartext(pinned, &clear, now()).is_err(), "gpg's own frame is not ours");
    let tidied = canonical::tidy_cleartext(TEXT, &clear).unwrap();
    assert_eq!(verify_cleartext(pinned, &tidied, now()).unwrap().0, TEXT);

    let sealed = gpg.file(
        "sealed",
        &gpg.run(&["--trust-model", "always", "-r", &fingerprint, "-o", "-", "--encrypt", path(&data)]),
    );
    assert_eq!(gpg.run(&["--passphrase", "correct horse", "--decrypt", path(&sealed)]), b"data");

    // The revocation works, and we see it afterwards.
    gpg.run(&["--import", path(&gpg.file("revocation.asc", &key.revocation_armored))]);
    let revoked = gpg.certificate(&fingerprint);
    assert!(revoked.facts(now()).revoked.is_some());
    assert!(verify_detached(&[revoked], b"data", &std::fs::read(&signed).unwrap(), now()).is_err());
}

#[test]
fn gpg_takes_the_signing_subkey_alone() {
    let Some(gpg) = Gpg::home() else { return };
    let key = made(None);
    let exported = export_signing_subkey(&key.secret_armored, now()).unwrap();
    gpg.run(&["--import", path(&gpg.file("ci.asc", &exported))]);
    let listed = String::from_utf8(gpg.run(&["--with-colons", "--list-secret-keys"])).unwrap();
    // Field 15 of a secret key's line is `#` where the secret is missing.
    let here = |line: &str| line.split(':').nth(14) != Some("#");
    let present: Vec<&str> = listed
        .lines()
        .filter(|l| l.starts_with("sec:") || l.starts_with("ssb:"))
        .filter(|l| here(l))
        .collect();
    assert_eq!(present.len(), 1, "{listed}");
    assert!(present[0].starts_with("ssb:"));
    gpg.run(&["-o", "-", "--detach-sign", path(&gpg.file("data", b"data"))]);
}

#[test]
fn we_sign_with_keys_of_gpg() {
    let Some(gpg) = Gpg::home() else { return };
    for (user_id, passphrase) in
        [("Open <open@example.org>", ""), ("Closed <closed@example.org>", "correct horse")]
    {
        let fingerprint = gpg.generate(user_id, "ed25519", passphrase);
        let secret = gpg.run(&["--passphrase", passphrase, "--armor", "--export-secret-keys", &fingerprint]);
        let at = Timestamp::now();
        let mut ask = || (!passphrase.is_empty()).then(|| Passphrase::from(passphrase));
        let signer = Signer::from_secret(&secret, &mut ask, at).unwrap();
        assert_eq!(signer.certificate().fingerprint(), fingerprint.parse::<Fingerprint>().unwrap());
        let data = gpg.file("data", b"data");
        let signature = gpg.file("data.asc", &signer.sign_detached(b"data", at).unwrap());
        gpg.run(&["--verify", path(&signature), path(&data)]);
        if !passphrase.is_empty() {
            let wrong = Signer::from_secret(&secret, &mut || Some(Passphrase::from("wrong")), at);
            assert_eq!(wrong.unwrap_err(), SignerProblem::WrongPassphrase);
        }
    }
    // The shape gpg exports for CI: the primary secret is a placeholder.
    let fingerprint = gpg.generate("Subkey <subkey@example.org>", "ed25519", "");
    gpg.run(&["--passphrase", "", "--quick-add-key", &fingerprint, "ed25519", "sign", "1y"]);
    let secret = gpg.run(&["--armor", "--export-secret-subkeys", &fingerprint]);
    let signer = Signer::from_secret(&secret, &mut || None, Timestamp::now()).unwrap();
    assert!(!signer.has_primary_secret());
}

#[test]
fn rsa_is_read_and_verified_but_never_signed_with() {
    let Some(gpg) = Gpg::home() else { return };
    let fingerprint = gpg.generate("Old <old@example.org>", "rsa3072", "");
    let certificate = gpg.certificate(&fingerprint);
    assert_eq!(certificate.facts(Timestamp::now()).algorithm, "RSA 3072");
    assert_eq!(certificate.problems_for_signing(Timestamp::now()), []);

    let data = gpg.file("data", b"data");
    let signature = gpg.run(&["--digest-algo", "SHA512", "--armor", "-o", "-", "--detach-sign", path(&data)]);
    let tidied = canonical::tidy(&signature).unwrap();
    let pinned = [certificate];
    assert!(verify_detached(&pinned, b"data", &tidied, Timestamp::now()).is_ok());
    assert!(verify_detached(&pinned, b"date", &tidied, Timestamp::now()).is_err());
    for i in (0..tidied.len() * 8).step_by(7) {
        let mut flipped = tidied.clone();
        flipped[i / 8] ^= 1 << (i % 8);
        assert!(verify_detached(&pinned, b"data", &flipped, Timestamp::now()).is_err(), "bit {i}");
    }

    let secret = gpg.run(&["--armor", "--export-secret-keys", &fingerprint]);
    let refused =
        Signer::from_secret(&secret, &mut || panic!("asked for a passphrase"), Timestamp::now()).unwrap_err();
    assert!(matches!(refused, SignerProblem::RsaSecret(_)), "{refused}");
    assert!(refused.help().contains("gpg-agent"));
}

/// The rule of `openpgp.rs`, held by looking: outside the one door, no source file of the crate names what could use a
/// secret key, nor asks for RSA keys. Tests are left out; they make the keys that are turned away.
#[test]
fn there_is_one_door_to_secret_keys() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inner = path.strip_prefix(&root).unwrap();
            if inner.iter().any(|name| name == "tests.rs" || name == "tests" || name == "signing_key")
                || path.ends_with("openpgp/signing_key.rs")
            {
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            seen += 1;
            let source = std::fs::read_to_string(&path).unwrap();
            for word in [
                "KeyPair",
                "into_keypair",
                "Decryptor",
                "crypto::Signer",
                "ed25519_dalek",
                "CipherSuite::RSA",
                "use rsa",
                "rsa::",
            ] {
                assert!(!source.contains(word), "{} names `{word}`", path.display());
            }
        }
    }
    assert!(seen > 10, "the sources were found");
}
