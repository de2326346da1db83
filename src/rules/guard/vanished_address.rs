//! `vanished-address`: an address that is public would be gone.

use crate::diag::{Level, Rule};

/// An address that is public would be gone.
pub static RULE: Rule = Rule {
    id: "vanished-address",
    level: Level::Deny,
    adjustable: true,
    summary: "an address that is public would be gone",
    explain: "Addresses are permanent: others have linked them, stored them and put them into their tools. \
              That holds for the pages of advisories and for the files of CSAF, OSV and CVE. An OSV record \
              stays if the advisory is `withdrawn`; a CSAF document lies in the folder of the year of \
              `published`; a CVE file is there as long as its id is among the `aliases`.",
    clause: "",
};
