//! What `build` and `sign` share: whose certificates count, what the release before left, and why there is no release.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::load::Loaded;
use super::secret;
use crate::diag::escape::short;
use crate::formats::manifest::Manifest;
use crate::formats::succession::Succession;
use crate::io::folder::Folder;
use crate::model::policy::Policy;
use crate::openpgp::{Certificate, Fingerprint, Signer};
use crate::routes::OutPath;
use crate::sign::handover::{Handover, handover};
use crate::sign::{Course, Forgotten, Memory, Seals, Unreleased, issue};
use crate::site::Site;
use crate::value::url::BaseUrl;
use crate::verify::place::Place;
use crate::{io, verify};

/// The largest file of a store that is read: manifests of the largest portals.
const STORE_CAP: u64 = crate::sign::memory::MANIFEST_CAP;

/// How many files a message lists before it counts the rest.
const LISTED: usize = 10;

/// The signing side of one run.
pub struct Signing {
    /// Makes what is missing.
    pub hand: Option<Signer>,
    /// Further keys at hand, which may have to sign that one signer succeeds another.
    pub others: Vec<Signer>,
    /// The release before.
    pub memory: Option<Memory>,
    store: BTreeMap<String, Vec<u8>>,
    previous: Option<Box<dyn Place>>,
    statements: BTreeMap<OutPath, Vec<u8>>,
}

impl Signing {
    /// A throwaway key, which has nothing to go on from.
    pub fn throwaway(hand: Signer) -> Self {
        Self { hand: Some(hand), ..Self::nothing() }
    }

    /// Reads the store of the policy's `[signing]`, and finds the release before: the newest of those in `previous`, in the
    /// store and in the old `output`. Without a key it is that of the store.
    pub fn open(
        globals: &Globals,
        loaded: &Loaded,
        hand: Option<Signer>,
        base_url: Option<&BaseUrl>,
        previous: Option<&Path>,
        output: Option<&Path>,
    ) -> Result<Self, Failure> {
        let Some(policy) = &loaded.parsed.policy else {
            return Ok(Self { hand, ..Self::nothing() });
        };
        let store = store(globals, policy)?;
        let named = previous.map(place).transpose()?;
        // Without a key, only what is committed counts: the same bytes must come out on every machine.
        let output = output.filter(|_| hand.is_some() && named.is_none());
        let old = output.filter(|folder| folder.is_dir()).map(place).transpose()?;
        let origin = base_url.unwrap_or(&policy.site.base_url.value).as_str();
        // Whose key is revoked may have signed what was published before.
        let certificates = certificates(loaded, policy, |_| true);
        let mut memory: Option<Memory> = None;
        let mut found =
            [(named.as_deref(), previous), (Some(&store as &dyn Place), None), (old.as_deref(), output)];
        if hand.is_none() {
            found.swap(0, 1);
        }
        for (place, path) in found {
            let Some(place) = place else { continue };
            let own = path.is_none() || path == output;
            match Memory::read(place, origin, &certificates, loaded.sources.judged, own) {
                // A release must go on from the newest there is: readers have seen it.
                Ok(read) if hand.is_some() => {
                    let newer = |memory: &Memory| memory.manifest.version < read.manifest.version;
                    if memory.as_ref().is_none_or(newer) {
                        memory = Some(read);
                    }
                }
                // Without a key the store is the release, if there is one; readers may have seen a newer.
                Ok(read) => match &memory {
                    None => memory = Some(read),
                    Some(stored) if stored.manifest.version < read.manifest.version => {
                        return Err(set_back(stored, &read, &path.map(io::escape::path).unwrap_or_default()));
                    }
                    Some(_) => {}
                },
                Err(Forgotten::Nothing) if path.is_some() && path == previous => {
                    check_empty(place, path)?;
                }
                Err(Forgotten::Nothing) => {}
                Err(why) => {
                    let shown = path.map_or_else(|| store_name(policy), io::escape::path);
                    // An old output is often a trial, unsigned or with a throwaway key.
                    let trial = path.is_some() && path == output;
                    let text = match why {
                        Forgotten::Unusable(why) if !trial => {
                            return Err(unusable(&shown, &why, path.is_none()));
                        }
                        Forgotten::Unusable(why) => format!("not gone on from: {why}"),
                        _ => "that of another site".to_owned(),
                    };
                    let text = format!("warning: the release in `{shown}` is {text}");
                    if trial { globals.detail(&text) } else { globals.say(&text) }
                }
            }
        }
        if memory.is_none() && hand.is_some() {
            globals.say("there is no release to go on from: this one is version 1");
        }
        if let Some(memory) = &memory {
            for former in former_without_key(memory, &certificates) {
                globals.say(&format!(
                    "warning: `{former}` handed over to others, and no [[key]] has its certificate: who pinned it cannot \
                     follow; keep the [[key]], without a `purpose`"
                ));
            }
            globals.detail(&format!("the release before is version {}", memory.manifest.version));
            for path in &memory.lost {
                let shown = short(path.as_str(), 120);
                globals.say(&format!("warning: `{shown}` of the release before is lost or changed"));
            }
        }
        Ok(Self { hand, memory, store, previous: named.or(old), ..Self::nothing() })
    }

    /// Takes the first of some keys to sign with, but for one that has signed already where more have to.
    pub fn take(&mut self, mut hands: Vec<Signer>) {
        let begun = self.memory.as_ref().filter(|memory| !memory.is_complete());
        let signed = |hand: &Signer| {
            begun.is_some_and(|memory| memory.signed_by.contains(&hand.certificate().fingerprint()))
        };
        hands.sort_by_key(signed);
        let mut hands = hands.into_iter();
        self.hand = hands.next();
        self.others = hands.collect();
    }

    fn nothing() -> Self {
        let (store, statements) = (BTreeMap::new(), BTreeMap::new());
        Self { hand: None, others: Vec::new(), memory: None, store, previous: None, statements }
    }

    /// The files of the store, by the path that they have in the output.
    pub fn store(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.store
    }

    /// Statements that go out with the release and are not in the one before.
    pub fn statements(&self) -> &BTreeMap<OutPath, Vec<u8>> {
        &self.statements
    }

    /// The statement that the policy's `succeeds` asks for, as far as it is signed. It goes out with the release once it is
    /// complete.
    pub fn hand_over(&mut self, site: &Site, judged: Timestamp) -> Result<Option<Handover>, Failure> {
        let hands: Vec<&Signer> = self.hand.iter().chain(&self.others).collect();
        match handover(site, self.memory.as_ref(), &self.store, &hands, judged) {
            Ok(Some(handover)) if handover.is_complete() => {
                self.statements = handover.files;
                Ok(None)
            }
            Ok(other) => Ok(other),
            Err(problem) => Err(failure(problem, site).err().unwrap_or(Failure::Printed(Exit::Content))),
        }
    }

    /// What the release takes its signatures from, and goes on from. `partial` as in [`Course`].
    pub fn course(&mut self, site: &Site, judged: Timestamp, partial: bool) -> Course<'_> {
        let certificates: Vec<Certificate> =
            site.signing_keys().filter_map(|key| key.certificate.clone()).collect();
        let mut stores: Vec<&dyn Place> = vec![&self.store];
        stores.extend(self.previous.as_deref());
        Course {
            seals: Seals::new(self.hand.as_ref(), &certificates, stores, site.date, judged),
            memory: self.memory.take(),
            statements: std::mem::take(&mut self.statements),
            judged,
            partial,
        }
    }
}

/// The certificates of the policy's keys whose ids are `wanted`, as far as they can be read.
fn certificates(loaded: &Loaded, policy: &Policy, wanted: impl Fn(&str) -> bool) -> Vec<Certificate> {
    let keys = policy.keys.iter().filter(|key| wanted(key.id.as_str()));
    let files = keys.filter_map(|key| loaded.sources.find(key.file.as_ref()?.as_str()));
    files.filter_map(|(_, source)| Certificate::parse(&source.bytes).ok()).collect()
}

/// The certificates of the policy's signers; with those that signed before them, or without.
pub fn signers(loaded: &Loaded, policy: &Policy, former: bool) -> Vec<Certificate> {
    let Some(signing) = &policy.signing else { return Vec::new() };
    certificates(loaded, policy, |id| {
        signing.names(id) || (former && signing.succeeds.iter().any(|it| it.as_str() == id))
    })
}

/// A folder that was named for its release and has none; one without any file is that of a first release.
fn check_empty(place: &dyn Place, path: Option<&Path>) -> Result<(), Failure> {
    if place.names().is_ok_and(|names| names.is_some_and(|names| names.is_empty())) {
        return Ok(());
    }
    let shown = path.map(io::escape::path).unwrap_or_default();
    let message = format!("there is no release in `{shown}`");
    Err(Failure::content(
        message,
        "name the folder that has `.well-known/secsite/manifest.json`, or leave --previous out",
    ))
}

/// Those who handed over to others, as the release before tells, and whose certificate is no longer published.
fn former_without_key(memory: &Memory, certificates: &[Certificate]) -> Vec<Fingerprint> {
    let statements = memory.carried.iter().filter(|(path, _)| path.succession_number().is_some());
    let mut former: Vec<Fingerprint> = statements
        .filter_map(|(_, bytes)| Succession::parse(bytes).ok())
        .flat_map(|statement| statement.from.fingerprints)
        .filter(|from| certificates.iter().all(|certificate| certificate.fingerprint() != *from))
        .collect();
    former.sort();
    former.dedup();
    former
}

/// The signers' keys that gpg-agent holds; with those that signed before them, or without.
pub fn held(loaded: &Loaded, former: bool) -> Result<Vec<Signer>, Failure> {
    let Some(policy) = &loaded.parsed.policy else { return Ok(Vec::new()) };
    let certificates = signers(loaded, policy, former);
    if certificates.is_empty() {
        let help = "export the public certificate there: `gpg --armor --export FINGERPRINT`";
        return Err(Failure::content("[signing].key names no certificate that can be read", help));
    }
    secret::agent(&certificates, loaded.sources.date, policy.site.base_url.value.as_str())
}

/// The secret key must be one whose certificate the policy names for signing.
pub fn check_hand(hand: &Signer, site: &Site) -> Result<(), Failure> {
    let ours = hand.certificate().fingerprint();
    let named: Vec<Fingerprint> =
        site.signing_keys().filter_map(|key| Some(key.certificate.as_ref()?.fingerprint())).collect();
    if named.contains(&ours) {
        return Ok(());
    }
    let grouped: Vec<String> = named.iter().map(Fingerprint::grouped).collect();
    let shown = if grouped.is_empty() { "no certificate".to_owned() } else { grouped.join(" and ") };
    let help = "use the secret key of that certificate, or correct [signing].key";
    Err(Failure::world(format!("the secret key is {}, the policy shows {shown}", ours.grouped()), help))
}

/// A release that was named, or committed, and cannot be gone on from. To begin anew would tell every reader who knows a
/// later version that the site was rolled back, and would throw its history away.
fn unusable(place: &str, why: &str, stored: bool) -> Failure {
    let anew = "to begin anew at version 1, which readers who know a later one will refuse,";
    let help = if stored {
        format!(
            "restore that folder as it was committed; if another key signs now, say which one it `succeeds`; \
             {anew} delete `{place}/.well-known/secsite`"
        )
    } else {
        format!("name the folder of the last release as it was published; {anew} leave --previous out")
    };
    Failure::content(format!("the release in `{place}` cannot be gone on from: {why}"), help)
}

/// A store that is older than what was published.
fn set_back(stored: &Memory, published: &Memory, place: &str) -> Failure {
    let (ours, theirs) = (stored.manifest.version, published.manifest.version);
    let message =
        format!("the store has version {ours}, and `{place}` version {theirs}, which readers have seen");
    Failure::content(message, "bring the store up to date, or run `secsite sign` where the key is")
}

/// A statement of succession that waits for signatures.
pub fn unfinished(handover: &Handover, site: &Site) -> Failure {
    let message =
        "the statement by which former signers hand over to those of the policy is not signed by both";
    Failure::content(message, next_signer(handover, site))
}

/// Who is to sign a statement next: the old before the new, who then sign all else as well.
pub fn next_signer(handover: &Handover, site: &Site) -> String {
    let next = if handover.former.is_empty() { &handover.present } else { &handover.former };
    format!("run `secsite sign` with the key of {}", names(site, next))
}

/// Why there is no release, in the words of a command; findings of recipes are the caller's.
pub fn failure(problem: Unreleased, site: &Site) -> Result<Vec<crate::diag::Diagnostic>, Failure> {
    Err(match problem {
        Unreleased::Findings(found) => return Ok(found),
        Unreleased::Io(error) => error.into(),
        Unreleased::Signer(problem) => problem.into(),
        Unreleased::Faulty { path, reason } => {
            let message = format!("the new signature over `{path}` does not verify: {reason}");
            Failure::world(message, faulty_help(&reason))
        }
        Unreleased::Missing(paths) => {
            let message = format!(
                "{} no stored signature that holds:\n{}",
                if paths.len() == 1 {
                    "this file has".to_owned()
                } else {
                    format!("{} files have", paths.len())
                },
                listed(&paths)
            );
            Failure::content(message, "run `secsite sign` where the key is, and commit what it writes")
        }
        Unreleased::Stale(lines) => {
            let message = if lines.is_empty() {
                "the signed manifest names other signers than the policy".to_owned()
            } else {
                format!("the site is not the one that was signed:\n{}", listed(&lines))
            };
            Failure::content(message, "run `secsite sign` where the key is, and commit what it writes")
        }
        Unreleased::Ended => {
            let help = "run `secsite sign` where the key is, and commit what it writes";
            Failure::content("the signed manifest has run out", help)
        }
        Unreleased::TooFew { have, need, waiting } => {
            let message = format!("the manifest has {have} of {need} signatures");
            Failure::content(message, format!("run `secsite sign` with the key of {}", names(site, &waiting)))
        }
    })
}

fn faulty_help(reason: &crate::openpgp::NotVerified) -> &'static str {
    match reason {
        crate::openpgp::NotVerified::UnknownSigner(_) => {
            "the certificate that the policy names has not this subkey: export it again with \
             `gpg --armor --export FINGERPRINT` or `secsite key export SECRET`"
        }
        _ => "the key or the program is faulty: try again, and if it stays so, report it",
    }
}

/// The signers of some fingerprints, as people know them.
pub fn names(site: &Site, fingerprints: &[Fingerprint]) -> String {
    let name = |fingerprint: &Fingerprint| {
        let certificate = |key: &&crate::site::keys::Key| {
            key.certificate.as_ref().is_some_and(|it| it.fingerprint() == *fingerprint)
        };
        let key = site.keys.iter().find(certificate);
        key.map_or_else(|| fingerprint.grouped(), |key| format!("`{}` ({})", key.id, fingerprint.grouped()))
    };
    fingerprints.iter().map(name).collect::<Vec<_>>().join(", or of ")
}

fn listed<T: ToString>(items: &[T]) -> String {
    let mut lines: Vec<String> =
        items.iter().take(LISTED).map(|item| format!("  {}", short(&item.to_string(), 160))).collect();
    if items.len() > LISTED {
        lines.push(format!("  and {} more", items.len() - LISTED));
    }
    lines.join("\n")
}

fn store_name(policy: &Policy) -> String {
    policy.signing.as_ref().map_or_else(String::new, |signing| short(signing.store.as_str(), 80))
}

/// The folder of the store.
pub fn store_folder(globals: &Globals, policy: &Policy) -> Option<PathBuf> {
    policy.signing.as_ref().map(|signing| globals.root.join(signing.store.as_str()))
}

/// Reports a stored manifest that has ended, or will soon. Whether it is signed is for the build to say.
pub fn check_store(globals: &Globals, loaded: &mut Loaded) -> Result<(), Failure> {
    let signing = loaded.parsed.policy.as_ref().and_then(|policy| policy.signing.as_ref());
    let Some(signing) = signing else { return Ok(()) };
    let file = globals.root.join(signing.store.as_str()).join(crate::routes::manifest().as_str());
    if !file.is_file() {
        return Ok(());
    }
    let bytes = io::read::read_named(&file, STORE_CAP)?;
    if let Ok(manifest) = Manifest::parse(&bytes) {
        issue::check_life(&manifest, signing.store.span, loaded.sources.judged, &mut loaded.diags);
    }
    Ok(())
}

/// Everything in the store; nothing, if there is none yet.
fn store(globals: &Globals, policy: &Policy) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let Some(signing) = &policy.signing else { return Ok(BTreeMap::new()) };
    io::store::read(&globals.root, Path::new(signing.store.as_str()), STORE_CAP).map_err(Failure::Io)
}

/// A folder with an earlier release; its files are read one by one, as they are asked for.
fn place(folder: &Path) -> Result<Box<dyn Place>, Failure> {
    Ok(Box::new(Folder::open(folder)?))
}

/// Reads a signed site back from where it is staged, as a stranger would who has pinned its signers. What a disk or a card
/// has spoiled is found here, and not by readers.
pub fn read_back(site: &Site, staged: &Path, judged: Timestamp) -> Result<(), Failure> {
    let certificates: Vec<Certificate> =
        site.signing_keys().filter_map(|key| key.certificate.clone()).collect();
    let threshold = issue::signers(site).threshold;
    let verdict =
        verify::published(&Folder::open(staged)?, &certificates, threshold, site.base.as_str(), judged);
    let Some(first) = verdict.findings.first() else { return Ok(()) };
    let file = first.path.as_ref().map(|path| format!("`{path}`: ")).unwrap_or_default();
    let message = format!("what was written does not verify: {file}{}", first.message);
    Err(Failure::world(
        message,
        "the disk or the program is at fault: try again, and if it stays so, report it",
    ))
}
