//! Exit codes, and the failures that lead to them.

use std::process::ExitCode;

use crate::io;
use crate::io::agent::AgentProblem;
use crate::openpgp::SignerProblem;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing to complain about.
    Clean,
    /// The content is at fault: findings, drift, a file in the way.
    Content,
    /// The command line is at fault, or there is no policy that could be read.
    Usage,
    /// The world is at fault: disk, network, key.
    World,
    /// `verify`: what was published, but too old, or not what came after the last time.
    Stale,
    /// `verify`: nobody said whom to trust.
    NoTrust,
    /// `verify`: the site became another one meanwhile.
    Changing,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Content => 1,
            Exit::Usage => 2,
            Exit::World => 3,
            Exit::Stale => 4,
            Exit::NoTrust => 5,
            Exit::Changing => 6,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Findings were printed already; only the code is left.
    Printed(Exit),
    /// Something else that the author or caller can mend: what is wrong, and what to do.
    Refused {
        /// The code.
        exit: Exit,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// Files.
    Io(Vec<io::Error>),
    /// Keys.
    Signing(SignerProblem),
}

impl Failure {
    /// A refusal because of what the command line says.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { exit: Exit::Usage, message: message.into(), help: help.into() }
    }

    /// A refusal because of what the files say.
    pub fn content(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { exit: Exit::Content, message: message.into(), help: help.into() }
    }

    /// A refusal because of the machine.
    pub fn world(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { exit: Exit::World, message: message.into(), help: help.into() }
    }

    /// The code that it leads to.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Printed(exit) | Self::Refused { exit, .. } => *exit,
            Self::Io(_) | Self::Signing(_) => Exit::World,
        }
    }

    /// What is to be printed, if that has not been done.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Printed(_) => None,
            Self::Refused { message, help, .. } => Some(with_help(message, help)),
            Self::Io(errors) => {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                Some(lines.join("\nerror: "))
            }
            Self::Signing(problem) => Some(with_help(&problem.to_string(), &problem.help())),
        }
    }
}

fn with_help(message: &str, help: &str) -> String {
    if help.is_empty() { message.to_owned() } else { format!("{message}\n  help: {help}") }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(vec![error])
    }
}

impl From<AgentProblem> for Failure {
    fn from(problem: AgentProblem) -> Self {
        Self::world(problem.to_string(), problem.help())
    }
}

impl From<SignerProblem> for Failure {
    fn from(problem: SignerProblem) -> Self {
        Self::Signing(problem)
    }
}
