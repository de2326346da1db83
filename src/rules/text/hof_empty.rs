//! `hof-empty`: thanks to nobody.

use crate::diag::{Level, Rule};

/// Thanks to nobody.
pub static RULE: Rule = Rule {
    id: "hof-empty",
    level: Level::Warn,
    adjustable: true,
    summary: "thanks to nobody",
    explain: "A list of thanks says that it is empty. Finders read it as a sign that nobody ever \
              reported, or was thanked. Leave the section out until there is somebody to name: \
              [[hall_of_fame]] and the credits of advisories fill `/thanks/` by themselves.",
    clause: "",
};
