//! Questions on a terminal: in goes a prompt with its default, out comes an answer that is sound.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::io::{BufRead, IsTerminal, Write};

use super::exit::Failure;
use crate::io;
use crate::value::Invalid;

/// Whether somebody is there to answer.
pub fn is_possible() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks until the answer can be read, which may be an empty one. `instead` tells what to do where no more answers come.
pub fn until<T>(
    prompt: &str,
    instead: &str,
    read: impl Fn(&str) -> Result<T, Invalid>,
) -> Result<T, Failure> {
    loop {
        let mut err = std::io::stderr().lock();
        let _ = write!(err, "{prompt}").and_then(|()| err.flush());
        let mut answer = String::new();
        let length = std::io::stdin().lock().read_line(&mut answer);
        if length.map_err(|error| io::Error::system("read the answer", "-", error))? == 0 {
            return Err(Failure::usage("no more answers", instead));
        }
        match read(answer.trim()) {
            Ok(value) => return Ok(value),
            Err(problem) => {
                let _ = writeln!(err, "  {}\n  {}", problem.message, problem.help);
            }
        }
    }
}
