//! What a run over a large site came to, so that the next one over the same inputs need not do it again.
//!
//! A recipe is a pure function of the site, and the site one of the sources, the options and the date. So in go all of
//! these, and out comes whether the last run had the same and what it left. Only hashes are noted, in the user's cache
//! folder; a lost receipt costs time alone. Findings are never noted: they are found anew in each run.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::formats::manifest::hex;
use crate::io::receipts;
use crate::site::Site;
use crate::source::Sources;

/// Smaller sites are made faster than anybody can look.
const LEAST: usize = 500;

/// The inputs of a run, and where they are noted.
pub struct Receipt {
    name: String,
    inputs: String,
}

/// What a run depends on besides the sources.
pub struct Course<'a> {
    /// The command.
    pub command: &'a str,
    /// The site's folder.
    pub root: &'a Path,
    /// Where the output goes, if it goes anywhere.
    pub output: Option<&'a Path>,
    /// Whether the date was asked for. Else any instant of one day does.
    pub dated: bool,
    /// All else that counts.
    pub other: &'a [&'a [u8]],
}

impl Receipt {
    /// The receipt of a run; `None` for a small site, and where it could not be noted.
    pub fn of(site: &Site, sources: &Sources, course: &Course<'_>) -> Option<Self> {
        let Course { command, root, output, dated, other } = course;
        if site.advisories.len() < LEAST {
            return None;
        }
        let place = |path: &Path| std::path::absolute(path).ok();
        let places = [Some(place(root)?), output.and_then(place)];
        let name = hex(&Sha256::digest(format!("{command} {places:?}")));
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(receipts::program()?.as_bytes());
        add(format!("{:?} {}", site.mark, site.base.as_str()).as_bytes());
        add(moment(site, sources, *dated).as_bytes());
        other.iter().for_each(|bytes| add(bytes));
        // Drafts are among the sources, and stay ones as long as the published are the same.
        site.advisories.iter().for_each(|advisory| add(advisory.id.as_str().as_bytes()));
        let files: Vec<_> = sources.files().map(|(_, file)| file).collect();
        let hashes: Vec<[u8; 32]> = files
            .par_iter()
            .map(|file| {
                // Its content's hash has one length, so what follows is the path and nothing else.
                let content = Sha256::digest(&file.bytes);
                Sha256::new().chain_update(content).chain_update(&file.path).finalize().into()
            })
            .collect();
        hashes.iter().for_each(|hash| add(hash));
        Some(Self { name, inputs: hex(&hash.finalize()) })
    }

    /// What the last run over the same inputs noted of its outcome.
    pub fn outcome(&self) -> Option<String> {
        let noted = receipts::read(&self.name)?;
        noted.strip_prefix(&self.inputs)?.strip_prefix(' ').map(str::to_owned)
    }

    /// Notes the outcome: one line.
    pub fn keep(&self, outcome: &str) {
        receipts::keep(&self.name, &format!("{} {outcome}", self.inputs));
    }
}

/// All of the date that a page can show or a signature depend on: the day, and how each certificate stands.
fn moment(site: &Site, sources: &Sources, dated: bool) -> String {
    let certificates = || site.keys.iter().filter_map(|key| key.certificate.as_ref());
    let facts = |at| certificates().map(|it| format!("{:?}", it.facts(at))).collect::<Vec<_>>();
    let exact = dated.then_some(sources.date);
    format!("{exact:?} {} {:?} {:?}", site.today(), facts(sources.date), facts(sources.judged))
}
