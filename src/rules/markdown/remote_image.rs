//! `remote-image`: an image from another host.

use crate::diag::{Level, Rule};

/// An image from another host.
pub static RULE: Rule = Rule {
    id: "remote-image",
    level: Level::Deny,
    adjustable: false,
    summary: "an image from another host",
    explain: "Pages load nothing from elsewhere: it would tell another host who reads about which \
              vulnerability. Put the image below `content/`.",
    clause: "",
};
