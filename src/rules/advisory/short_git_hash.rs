//! `short-git-hash`: a commit named by a part of its hash.

use crate::diag::{Level, Rule};

/// A commit named by a part of its hash.
pub static RULE: Rule = Rule {
    id: "short-git-hash",
    level: Level::Note,
    adjustable: true,
    summary: "a commit named by a part of its hash",
    explain: "OSV records take whole hashes alone, so the range of commits is left out of them. A \
              short hash may also mean another commit tomorrow. Write all 40 digits, or 64 of a \
              SHA-256 repository: `git rev-parse COMMIT` prints them.",
    clause: "OSV schema, affected[].ranges[].events",
};
