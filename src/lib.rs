//! secsite builds a signed static portal from one `policy.toml` and one Markdown file per advisory.

pub mod import;
pub mod io;
pub mod markdown;
pub mod openpgp;
pub mod value;
