//! `id-file-name`: an advisory's id is not its file name.

use crate::diag::{Level, Rule};

/// An advisory's id is not its file name.
pub static RULE: Rule = Rule {
    id: "id-file-name",
    level: Level::Deny,
    adjustable: false,
    summary: "an advisory's id is not its file name",
    explain: "The file of `EXAMPLE-2026-0001` is `EXAMPLE-2026-0001.md`, in whatever folder below \
              `advisories/`. So an id can be found without opening files, and a copied file cannot \
              publish under its parent's id.",
    clause: "",
};
