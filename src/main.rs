//! The `secsite` program: arguments in, exit code out. Everything else is in the library.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::process::ExitCode;

/// A build is short texts by the million, made and dropped by all threads.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    secsite::cli::run(std::env::args_os())
}
