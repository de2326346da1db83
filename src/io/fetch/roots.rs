//! Whose word on a host's name is taken: in goes the variable `SSL_CERT_FILE`, out come the authorities of TLS.
//!
//! Without it they are those that Mozilla trusts, which came along with the program: a verdict is the same on every
//! machine. With it they are those of the file and no others, as in curl and OpenSSL; so the portal of a company that is
//! its own authority can be verified. A file that cannot be read is an error, never a reason to trust others.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use crate::io::{escape, plain};

/// The variable.
pub(super) const VARIABLE: &str = "SSL_CERT_FILE";

/// The largest file. That of Debian has a fourth of a megabyte.
const MOST: u64 = 16 << 20;

/// Reads what the variable names, or says in words why that cannot be. A `local` host speaks no TLS, and is asked whatever
/// the variable says.
pub(super) fn configured(local: bool) -> Result<TlsConfig, String> {
    let named = std::env::var_os(VARIABLE).filter(|name| !name.is_empty() && !local);
    let roots = named.map_or(Ok(RootCerts::WebPki), |name| read(Path::new(&name)))?;
    Ok(TlsConfig::builder().root_certs(roots).build())
}

fn read(path: &Path) -> Result<RootCerts, String> {
    let refused = |why: &str| format!("`{}`, which {VARIABLE} names, {why}", escape::path(path));
    let unreadable = |error: std::io::Error| refused(&format!("cannot be read: {}", plain(&error)));
    // A pipe may never end.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(refused("is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MOST {
        return Err(refused("is too large to be a list of certificates"));
    }
    let mut certificates = Vec::new();
    for item in parse_pem(&bytes) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            // Some lists have other things beside them.
            Ok(_) => {}
            Err(_) => return Err(refused("is damaged: not all of it is PEM")),
        }
    }
    if certificates.is_empty() {
        return Err(refused("has no certificate in it (`-----BEGIN CERTIFICATE-----`)"));
    }
    Ok(certificates.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<usize, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.pem");
        std::fs::write(&path, text).unwrap();
        let count = read(&path).map(|roots| match roots {
            RootCerts::Specific(certificates) => certificates.len(),
            _ => 0,
        });
        count.map_err(|words| words.replace(&escape::path(&path), "roots.pem"))
    }

    #[test]
    fn a_list_is_read_and_words_between_are_not() {
        let one = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        assert_eq!(of(&format!("# The company's\n{one}\n# and the old one\n{one}")), Ok(2));
    }

    #[test]
    fn a_file_without_a_certificate_trusts_nobody() {
        assert_eq!(
            of("Ask the team.\n").unwrap_err(),
            "`roots.pem`, which SSL_CERT_FILE names, has no certificate in it (`-----BEGIN CERTIFICATE-----`)"
        );
        let cut = "-----BEGIN CERTIFICATE-----\nMAA=\n";
        assert_eq!(
            of(cut).unwrap_err(),
            "`roots.pem`, which SSL_CERT_FILE names, is damaged: not all of it is PEM"
        );
        let words = read(tempfile::tempdir().unwrap().path()).unwrap_err();
        assert!(words.ends_with("which SSL_CERT_FILE names, is not a file"), "{words}");
        let words = read(Path::new("/there/is/none.pem")).unwrap_err();
        assert!(
            words.ends_with("which SSL_CERT_FILE names, cannot be read: no such file or directory"),
            "{words}"
        );
    }
}
