//! Contact with the disk, the clock, the network and other programs: in go folders and hosts the user named, out come
//! bytes by path, a published site, or what gpg-agent signed.
//!
//! Whatever can fail here fails as an [`Error`] that says what was done to which file, and why that did not work.
//! Nothing here knows what a file means, follows a symbolic link, or deletes a file that secsite did not write.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::fmt;
use std::path::PathBuf;

pub mod agent;
pub mod clock;
pub mod confine;
pub mod crowd;
pub mod dumps;
pub mod escape;
pub mod fetch;
pub mod folder;
pub mod git;
pub mod http;
pub mod process;
pub mod publish;
pub mod read;
pub mod receipts;
pub mod state;
pub mod store;
pub mod tags;
mod user_folder;
mod walk;
pub mod watch;
pub mod write;

/// Why the disk did not do what it was asked to.
#[derive(Debug)]
pub struct Error {
    /// What was tried, as the words after "cannot": `read`, `create`, `lock`.
    pub doing: String,
    /// The file or folder it was tried on, as the user would spell it. Not escaped.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: Cause,
    /// What to do about it, as a full imperative phrase; empty where nobody can tell.
    pub help: String,
}

/// The reason of an [`Error`].
#[derive(Debug)]
pub enum Cause {
    /// The system's answer.
    System(std::io::Error),
    /// Our own refusal, lower case, no full stop.
    Words(String),
}

impl Error {
    /// The system refused.
    pub fn system(doing: impl Into<String>, path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        let help = advice(&cause).to_owned();
        Self { doing: doing.into(), path: path.into(), cause: Cause::System(cause), help }
    }

    /// We refuse.
    pub fn refused(
        doing: impl Into<String>,
        path: impl Into<PathBuf>,
        why: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { doing: doing.into(), path: path.into(), cause: Cause::Words(why.into()), help: help.into() }
    }

    /// The same error with better advice than the system's answer alone suggests.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// The sentence without the help: "cannot read `advisories/x.md`: permission denied". Always one line.
    pub fn message(&self) -> String {
        let path = escape::path(&self.path);
        match &self.cause {
            Cause::System(cause) => format!("cannot {} `{path}`: {}", self.doing, plain(cause)),
            Cause::Words(why) => format!("cannot {} `{path}`: {why}", self.doing),
        }
    }

    /// What kind of failure the system reported; `None` for a refusal of our own.
    pub fn kind(&self) -> Option<std::io::ErrorKind> {
        match &self.cause {
            Cause::System(cause) => Some(cause.kind()),
            Cause::Words(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  help: {}", self.help) }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::System(cause) => Some(cause),
            Cause::Words(_) => None,
        }
    }
}

/// The system's words in house style: "No such file or directory (os error 2)" without capital and number.
fn plain(cause: &std::io::Error) -> String {
    let words = cause.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut chars = words.chars();
    let lowered = chars.next().map(|first| first.to_lowercase().chain(chars).collect::<String>());
    lowered.unwrap_or_else(|| "unknown error".to_owned())
}

fn advice(cause: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match cause.kind() {
        Kind::PermissionDenied => {
            "give the user that runs secsite access (`chmod`, `chown`), or name another folder"
        }
        Kind::StorageFull | Kind::QuotaExceeded => {
            "free some space, or name a folder on another disk; a site already published is as it was"
        }
        Kind::ReadOnlyFilesystem => "name a folder on a disk that can be written to",
        Kind::NotFound => "check how it is spelled, or run again if another program moved it meanwhile",
        Kind::NotADirectory => "a file stands where a folder is needed: move it away",
        Kind::InvalidFilename => "choose a shorter name",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
