//! From `--signer` to pins: full fingerprints, and certificates' files.

use std::path::Path;

use super::Args;
use crate::cli::exit::Failure;
use crate::io;
use crate::openpgp::{Certificate, CertificateProblem, Fingerprint, transferable};
use crate::verify::Trust;

/// Whom the words on the command line trust.
pub(super) fn trust(args: &Args) -> Result<Trust, Failure> {
    let mut trust =
        Trust { threshold: args.threshold, first_use: args.trust_on_first_use, ..Trust::default() };
    for word in &args.signer {
        match word.parse::<Fingerprint>() {
            Ok(fingerprint) => {
                trust.pins.insert(fingerprint);
            }
            Err(_) if Path::new(word).is_file() => {
                let bytes = io::read::read_named(Path::new(word), transferable::LARGEST as u64)?;
                let certificate = Certificate::parse(&bytes).map_err(|problem| {
                    let file = io::escape::path(Path::new(word));
                    // The other help is for whoever is about to publish a file.
                    let help = match problem {
                        CertificateProblem::SecretKey => {
                            "give it to nobody; `secsite key export FILE` prints its certificate"
                        }
                        _ => problem.help(),
                    };
                    Failure::usage(format!("`{file}`: {problem}"), help)
                })?;
                trust.pins.insert(certificate.fingerprint());
                trust.certificates.push(certificate);
            }
            Err(_) if word.contains(['.', '/']) => {
                let shown = io::escape::text(word);
                let message = format!("--signer: there is no file `{shown}`, and it is no fingerprint");
                let help = "write all forty hex digits of the fingerprint, or name a certificate's file";
                return Err(Failure::usage(message, help));
            }
            Err(problem) => {
                let help = format!("{}, or name a certificate's file", problem.help);
                return Err(Failure::usage(format!("--signer: {}", problem.message), help));
            }
        }
    }
    Ok(trust)
}
