//! `version-none-supported`: a product none of whose versions gets fixes.

use crate::diag::{Level, Rule};

/// A product none of whose versions gets fixes.
pub static RULE: Rule = Rule {
    id: "version-none-supported",
    level: Level::Note,
    adjustable: true,
    summary: "a product none of whose versions gets fixes",
    explain: "Every row of its support table is unsupported, or its end has passed. If the product \
              lives, a row is missing; if not, all is well.",
    clause: "",
};
