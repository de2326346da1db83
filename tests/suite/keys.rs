//! Keys for tests: made anew each time, so that no secret lies in the repository.

use secsite::openpgp::{Generated, NewKey};

use crate::project::Project;

/// A key for `security@example.org`.
pub fn new_key(created: &str, expires: &str) -> Generated {
    let new = NewKey {
        user_ids: vec!["Security team <security@example.org>".into()],
        created: created.parse().unwrap(),
        expires: Some(expires.parse().unwrap()),
        passphrase: None,
    };
    new.generate().unwrap()
}

/// Writes the certificate and the policy's lines about it; the secret goes to `secret.asc` outside of all areas of the
/// site, as a careful maintainer's would. `--key` takes its path.
pub fn sign_with(project: &Project, key: &Generated) -> String {
    project.write("keys/security.asc", key.certificate.armored());
    let policy = std::fs::read_to_string(project.path("policy.toml")).unwrap();
    let lines = format!(
        "\n[[key]]\nid = \"team\"\nfile = \"keys/security.asc\"\nfingerprint = \"{}\"\n\
         purpose = [\"encrypt\", \"sign-advisories\"]\n\n[signing]\nkey = \"team\"\n",
        key.certificate.fingerprint()
    );
    project.write("policy.toml", policy + &lines);
    write_secret(project, "secret.asc", &key.secret_armored);
    project.path("secret.asc").to_str().unwrap().to_owned()
}

/// Writes a file that only its owner may read, as secret keys must be.
pub fn write_secret(project: &Project, path: &str, secret: &[u8]) {
    project.write(path, secret);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(project.path(path), mode).unwrap();
    }
}
