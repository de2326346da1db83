//! `secsite verify`: whether a site is exactly what its pinned signers published, and fresh.

mod json;
mod memory;
mod pins;
pub(super) mod print;

use std::path::Path;
use std::sync::OnceLock;

use jiff::Timestamp;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::exit::{Exit, Failure};
use super::globals::{Denied, Format, Globals, print_data};
use super::progress::Progress;
use crate::io;
use crate::io::fetch::{self, Host, Limits};
use crate::value::url::BaseUrl;
use crate::verify::finding::Kind;
use crate::verify::place::Place;
use crate::verify::verdict::Verdict;
use crate::verify::{Question, claimed_origin, verify};
use memory::Memory;

/// `secsite verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct Args {
    /// The folder of a built site, or its address.
    #[arg(value_name = "DIR|URL")]
    place: String,
    /// Whose signatures count: a full fingerprint, or a certificate's file; may be given several times.
    #[arg(long, value_name = "FPR|FILE")]
    signer: Vec<String>,
    /// How many of them must have signed; the site may ask for more.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=16))]
    threshold: Option<u32>,
    /// The base URL that the site must be published for.
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Where nobody is pinned yet, believe whom the site names, and remember it.
    #[arg(long, conflicts_with = "signer")]
    trust_on_first_use: bool,
    /// Follow the chain of manifests as far back as the site has them.
    #[arg(long)]
    history: bool,
    /// Neither use nor keep what is remembered between runs.
    #[arg(long)]
    no_state: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Judge as of this date (RFC 3339), not of now.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

const EXIT_CODES: &str = "\
Exit codes: 0 it is what its signers published, and fresh; 1 it is not what they published; 2 usage; 3 something could \
not be read; 4 too old, rolled back, or no successor of what was seen before; 5 nobody is pinned; 6 the site is \
changing. Of several, what is proven counts first: 5, 6, 1, 4, 3.";

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    if globals.format == Format::Sarif {
        let help = "`--format json` prints everything, `--format github` annotates a run of GitHub Actions";
        return Err(Failure::usage("a verdict has no form in SARIF, which is about lines of sources", help));
    }
    let now = date(args.date.as_deref())?;
    let trust = pins::trust(args)?;
    let asked = args.origin.as_deref().map(BaseUrl::parse).transpose();
    let asked = asked.map_err(|problem| Failure::usage(problem.message, problem.help))?;
    let (place, address) = place(&args.place)?;
    let place = place.as_ref();
    let lanes = lanes(address.is_some())?;
    let asked = asked.or(address).map(|url| url.as_str().to_owned());
    let judge = || -> Result<(Verdict, Memory), Failure> {
        // What is remembered is filed under the origin. A folder that nobody named the origin of tells its own; whether
        // it may is for the signatures to say.
        let origin = asked.clone().or_else(|| claimed_origin(place).ok());
        let memory = Memory::open(args, origin.as_deref())?;
        let progress: OnceLock<Progress> = OnceLock::new();
        let step = |all| progress.get_or_init(|| Progress::new(globals, "Verifying", all)).step();
        let question = Question {
            trust: &trust,
            remembered: memory.remembered.as_ref(),
            origin: asked.as_deref(),
            now,
            history: args.history,
            step: &step,
        };
        let verdict = verify(place, &question);
        progress.get().inspect(|progress| progress.finish());
        Ok((verdict, memory))
    };
    let (mut verdict, mut memory) = lanes.install(judge)?;
    // A site that was just published anew is looked at once more.
    if verdict.kind() == Some(Kind::Changing) {
        (verdict, memory) = lanes.install(judge)?;
    }
    if let Some(folder) = memory.folder() {
        globals.detail(&format!("what was seen of sites is remembered in `{}`", io::escape::path(folder)));
    }
    let stored = verdict.remember.take().map_or(Ok(()), |remember| memory.store(remember));
    match globals.format {
        _ if args.json => print_data(&json::render(&verdict))?,
        Format::Json => print_data(&json::render(&verdict))?,
        Format::Github => print_data(print::annotations(&verdict).as_bytes())?,
        // SARIF was refused above.
        Format::Human | Format::Sarif => print::verdict(globals, args, &verdict),
    }
    // What is wrong with the site weighs more than that it could not be remembered.
    match (stored, verdict.kind()) {
        (Ok(()), _) => {}
        (Err(failure), None) => return Err(failure),
        (Err(failure), Some(_)) => globals.error(&failure.text().unwrap_or_default()),
    }
    let warned = !verdict.warnings.is_empty() && globals.deny == Some(Denied::Warnings);
    Ok(match verdict.kind() {
        None if warned => Exit::Content,
        None => Exit::Clean,
        Some(Kind::Trust) => Exit::NoTrust,
        Some(Kind::Changing) => Exit::Changing,
        Some(Kind::Content) => Exit::Content,
        Some(Kind::Stale) => Exit::Stale,
        Some(Kind::World) => Exit::World,
    })
}

/// The place that a word names, and its base URL where the word is one.
pub(super) fn place(word: &str) -> Result<(Box<dyn Place>, Option<BaseUrl>), Failure> {
    if word.contains("://") {
        let url = BaseUrl::parse(word).map_err(|problem| Failure::usage(problem.message, problem.help))?;
        return Ok((Box::new(Host::new(&url, Limits::default())), Some(url)));
    }
    let path = Path::new(word);
    if !path.is_dir() {
        let shown = io::escape::path(path);
        let message = match path.exists() {
            true => format!("`{shown}` is not a folder"),
            false => format!("there is no folder `{shown}`"),
        };
        return Err(Failure::usage(
            message,
            "name the folder of a built site, `public` as a rule, or a portal's address with its `https://`",
        ));
    }
    Ok((Box::new(io::folder::Folder::open(path)?), None))
}

/// The threads that look at files: one for each processor, or more where they will wait for a host most of the time.
pub(super) fn lanes(remote: bool) -> Result<ThreadPool, Failure> {
    let count = if remote { fetch::LANES } else { 0 };
    ThreadPoolBuilder::new().num_threads(count).build().map_err(|error| {
        Failure::world(
            format!("cannot start threads: {error}"),
            "let the process have more of them (`ulimit -u`)",
        )
    })
}

/// The instant of judgement. `SOURCE_DATE_EPOCH` is about building: left over in an environment, it would make an old
/// site look fresh.
fn date(flag: Option<&str>) -> Result<Timestamp, Failure> {
    let Some(text) = flag else { return Ok(io::clock::now()) };
    text.parse().map_err(|_| {
        let shown = crate::diag::escape::short(text, 60);
        let help = "write --date as 2026-11-22T00:00:00Z (RFC 3339)";
        Failure::usage(format!("`{shown}` is not a date"), help)
    })
}
