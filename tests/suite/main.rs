//! What holds for the program as a whole: each module tries one guarantee on the real binary, in sites of its own.
//!
//! `UPDATE=1` rewrites the committed texts that are made from the program.
#![allow(
    unreachable_pub,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests read, write and run"
)]

mod attacks;
#[cfg(unix)]
mod bad_input;
mod clones;
#[cfg(unix)]
mod deploy;
mod drafts;
mod endings;
mod expiry;
mod fetch;
mod formats_of_findings;
#[cfg(unix)]
mod gpg_keys;
mod guard;
mod guide;
mod import;
#[cfg(target_os = "linux")]
mod import_bounds;
mod import_github;
mod import_policy;
mod import_random;
#[cfg(unix)]
mod init_adopts;
#[cfg(target_os = "linux")]
mod interrupted;
mod inventory;
mod keys;
mod layers;
mod lints;
mod online;
mod policy_page;
mod profiles;
mod project;
#[cfg(unix)]
#[cfg(unix)]
mod release;
mod renew;
mod reproducible;
mod revocation;
mod rustsec;
#[cfg(unix)]
mod secrets;
mod seeds;
mod serve;
mod server;
mod signatures;
mod signed;
mod signers;
mod signing;
#[cfg(unix)]
mod signing_key;
mod unchanged;
mod verify;
#[cfg(unix)]
mod verify_page;
mod verify_url;
mod workflows;
