//! `secsite import osv` and its kin: documents of one format in, advisories and a loss report out.
//!
//! A file, a folder or a zip archive is read in memory. All or nothing: if one document is at fault, if an id is taken,
//! or if the disk fails, no advisory is written.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use super::site::{self, Target};
use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::Globals;
use crate::cli::init::is_there;
use crate::cli::{load, policy};
use crate::import::archive;
use crate::import::documents::{Format, Import, import};
use crate::import::host::Host;
use crate::io;
use crate::scaffold::{self, Purpose};
use crate::value::counted::counted;
use crate::value::id::AdvisoryId;
use crate::value::prefix::Prefix;

/// `secsite import osv` and its kin.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A document, a folder of them, or a zip archive.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Keep the ids of the source instead of giving new ones.
    #[arg(long)]
    keep_ids: bool,
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(format: Format, args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    // Ids of others make a database; new ones make this site's own advisories of what is imported.
    let purpose = if args.keep_ids { Purpose::Database } else { Purpose::Project };
    let new_site = args.target.new_site(globals, "Example", purpose)?;
    let host = match &new_site {
        Some(answers) => {
            let prefix = Prefix::parse(&scaffold::prefix(&answers.name)).ok();
            Host::new(prefix.filter(|_| !args.keep_ids), args.keep_ids)
        }
        None => host(globals, args.keep_ids)?,
    };
    let files = read(&args.path)?;
    let Import { imported, report, problems, skipped } = import(format, &files, &host);
    drop(files);
    if !problems.is_empty() {
        site::name_problems(globals, &problems);
        globals.say("nothing was written");
        return Ok(Exit::Content);
    }
    if imported.is_empty() {
        let message = format!("there is no {} advisory in {}", format.name(), io::escape::path(&args.path));
        return Err(Failure::content(message, "name a file, folder or zip archive of that format"));
    }
    refuse_what_is_there(globals, &imported)?;
    args.target.write(globals, new_site.as_ref(), &imported, &report)?;
    if !skipped.is_empty() {
        let files = counted(skipped.len(), "file");
        globals.say(&format!(
            "left {files} alone that hold something else, such as {}",
            io::escape::path(Path::new(&skipped[0]))
        ));
    }
    let done = args.target.done(globals, &imported);
    globals.say(&format!("{done}, {} statements not represented", report.lost()));
    Ok(Exit::Clean)
}

/// The site that is there: its policy, and every id and alias that is taken, also by files that cannot be read.
fn host(globals: &Globals, keep_ids: bool) -> Result<Host, Failure> {
    let loaded = load::load(globals, &[], None)?;
    let mut host = Host::of(policy::of(globals, &loaded)?, keep_ids);
    let stems = loaded
        .sources
        .below("advisories/")
        .filter_map(|(_, file)| AdvisoryId::parse(Path::new(&file.path).file_stem()?.to_str()?).ok());
    for id in stems {
        host.has(&id, &[], []);
    }
    for file in &loaded.parsed.advisories {
        let front = &file.front;
        let aliases: Vec<&str> = front.aliases.iter().map(|alias| alias.as_str()).collect();
        host.has(&front.id.value, &aliases, front.related.iter().map(|related| related.as_str()));
    }
    Ok(host)
}

/// The documents that a path names. Their names begin with its last part, so that messages tell where they lie.
fn read(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let kind =
        std::fs::metadata(path).map_err(|error| Failure::Io(vec![io::Error::system("read", path, error)]))?;
    if kind.is_dir() {
        let keep = |path: &str| archive::is_document(path);
        let tree = io::read::read_folder(path, &keep, archive::LARGEST, archive::TOGETHER);
        let tree = tree.map_err(Failure::Io)?;
        return Ok(tree.files.into_iter().collect());
    }
    let cap =
        |first: &[u8]| if archive::is_archive(first) { archive::LARGEST_ARCHIVE } else { archive::LARGEST };
    let bytes = io::read::read_named_by(path, &cap)?;
    let name =
        path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    if archive::is_archive(&bytes) {
        return archive::documents(&name, &bytes).map_err(|problem| {
            Failure::content(
                format!("{}: {}", crate::diag::escape::visible(&problem.source), problem.message),
                problem.help,
            )
        });
    }
    Ok(vec![(name, bytes)])
}

/// Ids are free by now; a file or folder of another kind may still bear the name.
fn refuse_what_is_there(globals: &Globals, imported: &[crate::import::Imported]) -> Result<(), Failure> {
    match imported.iter().find(|advisory| is_there(&globals.root.join(&advisory.path))) {
        None => Ok(()),
        Some(advisory) => {
            let message = format!("`{}` is here already", advisory.path);
            Err(Failure::content(message, "nothing was written; move it away"))
        }
    }
}
