//! `key-expires-soon`: a key expires within thirty days.

use crate::diag::{Level, Rule};

/// A key expires within thirty days.
pub static RULE: Rule = Rule {
    id: "key-expires-soon",
    level: Level::Warn,
    adjustable: true,
    summary: "a key expires within thirty days",
    explain: "Extend it in time, export it again and commit the file: after its end every build \
              fails. `secsite check --days N` warns earlier or later.",
    clause: "",
};
