//! What `build` and `sign` share: whose certificates count, what the release before left, and why there is no release.

mod past;
mod refusal;
pub mod store;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::load::Loaded;
use super::secret;
use crate::io::folder::{Folder, Found};
use crate::model::policy::Policy;
use crate::openpgp::{Certificate, Fingerprint, Signer};
use crate::routes::OutPath;
use crate::sign::handover::{Handover, handover};
use crate::sign::{Course, Memory, Release, Seals, issue};
use crate::site::Site;
use crate::value::url::BaseUrl;
use crate::verify::place::Place;

pub use refusal::{failure, names, next_signer, unfinished};

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
        let store = store::read(globals, policy)?;
        let past = past::Past { loaded, policy, store: &store, with_key: hand.is_some() };
        let origin = base_url.unwrap_or(&policy.site.base_url.value).as_str();
        let (memory, place) = past.find(globals, origin, previous, output)?;
        Ok(Self { hand, memory, previous: place, store, ..Self::nothing() })
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
        let mut stores: Vec<&dyn Place> = vec![&self.store];
        stores.extend(self.previous.as_deref());
        Course {
            seals: Seals::new(self.hand.as_ref(), &site.signing_certificates(), stores, site.date, judged),
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
    let named = issue::signers(site).fingerprints;
    if named.contains(&ours) {
        return Ok(());
    }
    let grouped: Vec<String> = named.iter().map(Fingerprint::grouped).collect();
    let shown = if grouped.is_empty() { "no certificate".to_owned() } else { grouped.join(" and ") };
    let help = "use the secret key of that certificate, or correct [signing].key";
    Err(Failure::world(format!("the secret key is {}, the policy shows {shown}", ours.grouped()), help))
}

/// Reads from the disk what every reader begins with, where it is staged: whether the bytes are those that were signed.
/// Their signatures were judged when they were made or taken from the store.
pub fn read_back(release: &Release, staged: &Path) -> Result<(), Failure> {
    let folder = Folder::open(staged)?;
    for record in &release.first_read {
        let found = folder.file(Path::new(record.path.as_str()), record.size)?;
        if !matches!(&found, Found::Bytes(bytes) if record.is_of(bytes)) {
            let message = format!("`{}` is not what was written there a moment ago", record.path);
            let help = "the disk or another program is at fault: try again, and if it stays so, report it";
            return Err(Failure::world(message, help));
        }
    }
    Ok(())
}
