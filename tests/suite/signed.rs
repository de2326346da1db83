//! A small signed site, to be attacked: built once by the program, copied for each test, changed and signed again with
//! the library where the attack wants that.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use secsite::formats::manifest::{FileRecord, Manifest};
use secsite::openpgp::{Generated, Signer};
use secsite::routes::OutPath;
use sha2::{Digest, Sha256};

use crate::keys::{new_key, sign_with};
use crate::project::{DATE, Project, Ran, read_tree};

pub const MANIFEST: &str = ".well-known/secsite/manifest.json";
pub const SECURITY_TXT: &str = ".well-known/security.txt";
pub const ORIGIN: &str = "https://security.example.org/";

/// The files of the site, and the key that signed them.
pub fn template() -> &'static (std::collections::BTreeMap<String, Vec<u8>>, Generated) {
    static TEMPLATE: OnceLock<(std::collections::BTreeMap<String, Vec<u8>>, Generated)> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let project = Project::new();
        let key = new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let secret = sign_with(&project, &key);
        project.run(&format!("build --key {secret} --date {DATE}")).exits(0);
        (project.output(), key)
    })
}

/// A copy of the site in a folder of its own, with a place for what is remembered beside it.
pub struct Signed {
    pub project: Project,
    pub key: &'static Generated,
}

impl Signed {
    pub fn new() -> Self {
        let (files, key) = template();
        let project = Project::empty();
        for (path, bytes) in files {
            project.write(&format!("public/{path}"), bytes);
        }
        Self { project, key }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.project.path("public").join(path)
    }

    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.project.write(&format!("public/{path}"), bytes);
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub fn fingerprint(&self) -> String {
        self.key.certificate.fingerprint().to_string()
    }

    /// Runs `verify public` at [`DATE`], with these words besides.
    pub fn verify(&self, words: &str) -> Ran {
        self.verify_at(DATE, words)
    }

    pub fn verify_at(&self, date: &str, words: &str) -> Ran {
        let mut command = self.project.command(["verify"]);
        command.arg(self.project.path("public")).args(["--date", date]).args(words.split_whitespace());
        Ran::of(command.env("XDG_STATE_HOME", self.project.path("state")))
    }

    /// The same with the signer pinned and nothing remembered.
    pub fn judged(&self) -> Ran {
        self.verify(&format!("--no-state --signer {}", self.fingerprint()))
    }

    /// The same with the signer pinned, and remembered.
    pub fn pinned(&self) -> Ran {
        self.verify(&format!("--signer {}", self.fingerprint()))
    }

    pub fn manifest(&self) -> Manifest {
        Manifest::parse(&self.read(MANIFEST)).unwrap()
    }

    pub fn signer(&self) -> Signer {
        signer(self.key)
    }

    /// Changes the manifest and signs it again, as somebody with the key could.
    pub fn reissue(&self, change: impl FnOnce(&mut Manifest)) {
        let mut manifest = self.manifest();
        change(&mut manifest);
        self.offer(&manifest.to_json());
    }

    /// Puts these bytes in the manifest's place, signed.
    pub fn offer(&self, manifest: &[u8]) {
        self.write(MANIFEST, manifest);
        self.write(
            &format!("{MANIFEST}.asc"),
            self.signer().sign_detached(manifest, DATE.parse().unwrap()).unwrap(),
        );
    }

    /// Lists every file as it lies there, and signs that. Files that were not there before are missing in `SHA256SUMS`,
    /// as old manifests may be.
    pub fn relist(&self, change: impl FnOnce(&mut Manifest)) {
        let files = read_tree(&self.project.path("public"));
        self.reissue(|manifest| {
            let listed = files.iter().filter(|(path, _)| !path.starts_with(MANIFEST));
            manifest.files = listed.map(|(path, bytes)| record(path, bytes)).collect();
            change(manifest);
        });
    }

    /// The same with new sums, as a build would have them.
    pub fn relist_all(&self) {
        let files = read_tree(&self.project.path("public"));
        let summed =
            files.iter().filter(|(path, _)| !path.starts_with(MANIFEST) && !path.starts_with("SHA256SUMS"));
        let records: Vec<FileRecord> = summed.map(|(path, bytes)| record(path, bytes)).collect();
        let sums = secsite::formats::checksums::checksums(&records);
        self.write("SHA256SUMS.asc", self.signer().sign_detached(&sums, DATE.parse().unwrap()).unwrap());
        self.write("SHA256SUMS", sums);
        self.relist(|_| {});
    }
}

pub fn signer(key: &Generated) -> Signer {
    Signer::from_secret(&key.secret_armored, &mut || None, DATE.parse().unwrap()).unwrap()
}

pub fn record(path: &str, bytes: &[u8]) -> FileRecord {
    FileRecord { path: OutPath::parse(path).unwrap(), size: bytes.len() as u64, sha256: hash(bytes) }
}

pub fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
