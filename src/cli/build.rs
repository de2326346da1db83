//! `secsite build`: the whole site, signed, verified, then swapped into place.

mod unchanged;

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::check::unsigned;
use super::exit::{Exit, Failure};
use super::globals::{Format, Globals};
use super::guard::Past;
use super::load::{self, Loaded, Resolved};
use super::progress::Progress;
use super::receipt::Receipt;
use super::secret;
use super::signing::{self, Signing};
use crate::diag::{Diagnostics, Findings};
use crate::io;
use crate::io::publish::Output;
use crate::model::policy::Policy;
use crate::openpgp::Signer;
use crate::plan::Plan;
use crate::rules::input;
use crate::sign::issue::{self, SIGN_AGAIN};
use crate::sign::{Unreleased, release};
use crate::site::{Mark, NOTICE_DAYS, Options, Site, visibility};
use crate::value::counted::counted;
use crate::value::url::BaseUrl;

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
    /// Sign with a key that gpg-agent holds, such as one on a smart card.
    #[arg(long, conflicts_with_all = ["unsigned", "dev_key", "preview", "key"])]
    agent: bool,
    /// Folder with what is public now, beneath the root unless absolute: it is gone on from, and nothing in it may be lost.
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
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
    let (mark, mut signing) = choose(args, globals, &mut loaded, base_url.as_ref(), &output)?;
    let hand = signing.as_ref().and_then(|signing| signing.hand.as_ref());
    let dev_certificate = hand.filter(|_| args.dev_key).map(|hand| hand.certificate().clone());
    let options = Options { base_url, mark, dev_certificate, ..Options::default() };
    let past = args.previous.as_deref().map(|folder| Past::folder(globals, folder)).transpose()?;
    let dated = loaded.dated;
    // The process ends here, and the system takes all memory at once: a large site is not taken apart text by text.
    let mut resolved = ManuallyDrop::new(load::resolve(loaded, &options));
    if mark == Mark::Unsigned && !args.unsigned {
        resolved.diags.push(unsigned());
    }
    let receipt = unchanged::receipt(args, globals, &resolved, signing.as_ref(), &output, dated);
    let unchanged = receipt.as_ref().is_some_and(|it| unchanged::is_as_left(it, signing.as_ref(), &output));
    let plan = ManuallyDrop::new(if unchanged { None } else { resolved.plan() });
    if let (Some(past), Some(plan)) = (&past, &*plan) {
        past.compare(globals, plan, &mut resolved)?;
    }
    // A preview shows what is wrong; a secret key it must not show.
    let secret = resolved.diags.iter().any(|found| std::ptr::eq(found.rule, &input::SECRET_IN_INPUT));
    let findings = resolved.judge();
    let print = |findings: &Findings| resolved.print(globals, findings);
    let stopped = findings.denied() > 0 && (!args.preview || secret || resolved.policy_unreadable);
    if unchanged && !stopped {
        print(&findings)?;
        let shown = shown_output(&output);
        globals.say(&format!("nothing has changed since the last build: {shown} is as it was left"));
        return Ok(Exit::Clean);
    }
    let (Some(site), Some(plan), false) = (&resolved.site, &*plan, stopped) else {
        print(&findings)?;
        globals.say("nothing was written");
        return Ok(resolved.stopped());
    };
    // People want to read on at once; a program wants one document, with what the templates will be found to say.
    let mut held = match globals.format {
        Format::Json | Format::Sarif => Some(findings),
        Format::Human | Format::Github => {
            print(&findings)?;
            None
        }
    };
    let work = Work { args, globals, resolved: &resolved, site, plan, output, dated, receipt };
    let outcome = publish(&work, signing.as_mut(), &mut held);
    held.as_ref().map_or(Ok(()), print)?;
    outcome
}

/// What the build is, and what signs it.
fn choose(
    args: &Args,
    globals: &Globals,
    loaded: &mut Loaded,
    base_url: Option<&BaseUrl>,
    output: &Path,
) -> Result<(Mark, Option<Signing>), Failure> {
    let date = loaded.sources.date;
    if args.preview {
        return Ok((Mark::Preview, None));
    }
    if args.unsigned {
        return Ok((Mark::Unsigned, None));
    }
    if args.dev_key {
        let hand = throwaway(loaded.parsed.policy.as_ref(), date)?;
        return Ok((Mark::DevKey, Some(Signing::throwaway(hand))));
    }
    let hand = match args.agent {
        true => signing::held(loaded, false)?.into_iter().next(),
        false => secret::signer(args.key.as_deref(), date)?,
    };
    let signs = loaded.parsed.policy.as_ref().is_some_and(|policy| policy.signing.is_some());
    if !signs {
        let help = "add [signing] with `key`, and the [[key]] that it names";
        return match hand {
            None => Ok((Mark::Unsigned, None)),
            Some(_) => Err(Failure::content("there is a secret key, but the policy has no [signing]", help)),
        };
    }
    let store = loaded.parsed.policy.as_ref().and_then(|policy| signing::store::folder(globals, policy));
    if store.is_some_and(|store| output.starts_with(store)) {
        let message = format!("`{}` is the folder of the stored signatures", io::escape::path(output));
        return Err(Failure::usage(message, "name another folder with `-o DIR`"));
    }
    let previous = args.previous.as_ref().map(|folder| globals.root.join(folder));
    let signing = Signing::open(globals, loaded, hand, base_url, previous.as_deref(), Some(output))?;
    if signing.hand.is_none() {
        assemble(globals, loaded, &signing)?;
    }
    Ok((Mark::Signed, Some(signing)))
}

/// A build without a key is the site that was signed, as of the date of its signing.
fn assemble(globals: &Globals, loaded: &mut Loaded, signing: &Signing) -> Result<(), Failure> {
    let Some(memory) = &signing.memory else {
        if !signing.store().is_empty() {
            let store =
                loaded.parsed.policy.as_ref().and_then(|policy| signing::store::folder(globals, policy));
            let shown = store.map_or_else(String::new, |store| io::escape::path(&store));
            let help =
                "restore it with git, or run `secsite sign` where the key is and commit what it writes";
            return Err(Failure::content(format!("`{shown}` has no signed manifest that counts"), help));
        }
        let help = format!(
            "run `secsite sign` where the key is; or name the key's file with --key or in {}, or say --agent; \
             or build with --dev-key or --unsigned to look at the site",
            secret::KEY_VARIABLE
        );
        let message = "the policy says that the site is signed, and there is neither a secret key nor a stored signature";
        return Err(Failure::world(message, help));
    };
    if let Some(store) = loaded.parsed.policy.as_ref().and_then(|policy| policy.signing.as_ref()) {
        let (place, judged) = (store.store.span, loaded.sources.judged);
        issue::check_life(&memory.manifest, place, judged, NOTICE_DAYS, &mut loaded.diags);
    }
    if loaded.dated {
        return Ok(());
    }
    loaded.as_of(memory.manifest.issued);
    match visibility::waiting(&loaded.parsed, &loaded.sources).as_slice() {
        [] => Ok(()),
        waiting => {
            let message =
                format!("since the site was signed, the embargo has ended of {}", waiting.join(", "));
            Err(Failure::content(message, SIGN_AGAIN))
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
    output: PathBuf,
    /// Whether the date of the build was asked for.
    dated: bool,
    /// What the next build over the same inputs may go by.
    receipt: Option<Receipt>,
}

/// Writes the site. What is found on the way joins the findings that are held back, or is printed.
fn publish(
    work: &Work<'_>,
    mut signing: Option<&mut Signing>,
    held: &mut Option<Findings>,
) -> Result<Exit, Failure> {
    let Work { globals, resolved, site, plan, .. } = work;
    if let Some(hand) = signing.as_ref().and_then(|signing| signing.hand.as_ref()) {
        signing::check_hand(hand, site)?;
        globals.detail(&format!("signing with {}", hand.certificate().fingerprint().grouped()));
    }
    // gpg-agent may ask for a passphrase on this very terminal.
    let asks = signing.as_ref().and_then(|signing| signing.hand.as_ref()).is_some_and(Signer::is_held);
    let judged = resolved.sources.judged;
    if let Some(signing) = &mut signing
        && let Some(handover) = signing.hand_over(site, judged)?
    {
        return Err(signing::unfinished(&handover, site));
    }
    let course = signing.as_mut().map(|signing| signing.course(site, judged, false));
    let output = Output::open(&globals.root, &work.output)?;
    let begin = if asks { Progress::unseen } else { Progress::new };
    let progress = begin(globals, "Building", plan.len());
    let sink = |path: &crate::routes::OutPath, bytes: &[u8]| output.stage(path.as_str(), bytes);
    let result = release(site, plan, course, &sink, &|| progress.step());
    progress.finish();
    let release = match result {
        Ok(release) => release,
        Err(problem) => {
            let other_day = work.dated && matches!(problem, Unreleased::Stale(_));
            let found = signing::failure(problem, site).map_err(|failure| match failure {
                Failure::Refused { exit, message, help } if other_day => {
                    let day = "; or build without --date and SOURCE_DATE_EPOCH, as of the day of the signing";
                    Failure::Refused { exit, message, help: help + day }
                }
                other => other,
            })?;
            let mut diags = Diagnostics::default();
            found.into_iter().for_each(|finding| diags.push(finding));
            let mut late = diags.judge(&resolved.levels);
            match held {
                Some(findings) => findings.list.append(&mut late.list),
                None => resolved.print(globals, &late)?,
            }
            globals.say("nothing was written");
            return Ok(Exit::Content);
        }
    };
    if signing.is_some() && output.differs() {
        signing::read_back(&release, output.staged()?)?;
    }
    let published = output.commit()?;
    if let Some(leftover) = &published.leftover {
        globals.say(&format!("warning: {leftover}"));
    }
    let seal = match work.site.mark {
        Mark::Signed => "signed",
        Mark::DevKey => "signed with a throwaway key",
        Mark::Unsigned => "unsigned",
        Mark::Preview | Mark::Serve => "preview, unsigned",
    };
    globals.say(&format!(
        "built {}, {}, {} in {} ms: {} ({} changed, {} unchanged, {} removed)",
        counted(site.advisories.len(), "advisory"),
        counted(release.files, "file"),
        seal,
        progress.elapsed().as_millis(),
        shown_output(&work.output),
        published.changed,
        published.unchanged,
        published.removed,
    ));
    if work.site.mark == Mark::Signed {
        globals.say(&format!(
            "version {}, good until {}: {} made, {} reused",
            release.version,
            release.expires.strftime("%Y-%m-%d"),
            counted(release.made, "signature"),
            release.reused,
        ));
    }
    if let Some(receipt) = &work.receipt {
        unchanged::keep(receipt, &release, signing.is_some(), published, &work.output);
    }
    for path in left_out(work) {
        globals.say(&format!("left out: {path}"));
    }
    Ok(Exit::Clean)
}

/// Where the site is, as the user would type it.
fn shown_output(output: &Path) -> String {
    io::escape::path(output.strip_prefix(".").unwrap_or(output))
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
