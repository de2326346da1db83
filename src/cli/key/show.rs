//! `secsite key show`: what the key page says, as text.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, print_data};
use crate::cli::{load, policy};
use crate::io;
use crate::openpgp::facts::{CertificateFacts, Revocation, SubkeyFacts};
use crate::openpgp::{Certificate, CertificateProblem};

/// `secsite key show`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A certificate file, or the id of a key in the policy; without it, all keys of the policy.
    #[arg(value_name = "FILE|ID")]
    key: Option<String>,
}

pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let now = io::clock::now();
    let files: Vec<PathBuf> = match &args.key {
        Some(file) if Path::new(file).is_file() => vec![PathBuf::from(file)],
        wanted => of_policy(globals, wanted.as_deref())?,
    };
    let mut pages = Vec::new();
    for file in files {
        let bytes = io::read::read_named(&file, super::CAP)?;
        let certificate = Certificate::parse(&bytes).map_err(|problem| {
            let help = match problem {
                CertificateProblem::SecretKey => {
                    "`secsite key export FILE` prints the certificate of a secret key"
                }
                _ => problem.help(),
            };
            Failure::content(format!("`{}`: {problem}", io::escape::path(&file)), help)
        })?;
        pages.push(page(&certificate, now));
    }
    print_data(pages.join("\n").as_bytes())?;
    Ok(Exit::Clean)
}

/// The files of the policy's keys, or of the one that is asked for.
fn of_policy(globals: &Globals, wanted: Option<&str>) -> Result<Vec<PathBuf>, Failure> {
    let loaded = load::load(globals, &[], None)?;
    let keys = &policy::of(globals, &loaded)?.keys;
    let chosen = keys.iter().filter(|key| wanted.is_none_or(|id| key.id.as_str() == id));
    let files: Vec<PathBuf> =
        chosen.filter_map(|key| Some(globals.root.join(key.file.as_ref()?.as_str()))).collect();
    if !files.is_empty() {
        return Ok(files);
    }
    let help = "name a file, or the `id` of a [[key]] that has one; `secsite key new` makes a key";
    Err(match wanted {
        Some(id) => {
            Failure::usage(format!("there is no key or file `{}`", crate::diag::escape::short(id, 60)), help)
        }
        None => Failure::content("the policy names no certificate", help),
    })
}

fn page(certificate: &Certificate, now: Timestamp) -> String {
    let facts: CertificateFacts = certificate.facts(now);
    let mut out = format!("fingerprint  {}\n", facts.fingerprint.grouped());
    for (i, id) in facts.user_ids.iter().enumerate() {
        out.push_str(&format!("{:<13}{}\n", if i == 0 { "holder" } else { "" }, id.text));
    }
    let life = life(facts.created, facts.expires, facts.revoked.as_ref());
    out.push_str(&format!("primary      {}, {life}\n", facts.algorithm));
    for subkey in &facts.subkeys {
        out.push_str(&self::subkey(subkey));
    }
    for (what, problems) in [
        ("signing", certificate.problems_for_signing(now)),
        ("encryption", certificate.problems_for_encryption(now)),
    ] {
        let fit = problems.first().map_or_else(|| "fit".to_owned(), ToString::to_string);
        out.push_str(&format!("{what:<13}{fit}\n"));
    }
    out
}

fn subkey(subkey: &SubkeyFacts) -> String {
    let use_ = match (subkey.can_sign, subkey.can_encrypt) {
        (true, true) => "signs and encrypts",
        (true, false) => "signs",
        (false, true) => "encrypts",
        (false, false) => "neither signs nor encrypts",
    };
    let life = life(subkey.created, subkey.expires, subkey.revoked.as_ref());
    format!("subkey       {}, {use_}, {life}\n", subkey.algorithm)
}

fn life(created: Timestamp, expires: Option<Timestamp>, revoked: Option<&Revocation>) -> String {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let end = expires.map_or_else(|| "no end".to_owned(), |end| format!("ends {}", day(end)));
    let revoked =
        revoked.map_or_else(String::new, |said| format!(", revoked {}: {}", day(said.date), said.reason));
    format!("made {}, {end}{revoked}", day(created))
}
