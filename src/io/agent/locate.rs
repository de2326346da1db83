//! Where the agent listens, and how it is started.
//!
//! In goes GnuPG's folder, out come the path of a socket, by the word of `gpgconf`, and a connection to it.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::problem::AgentProblem;
use super::session::Session;
use super::setting::Setting;
use super::unreachable;
use super::wire::{Deadline, Unconnected};
use crate::io::escape;
use crate::io::process::{Finished, Program, Unfinished};

/// The longest that `gpgconf` may take.
const GPGCONF: Duration = Duration::from_secs(5);

/// Finds the agent, starts it if need be, and begins to talk.
pub(super) fn session(setting: &Setting, deadline: Deadline) -> Result<Session, AgentProblem> {
    let socket = match &setting.socket {
        Some(socket) => socket.clone(),
        None => socket(setting, deadline)?,
    };
    let absent = match Session::begin(&socket, setting, deadline) {
        Ok(session) => return Ok(session),
        Err(absence) => absence.outlast(&socket)?,
    };
    if setting.socket.is_some() {
        return Err(absent);
    }
    gpgconf(setting, &["--launch", "gpg-agent"], deadline)?;
    // It listens before `gpgconf` ends; but a socket may lie on a slow disk.
    for pause in [0, 50, 200, 500] {
        thread::sleep(Duration::from_millis(pause));
        match Session::begin(&socket, setting, deadline) {
            Ok(session) => return Ok(session),
            Err(absence) => absence.outlast(&socket)?,
        };
    }
    Err(absent)
}

impl Unconnected {
    /// The problem that it is if nothing changes; an error at once if starting an agent cannot mend it. One that goes
    /// while we greet it was about to end.
    fn outlast(self, socket: &Path) -> Result<AgentProblem, AgentProblem> {
        match self {
            Self::Absent(cause) => Ok(unreachable(socket, &cause)),
            Self::Other(AgentProblem::Gone) => Ok(AgentProblem::Gone),
            Self::Other(problem) => Err(problem),
        }
    }
}

fn socket(setting: &Setting, deadline: Deadline) -> Result<PathBuf, AgentProblem> {
    let mut path = gpgconf(setting, &["--list-dirs", "agent-socket"], deadline)?.stdout;
    while path.last().is_some_and(u8::is_ascii_whitespace) {
        path.pop();
    }
    let path = PathBuf::from(OsString::from_vec(path));
    if path.is_absolute() {
        return Ok(path);
    }
    Err(AgentProblem::NotStarted("`gpgconf --list-dirs agent-socket` names no socket".to_owned()))
}

fn gpgconf(setting: &Setting, args: &[&str], deadline: Deadline) -> Result<Finished, AgentProblem> {
    let within = deadline.left()?.min(GPGCONF);
    let mut program = Program::new("gpgconf").args(args);
    if let Some(home) = &setting.home {
        program = program.variable("GNUPGHOME", home);
    }
    let asked = format!("gpgconf {}", args.join(" "));
    match program.finish(within) {
        Ok(finished) if finished.status.success() => Ok(finished),
        Ok(finished) => {
            let said = String::from_utf8_lossy(&finished.stderr);
            let said = escape::text(said.lines().last().unwrap_or("nothing").trim());
            Err(AgentProblem::NotStarted(format!("`{asked}` says `{said}`")))
        }
        Err(Unfinished::Missing) => Err(AgentProblem::NoGpg),
        Err(problem) => Err(AgentProblem::NotStarted(format!("`{asked}`: {problem}"))),
    }
}
