//! `formats-disagree`: two output files say different things of one advisory.

use crate::diag::{Level, Rule};

/// Two output files say different things of one advisory.
pub static RULE: Rule = Rule {
    id: "formats-disagree",
    level: Level::Deny,
    adjustable: true,
    summary: "two output files say different things of one advisory",
    explain: "`secsite check` reads back every page, OSV record, CSAF document, CVE record, OpenVEX document, list \
              and feed that it made, and compares ids, dates, severities, credits and, for each known release, \
              whether it is affected. A difference is a mistake of secsite, of a template of the site's own theme, \
              or a case that one of the formats cannot say. Please report it with the advisory.",
    clause: "",
};
