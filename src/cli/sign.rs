//! `secsite sign`: makes the signatures that are missing, where the key is, so that a build needs none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::load::{self, Loaded};
use super::progress::Progress;
use super::signing::{self, Signing};
use super::{policy, secret, shown};
use crate::diag::Diagnostics;
use crate::openpgp::{Certificate, Signer};
use crate::plan::{Plan, Seal};
use crate::routes::{self, OutPath};
use crate::sign::handover::{self, Handover};
use crate::sign::memory::is_carried;
use crate::sign::{Release, issue, release};
use crate::site::{Mark, Options, Site};
use crate::{formats, io};

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
    let signing = policy::of(globals, &loaded)?.signing.as_ref();
    let Some(store) = signing.map(|signing| globals.root.join(signing.store.as_str())) else {
        let help = "add [signing] with `key`, and the [[key]] that it names; `secsite key new` makes one";
        return Err(Failure::content("the policy has no [signing]", help));
    };
    let hands = hands(args, &loaded)?;
    let mut signing = Signing::open(globals, &loaded, None, None, None, None)?;
    signing.take(hands);
    join(&mut loaded, &signing);
    let mut resolved = load::resolve(loaded, &Options { mark: Mark::Signed, ..Options::default() });
    let plan = resolved.site.as_ref().map(|site| {
        let mut plan = formats::plan(site);
        plan.take_findings(&mut resolved.diags);
        plan
    });
    let findings = std::mem::take(&mut resolved.diags).judge(&resolved.levels);
    globals.print(&findings, &resolved.sources, &resolved.private)?;
    let (Some(site), Some(plan), 0) = (&resolved.site, &plan, findings.denied()) else {
        globals.say("nothing was signed");
        return Ok(if resolved.policy_unreadable { Exit::Usage } else { Exit::Content });
    };
    let before = signing.store().clone();
    if signing.memory.is_none() && before.iter().any(|(path, bytes)| is_ours(path, bytes)) {
        globals.say(&format!(
            "warning: `{}` has signatures but no signed manifest, so versions begin at 1 again; where the site is published \
             already, readers take that for a rollback: restore the folder with git first",
            shown::path(&globals.root, &store_name(&resolved.site)),
        ));
    }
    if let Some(hand) = &signing.hand {
        globals.detail(&format!("signing with {}", hand.certificate().fingerprint().grouped()));
        if !is_former(hand, site) {
            signing::check_hand(hand, site)?;
        }
    }
    if let Some(handover) = signing.hand_over(site, resolved.sources.judged)? {
        return begin(globals, site, &store, &before, &handover);
    }
    if signing.hand.as_ref().is_some_and(|hand| is_former(hand, site)) {
        return finish_former(globals, &store, &before, &signing);
    }
    let kept = Mutex::new(BTreeMap::new());
    // gpg-agent may ask for a passphrase on this very terminal.
    let asks = signing.hand.as_ref().is_some_and(Signer::is_held);
    let begin = if asks { Progress::unseen } else { Progress::new };
    let progress = begin(globals, "Signing", plan.len());
    let result = {
        let ours = stored(plan);
        let sink = |path: &OutPath, bytes: &[u8]| {
            if ours.contains(path) || is_carried(path) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(path.as_str().to_owned(), bytes.to_vec());
            }
            Ok(())
        };
        let course = signing.course(site, resolved.sources.judged, true);
        release(site, plan, Some(course), &sink, &|| progress.step())
    };
    progress.finish();
    let release = match result {
        Ok(release) => release,
        Err(problem) => {
            let mut diags = Diagnostics::default();
            signing::failure(problem, site)?.into_iter().for_each(|finding| diags.push(finding));
            globals.print(&diags.judge(&resolved.levels), &resolved.sources, &resolved.private)?;
            globals.say("nothing was signed");
            return Ok(Exit::Content);
        }
    };
    let kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    let changes = save(&store, &before, &kept)?;
    tell(globals, site, &release, &changes, &shown::path(&globals.root, &store_name(&resolved.site)));
    Ok(Exit::Clean)
}

/// Writes a statement of succession that more have to sign: until then there is nothing else to sign.
fn begin(
    globals: &Globals,
    site: &Site,
    store: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    handover: &Handover,
) -> Result<Exit, Failure> {
    if !handover.signed {
        globals.say(&format!("nothing to sign with this key; {}", signing::next_signer(handover, site)));
        return Ok(Exit::Clean);
    }
    write_statement(store, before, &handover.files)?;
    globals.say(&format!("signed the statement of succession; now {}", signing::next_signer(handover, site)));
    Ok(Exit::Clean)
}

/// Whether a key signed before those of the policy, and does no longer.
fn is_former(hand: &Signer, site: &Site) -> bool {
    let ours = hand.certificate().fingerprint();
    let present = issue::signers(site).fingerprints;
    handover::former(site).iter().any(|it| it.fingerprint() == ours) && !present.contains(&ours)
}

/// Writes the statement that a former signer has completed: the rest is for the new ones.
fn finish_former(
    globals: &Globals,
    store: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    signing: &Signing,
) -> Result<Exit, Failure> {
    let new = write_statement(store, before, signing.statements())?;
    let done = if new { "signed the statement of succession" } else { "nothing to sign with a former key" };
    globals.say(&format!("{done}; now run `secsite sign` with the new key"));
    Ok(Exit::Clean)
}

fn write_statement(
    store: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    files: &BTreeMap<OutPath, Vec<u8>>,
) -> Result<bool, Failure> {
    let kept = files.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.clone()));
    // What else is in the store stays: it is that of the release before.
    let all: BTreeMap<String, Vec<u8>> = before.clone().into_iter().chain(kept).collect();
    Ok(save(store, before, &all)?.written > 0)
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

/// What became of the store, in files.
struct Changes {
    written: usize,
    pruned: usize,
}

fn save(
    folder: &Path,
    before: &BTreeMap<String, Vec<u8>>,
    kept: &BTreeMap<String, Vec<u8>>,
) -> Result<Changes, Failure> {
    let mut new: BTreeMap<String, &[u8]> = kept
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, bytes)| (path.clone(), bytes.as_slice()))
        .collect();
    let changes = new.len();
    let gone: Vec<String> = before
        .iter()
        .filter(|(path, bytes)| is_ours(path, bytes) && !kept.contains_key(*path))
        .map(|(path, _)| path.clone())
        .collect();
    if !new.is_empty() || !gone.is_empty() {
        // A checkout that makes two bytes of a line feed would break every signature.
        if !before.contains_key(".gitattributes") {
            new.insert(".gitattributes".to_owned(), b"* -text\n");
        }
        io::store::save(folder, &new, &turn, &gone)?;
    }
    Ok(Changes { written: changes, pruned: gone.len() })
}

/// When a file is written. The manifest comes last, and its signature just before it: whoever pulls the plug between those
/// two leaves the manifest of the release before, which has its own signature among the history.
fn turn(path: &str) -> u8 {
    let manifest = routes::manifest().file();
    match () {
        () if path == manifest.as_str() => 2,
        () if path == manifest.with(".asc").as_str() => 1,
        () => 0,
    }
}

/// Whether a file of the store is one that `sign` writes; others, such as a README or a certificate, stay.
fn is_ours(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(io::store::UNFINISHED)
        || (path.ends_with(".asc") && bytes.starts_with(b"-----BEGIN PGP SIGNATURE-----"))
        || path == routes::security_txt().as_str()
        || path == routes::manifest().as_str()
        || OutPath::parse(path).is_some_and(|path| is_carried(&path))
}

fn store_name(site: &Option<Site>) -> String {
    let signing = site.as_ref().and_then(|site| site.policy.signing.as_ref());
    signing.map_or_else(String::new, |signing| signing.store.as_str().to_owned())
}

fn tell(globals: &Globals, site: &Site, release: &Release, changes: &Changes, store: &str) {
    if changes.written == 0 && changes.pruned == 0 {
        let all = shown::counted(release.reused, "signature");
        globals.say(&format!("nothing to sign: {all} of version {} hold", release.version));
    } else {
        globals.say(&format!(
            "signed version {}: {} made, {} reused ({} written to {store}, {} removed)",
            release.version,
            shown::counted(release.made, "signature"),
            release.reused,
            shown::counted(changes.written, "file"),
            changes.pruned,
        ));
    }
    if release.waiting.is_empty() {
        let until = release.expires.strftime("%Y-%m-%d");
        globals.say(&format!("good until {until}; commit {store}, then `secsite build` needs no key"));
    } else {
        let names = signing::names(site, &release.waiting);
        globals.say(&format!("it counts once more signers have signed: commit {store}, then run `secsite sign` with the key of {names}"));
    }
}
