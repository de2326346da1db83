//! `version-tagged`: a release that the table does not know.

use crate::diag::{Level, Rule};

/// A release that the table does not know.
pub static RULE: Rule = Rule {
    id: "version-tagged",
    level: Level::Warn,
    adjustable: true,
    summary: "a tagged release that no row of the table covers",
    explain: "The repository of the site has a tag that is newer than its table of supported versions, so readers \
              cannot tell whether that release gets fixes. Tags count that name a version, such as `v1.2.3`; where \
              the policy has several products, only those that begin with a product's id, such as `core-1.2.3`. \
              Pre-releases are let be, and so is a table with a `rule`.",
    clause: "OpenSSF OSPS-DO-04.01",
};
