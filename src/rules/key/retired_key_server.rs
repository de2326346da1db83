//! `retired-key-server`: a key server that is gone or no longer kept.

use crate::diag::{Level, Rule};

/// A key server that is gone or no longer kept.
pub static RULE: Rule = Rule {
    id: "retired-key-server",
    level: Level::Warn,
    adjustable: true,
    summary: "a key server that is gone or no longer kept",
    explain: "The pool of SKS servers was shut down in 2021, and what is left of it and of similar \
              services is stale: a revocation never reaches them. This portal serves the certificate \
              itself; keys.openpgp.org is a server that lives.",
    clause: "",
};
