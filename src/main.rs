//! The `secsite` program: arguments in, exit code out. Everything else is in the library.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::process::ExitCode;

fn main() -> ExitCode {
    secsite::cli::run(std::env::args_os())
}
