//! `file-encoding`: a file is not UTF-8 text.

use crate::diag::{Level, Rule};

/// A file is not UTF-8 text.
pub static RULE: Rule = Rule {
    id: "file-encoding",
    level: Level::Deny,
    adjustable: false,
    summary: "a file is not UTF-8 text",
    explain: "Inputs are UTF-8, with or without a byte order mark, with LF or CRLF. Anything else \
              would be guessed at, and a wrong guess would be signed. Save the file as UTF-8.",
    clause: "",
};
