//! Questions on a terminal: in goes a prompt with its default, out comes an answer that is sound.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::io::{BufRead, IsTerminal, Write};

use crate::cli::exit::Failure;
use crate::io;
use crate::value::Invalid;

/// Whether somebody is there to answer.
pub(super) fn is_possible() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks until the answer can be read; an empty one means `default`.
pub(super) fn until<T>(
    prompt: &str,
    default: &str,
    read: impl Fn(&str) -> Result<T, Invalid>,
) -> Result<T, Failure> {
    loop {
        let mut err = std::io::stderr().lock();
        let _ = write!(err, "{prompt} [{default}]: ").and_then(|()| err.flush());
        let mut answer = String::new();
        let length = std::io::stdin().lock().read_line(&mut answer);
        if length.map_err(|error| io::Error::system("read the answer", "-", error))? == 0 {
            return Err(Failure::usage(
                "no more answers",
                "give the flags instead; see `secsite init --help`",
            ));
        }
        let answer = answer.trim();
        match read(if answer.is_empty() { default } else { answer }) {
            Ok(value) => return Ok(value),
            Err(problem) => {
                let _ = writeln!(err, "  {}\n  {}", problem.message, problem.help);
            }
        }
    }
}
