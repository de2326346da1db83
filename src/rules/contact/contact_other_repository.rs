//! `contact-other-repository`: reports that go to another repository than the project's.

use crate::diag::{Level, Rule};

/// Reports that go to another repository than the project's.
pub static RULE: Rule = Rule {
    id: "contact-other-repository",
    level: Level::Warn,
    adjustable: true,
    summary: "reports that go to another repository than the project's",
    explain: "The address names a repository of another owner than `[project].repository` does: \
              often the one that the policy was copied from, and its maintainers would get the \
              reports. Correct one of the two.",
    clause: "",
};
