//! What is remembered of an origin, between runs.

use std::path::{Path, PathBuf};

use super::Args;
use crate::cli::exit::Failure;
use crate::io::{escape, state};
use crate::verify::remembered::{Remembered, file_name};

/// What to do about a folder that cannot be used.
const ELSEWHERE: &str = "let secsite read and write there, or set XDG_STATE_HOME to another folder; --no-state remembers nothing, \
                         and so cannot tell an older site from a newer one";

/// The file about one origin, and what it says.
pub(super) struct Memory {
    folder: Option<PathBuf>,
    pub(super) remembered: Option<Remembered>,
}

impl Memory {
    /// Reads it, unless nothing is to be remembered.
    pub(super) fn open(args: &Args, origin: Option<&str>) -> Result<Self, Failure> {
        if args.no_state {
            return Ok(Self { folder: None, remembered: None });
        }
        let Some(folder) = state::folder() else {
            let home = if cfg!(windows) { "LOCALAPPDATA" } else { "HOME" };
            let message = format!("there is no folder to remember sites in: {home} is not set");
            return Err(Failure::world(
                message,
                "set it, or verify with --no-state, which remembers nothing",
            ));
        };
        let remembered = match origin {
            Some(origin) => read(&folder, origin)?,
            None => None,
        };
        Ok(Self { folder: Some(folder), remembered })
    }

    /// The folder, if something is to be kept.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Writes what is to be remembered, with what another run may have learned meanwhile.
    pub(super) fn store(&self, mut next: Remembered) -> Result<(), Failure> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let _held = state::hold(folder)?;
        if let Some(meanwhile) = read(folder, &next.origin)? {
            next.join(meanwhile);
        }
        let bytes = next.to_json();
        if let Err(problem) = Remembered::parse(&bytes) {
            let help = "ask the owner for a smaller certificate; what was remembered before is kept";
            return Err(Failure::world(format!("what was learned cannot be stored: {problem}"), help));
        }
        state::write(folder, &file_name(&next.origin), &bytes).map_err(|error| {
            Failure::world(format!("what was seen could not be remembered: {}", error.message()), ELSEWHERE)
        })
    }
}

fn read(folder: &Path, origin: &str) -> Result<Option<Remembered>, Failure> {
    let name = file_name(origin);
    let bytes = state::read(folder, &name).map_err(|error| error.with_help(ELSEWHERE))?;
    let Some(bytes) = bytes else { return Ok(None) };
    let shown = escape::path(&folder.join(&name));
    let help = "restore it from a backup; if there is none, delete it and pin the signer anew with --signer";
    match Remembered::parse(&bytes) {
        Ok(remembered) if remembered.origin == origin => Ok(Some(remembered)),
        Ok(_) => Err(Failure::world(format!("`{shown}` is about another site"), help)),
        Err(problem) => Err(Failure::world(format!("`{shown}` is damaged: {problem}"), help)),
    }
}
