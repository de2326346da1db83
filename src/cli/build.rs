//! `secsite build`: the whole site, signed, verified, then swapped into place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::check::unsigned;
use super::exit::{Exit, Failure};
use super::globals::{Format, Globals};
use super::load::{self, Loaded, Resolved};
use super::progress::Progress;
use super::secret;
use super::shown;
use crate::diag::{Diagnostics, Findings};
use crate::io::publish::Output;
use crate::model::policy::Policy;
use crate::openpgp::Signer;
use crate::plan::Plan;
use crate::rules::input;
use crate::sign::{Seals, Unreleased, release};
use crate::site::{Mark, Options, Site};
use crate::value::url::BaseUrl;
use crate::{formats, io};

/// The largest stored signature that is read: security.txt with its frame is the largest there is.
const STORE_CAP: u64 = 1 << 20;

/// `secsite build`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder for the site, beneath the root unless absolute.
    #[arg(short, long, default_value = "public", value_name = "DIR")]
    output_dir: PathBuf,
    /// Build for another base URL than the policy's.
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// Date of the build (RFC 3339); else SOURCE_DATE_EPOCH, else now.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// File with the secret signing key; else the variable SECSITE_SIGNING_KEY.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["unsigned", "dev_key", "preview"])]
    key: Option<PathBuf>,
    /// Sign nothing, and say so on every page.
    #[arg(long)]
    unsigned: bool,
    /// Sign with a key that is made now and thrown away, and say so on every page.
    #[arg(long, conflicts_with_all = ["unsigned", "preview"])]
    dev_key: bool,
    /// Build in spite of findings, unsigned, and say so on every page.
    #[arg(long, conflicts_with = "unsigned")]
    preview: bool,
    /// Leave a rule out; may be given several times.
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let base_url = args.base_url.as_deref().map(BaseUrl::parse).transpose();
    let base_url = base_url.map_err(|problem| Failure::usage(problem.message, problem.help))?;
    let output = globals.root.join(&args.output_dir);
    let mut loaded = load::load(globals, std::slice::from_ref(&output), args.date.as_deref())?;
    load::allow(&mut loaded.levels, &args.allow)?;
    let key = choose_key(args, &loaded)?;
    let options = Options {
        base_url,
        mark: key.mark,
        dev_certificate: key
            .signer
            .as_ref()
            .filter(|_| args.dev_key)
            .map(|signer| signer.certificate().clone()),
    };
    let mut resolved = load::resolve(loaded, &options);
    if key.mark == Mark::Unsigned && !args.unsigned {
        resolved.diags.push(unsigned());
    }
    let plan = resolved.site.as_ref().map(|site| {
        let mut plan = formats::plan(site);
        plan.take_findings(&mut resolved.diags);
        plan
    });
    // A preview shows what is wrong; a secret key it must not show.
    let secret = resolved.diags.iter().any(|found| std::ptr::eq(found.rule, &input::SECRET_IN_INPUT));
    let findings = std::mem::take(&mut resolved.diags).judge(&resolved.levels);
    let print = |findings: &Findings| globals.print(findings, &resolved.sources, &resolved.private);
    let stopped = findings.denied() > 0 && (!args.preview || secret || resolved.policy_unreadable);
    let (Some(site), Some(plan), false) = (&resolved.site, &plan, stopped) else {
        print(&findings)?;
        return Ok(refused(globals, &resolved));
    };
    // People want to read on at once; a program wants one document, with what the templates will be found to say.
    let mut held = match globals.format {
        Format::Json | Format::Sarif => Some(findings),
        Format::Human | Format::Github => {
            print(&findings)?;
            None
        }
    };
    let work = Work { args, globals, resolved: &resolved, site, plan, signer: key.signer.as_ref(), output };
    let outcome = publish(&work, &mut held);
    held.as_ref().map_or(Ok(()), print)?;
    outcome
}

fn refused(globals: &Globals, resolved: &Resolved) -> Exit {
    globals.say("nothing was written");
    if resolved.policy_unreadable { Exit::Usage } else { Exit::Content }
}

/// What signs a build.
struct Key {
    mark: Mark,
    signer: Option<Signer>,
}

fn choose_key(args: &Args, loaded: &Loaded) -> Result<Key, Failure> {
    let date = loaded.sources.date;
    if args.preview {
        return Ok(Key { mark: Mark::Preview, signer: None });
    }
    if args.unsigned {
        return Ok(Key { mark: Mark::Unsigned, signer: None });
    }
    if args.dev_key {
        return Ok(Key { mark: Mark::DevKey, signer: Some(throwaway(loaded.parsed.policy.as_ref(), date)?) });
    }
    let signing = loaded.parsed.policy.as_ref().and_then(|policy| policy.signing.as_ref());
    match (signing, secret::signer(args.key.as_deref(), date)?) {
        (None, None) => Ok(Key { mark: Mark::Unsigned, signer: None }),
        (Some(_), Some(signer)) => Ok(Key { mark: Mark::Signed, signer: Some(signer) }),
        (None, Some(_)) => {
            let help = "add [signing] with `key`, and the [[key]] that it names";
            Err(Failure::content("there is a secret key, but the policy has no [signing]", help))
        }
        (Some(_), None) => {
            let help = format!(
                "name its file with --key or in {}, or build with --dev-key or --unsigned to look at the site",
                secret::KEY_VARIABLE
            );
            Err(Failure::world("the policy says that the site is signed, and there is no secret key", help))
        }
    }
}

/// A key for this build alone, good for ninety days and named after the contacts, so that everything that looks a key
/// up by address can be tried.
fn throwaway(policy: Option<&Policy>, date: Timestamp) -> Result<Signer, Failure> {
    let address = policy.and_then(|policy| {
        let mut uris = crate::site::policy::reporting_contacts(policy).into_iter().map(|(_, uri)| uri);
        uris.find_map(|uri| uri.strip_prefix("mailto:").map(str::to_owned))
    });
    let user_id = match address {
        Some(address) => format!("Throwaway development key <{address}>"),
        None => "Throwaway development key".to_owned(),
    };
    let expires = date.checked_add(SignedDuration::from_hours(100 * 24)).unwrap_or(date);
    Ok(Signer::throwaway(&user_id, date, expires)?)
}

struct Work<'a> {
    args: &'a Args,
    globals: &'a Globals,
    resolved: &'a Resolved,
    site: &'a Site,
    plan: &'a Plan,
    signer: Option<&'a Signer>,
    output: PathBuf,
}

/// Writes the site. What is found on the way joins the findings that are held back, or is printed.
fn publish(work: &Work<'_>, held: &mut Option<Findings>) -> Result<Exit, Failure> {
    let Work { globals, resolved, site, plan, .. } = work;
    check_signer(work)?;
    let store = stored_signatures(work)?;
    if let Some(signer) = work.signer {
        globals.detail(&format!("signing with {}", signer.certificate().fingerprint().grouped()));
    }
    let seals = work.signer.map(|signer| Seals::new(signer, &store, site.date));
    let output = Output::open(&globals.root, &work.output)?;
    let progress = Progress::new(globals, "Building", plan.len());
    let sink = |path: &crate::routes::OutPath, bytes: &[u8]| output.stage(path.as_str(), bytes);
    let result = release(site, plan, seals.as_ref(), &sink, &|| progress.step());
    progress.finish();
    let release = match result {
        Ok(release) => release,
        Err(Unreleased::Io(error)) => return Err(error.into()),
        Err(Unreleased::Signer(problem)) => return Err(problem.into()),
        Err(Unreleased::Faulty { path, reason }) => {
            let help = "the key or the program is faulty: try again, and if it stays so, report it";
            return Err(Failure::world(
                format!("the new signature over `{path}` does not verify: {reason}"),
                help,
            ));
        }
        Err(Unreleased::Findings(found)) => {
            let mut diags = Diagnostics::default();
            found.into_iter().for_each(|finding| diags.push(finding));
            let mut late = diags.judge(&resolved.levels);
            match held {
                Some(findings) => findings.list.append(&mut late.list),
                None => globals.print(&late, &resolved.sources, &resolved.private)?,
            }
            globals.say("nothing was written");
            return Ok(Exit::Content);
        }
    };
    let published = output.commit()?;
    if let Some(leftover) = &published.leftover {
        globals.say(&format!("warning: {leftover}"));
    }
    let seal = match work.site.mark {
        Mark::Signed => {
            format!("{} made, {} reused", shown::counted(release.made, "signature"), release.reused)
        }
        Mark::DevKey => "signed with a throwaway key".into(),
        Mark::Unsigned => "unsigned".into(),
        Mark::Preview => "preview, unsigned".into(),
    };
    globals.say(&format!(
        "built {}, {}, {} in {} ms: {} ({} changed, {} unchanged, {} removed)",
        shown::counted(site.advisories.len(), "advisory"),
        shown::counted(release.files, "file"),
        seal,
        progress.elapsed().as_millis(),
        shown_output(work),
        published.changed,
        published.unchanged,
        published.removed,
    ));
    for path in left_out(work) {
        globals.say(&format!("left out: {path}"));
    }
    Ok(Exit::Clean)
}

/// The secret key must be the one whose certificate the policy shows.
fn check_signer(work: &Work<'_>) -> Result<(), Failure> {
    let (Some(signer), Some(key)) = (work.signer, work.site.signing_key()) else { return Ok(()) };
    let shown = key.certificate.as_ref().map(crate::openpgp::Certificate::fingerprint);
    let ours = signer.certificate().fingerprint();
    if shown != Some(ours) {
        let shown = shown.map_or_else(|| "no certificate".to_owned(), |fingerprint| fingerprint.grouped());
        let help = "use the secret key of that certificate, or correct [signing].key";
        let message = format!("the secret key is {}, the policy shows {shown}", ours.grouped());
        return Err(Failure::world(message, help));
    }
    Ok(())
}

/// Where the site is, as the user would type it.
fn shown_output(work: &Work<'_>) -> String {
    io::escape::path(work.output.strip_prefix(".").unwrap_or(&work.output))
}

/// Earlier signatures, by the path that they have in the output. They count only once they have been verified.
fn stored_signatures(work: &Work<'_>) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let Some(signing) = work.site.policy.signing.as_ref().filter(|_| work.signer.is_some()) else {
        return Ok(BTreeMap::new());
    };
    let store = work.globals.root.join(signing.store.as_str());
    if !store.exists() {
        return Ok(BTreeMap::new());
    }
    // Hidden folders are left alone by default; `.well-known` is one.
    match io::read::read_exactly(&store, STORE_CAP) {
        Ok(tree) => Ok(tree.files),
        Err(errors) => Err(Failure::Io(errors)),
    }
}

/// Files that a preview leaves out because they could not be valid.
fn left_out(work: &Work<'_>) -> Vec<String> {
    let security_txt = crate::routes::security_txt();
    if work.args.preview && !work.plan.has(&security_txt) {
        return vec![format!(
            "{security_txt} (it needs a confirmed contact and a review that has not run out)"
        )];
    }
    Vec::new()
}
