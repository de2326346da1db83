//! `secsite sign`: makes the signatures that are missing, where the key is, so that a build needs none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::load::{self, Loaded, Resolved};
use super::progress::Progress;
use super::signing::store::{self, Changes, Files};
use super::signing::{self, Signing};
use super::{policy, secret, shown};
use crate::diag::Diagnostics;
use crate::openpgp::{Certificate, Signer};
use crate::plan::{Plan, Seal};
use crate::routes::{self, OutPath};
use crate::sign::handover::{self, Handover};
use crate::sign::{Release, issue, release};
use crate::site::{Mark, Options, Site};
use crate::value::counted::counted;

/// `secsite sign`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File with the secret key; else the variable SECSITE_SIGNING_KEY, else gpg-agent.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Ask gpg-agent for the key even if the variable is set.
    #[arg(long, conflicts_with = "key")]
    agent: bool,
    /// Date of the signatures and of the pages (RFC 3339); else SOURCE_DATE_EPOCH, else now.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Leave a rule out; may be given several times.
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
}

impl Args {
    /// With the key of a file or gpg-agent's, dated now.
    pub fn with(key: Option<PathBuf>, agent: bool) -> Self {
        Self { key, agent, date: None, allow: Vec::new() }
    }
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let mut loaded = load::load(globals, &[], args.date.as_deref())?;
    load::allow(&mut loaded.levels, &args.allow)?;
    let Some(store) = store::folder(globals, policy::of(globals, &loaded)?) else {
        let help = "add [signing] with `key`, and the [[key]] that it names; `secsite key new` makes one";
        return Err(Failure::content("the policy has no [signing]", help));
    };
    let hands = hands(args, &loaded)?;
    let mut signing = Signing::open(globals, &loaded, None, None, None, None)?;
    signing.take(hands);
    join(&mut loaded, &signing);
    let mut resolved = load::resolve(loaded, &Options { mark: Mark::Signed, ..Options::default() });
    let plan = resolved.plan();
    let findings = resolved.judge();
    resolved.print(globals, &findings)?;
    let (Some(site), Some(plan), 0) = (&resolved.site, &plan, findings.denied()) else {
        globals.say("nothing was signed");
        return Ok(resolved.stopped());
    };
    let work = Work { globals, resolved: &resolved, site, plan, store, before: signing.store().clone() };
    work.warn_of_lost_versions(&signing);
    work.check_hand(&signing)?;
    if let Some(handover) = signing.hand_over(site, resolved.sources.judged)? {
        return work.begin(&handover);
    }
    if signing.hand.as_ref().is_some_and(|hand| is_former(hand, site)) {
        return work.finish_former(&signing);
    }
    let Some((release, kept)) = work.sign(&mut signing)? else {
        globals.say("nothing was signed");
        return Ok(Exit::Content);
    };
    let changes = store::save(&work.store, &work.before, &kept)?;
    work.tell(&release, &changes);
    Ok(Exit::Clean)
}

/// A sound site that is to be signed, and the store that the signatures go to.
struct Work<'a> {
    globals: &'a Globals,
    resolved: &'a Resolved,
    site: &'a Site,
    plan: &'a Plan,
    /// The folder.
    store: PathBuf,
    /// What was in it when the run began.
    before: Files,
}

impl Work<'_> {
    fn warn_of_lost_versions(&self, signing: &Signing) {
        if signing.memory.is_none() && self.before.iter().any(|(path, bytes)| store::is_ours(path, bytes)) {
            self.globals.say(&format!(
                "warning: `{}` has signatures but no signed manifest, so versions begin at 1 again; where the site is published \
                 already, readers take that for a rollback: restore the folder with git first",
                self.shown_store(),
            ));
        }
    }

    /// The key at hand is one of the policy's, or was.
    fn check_hand(&self, signing: &Signing) -> Result<(), Failure> {
        let Some(hand) = &signing.hand else { return Ok(()) };
        self.globals.detail(&format!("signing with {}", hand.certificate().fingerprint().grouped()));
        if is_former(hand, self.site) { Ok(()) } else { signing::check_hand(hand, self.site) }
    }

    /// Makes the release and keeps what only the owner of a key can make; `None` if findings have stopped it, which are
    /// printed.
    fn sign(&self, signing: &mut Signing) -> Result<Option<(Release, Files)>, Failure> {
        // gpg-agent may ask for a passphrase on this very terminal.
        let asks = signing.hand.as_ref().is_some_and(Signer::is_held);
        let begin = if asks { Progress::unseen } else { Progress::new };
        let progress = begin(self.globals, "Signing", self.plan.len());
        let kept = Mutex::new(Files::new());
        let ours = stored(self.plan);
        let sink = |path: &OutPath, bytes: &[u8]| {
            if ours.contains(path) || path.tells_of_the_past() {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(path.as_str().to_owned(), bytes.to_vec());
            }
            Ok(())
        };
        let course = signing.course(self.site, self.resolved.sources.judged, true);
        let result = release(self.site, self.plan, Some(course), &sink, &|| progress.step());
        progress.finish();
        match result {
            Ok(release) => Ok(Some((release, kept.into_inner().unwrap_or_else(PoisonError::into_inner)))),
            Err(problem) => {
                let mut diags = Diagnostics::default();
                signing::failure(problem, self.site)?.into_iter().for_each(|finding| diags.push(finding));
                self.resolved.print(self.globals, &diags.judge(&self.resolved.levels))?;
                Ok(None)
            }
        }
    }

    /// Writes a statement of succession that more have to sign: until then there is nothing else to sign.
    fn begin(&self, handover: &Handover) -> Result<Exit, Failure> {
        let next = signing::next_signer(handover, self.site);
        if !handover.signed {
            self.globals.say(&format!("nothing to sign with this key; {next}"));
            return Ok(Exit::Clean);
        }
        self.write_statement(&handover.files)?;
        self.globals.say(&format!("signed the statement of succession; now {next}"));
        Ok(Exit::Clean)
    }

    /// Writes the statement that a former signer has completed: the rest is for the new ones.
    fn finish_former(&self, signing: &Signing) -> Result<Exit, Failure> {
        let new = self.write_statement(signing.statements())?;
        let done =
            if new { "signed the statement of succession" } else { "nothing to sign with a former key" };
        self.globals.say(&format!("{done}; now run `secsite sign` with the new key"));
        Ok(Exit::Clean)
    }

    /// Whether anything was new.
    fn write_statement(&self, files: &BTreeMap<OutPath, Vec<u8>>) -> Result<bool, Failure> {
        let kept = files.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.clone()));
        // What else is in the store stays: it is that of the release before.
        let all: Files = self.before.clone().into_iter().chain(kept).collect();
        Ok(store::save(&self.store, &self.before, &all)?.written > 0)
    }

    fn tell(&self, release: &Release, changes: &Changes) {
        let (globals, store) = (self.globals, self.shown_store());
        if changes.written == 0 && changes.pruned == 0 {
            let all = counted(release.reused, "signature");
            globals.say(&format!("nothing to sign: {all} of version {} hold", release.version));
        } else {
            globals.say(&format!(
                "signed version {}: {} made, {} reused ({} written to {store}, {} removed)",
                release.version,
                counted(release.made, "signature"),
                release.reused,
                counted(changes.written, "file"),
                changes.pruned,
            ));
        }
        if release.waiting.is_empty() {
            let until = release.expires.strftime("%Y-%m-%d");
            globals.say(&format!("good until {until}; commit {store}, then `secsite build` needs no key"));
        } else {
            let names = signing::names(self.site, &release.waiting);
            globals.say(&format!("it counts once more signers have signed: commit {store}, then run `secsite sign` with the key of {names}"));
        }
    }

    fn shown_store(&self) -> String {
        let store = self.site.policy.signing.as_ref().map_or("", |signing| signing.store.as_str());
        shown::path(&self.globals.root, store)
    }
}

/// Whether a key signed before those of the policy, and does no longer.
fn is_former(hand: &Signer, site: &Site) -> bool {
    let ours = hand.certificate().fingerprint();
    let present = issue::signers(site).fingerprints;
    handover::former(site).iter().any(|it| it.fingerprint() == ours) && !present.contains(&ours)
}

/// The keys at hand: the one that is named, else the agent's, those of present signers first.
fn hands(args: &Args, loaded: &Loaded) -> Result<Vec<Signer>, Failure> {
    let named = if args.agent { None } else { secret::signer(args.key.as_deref(), loaded.sources.date)? };
    let Some(policy) = loaded.parsed.policy.as_ref().filter(|_| named.is_none()) else {
        return Ok(named.into_iter().collect());
    };
    let mut held = signing::held(loaded, true).map_err(|failure| match failure {
        // Whoever did not ask for the agent may have a key in a file.
        Failure::Refused { exit, message, help } if !args.agent => Failure::Refused {
            exit,
            message,
            help: format!("{help}; or name the file of a key with --key FILE"),
        },
        other => other,
    })?;
    let present: Vec<_> =
        signing::signers(loaded, policy, false).iter().map(Certificate::fingerprint).collect();
    held.sort_by_key(|hand| !present.contains(&hand.certificate().fingerprint()));
    Ok(held)
}

/// Where another signer has begun a manifest, this one signs the same: the pages must say what they said then.
fn join(loaded: &mut Loaded, signing: &Signing) {
    let (Some(memory), Some(hand)) = (&signing.memory, &signing.hand) else { return };
    let ours = hand.certificate().fingerprint();
    if !loaded.dated && !memory.is_complete() && !memory.signed_by.contains(&ours) {
        loaded.as_of(memory.manifest.issued);
    }
}

/// The files of the output that only the owner of a key can make.
fn stored(plan: &Plan) -> BTreeSet<OutPath> {
    let sealed = plan.entries().filter_map(|(path, entry)| match entry.seal {
        Seal::None => None,
        Seal::Detached => Some(path.with(".asc")),
        Seal::Cleartext => Some(path.clone()),
    });
    let (sums, manifest) = (routes::checksums().file(), routes::manifest().file());
    sealed.chain([sums.with(".asc"), manifest.with(".asc"), manifest]).collect()
}
