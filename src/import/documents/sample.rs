//! What the tests of every format begin with: one document, and the site that it comes to.

use super::{Format, Import, import};
use crate::import::host::Host;
use crate::value::prefix::Prefix;

/// A site whose ids begin with `EXAMPLE`, and which has none yet.
pub(crate) fn host(keep_ids: bool) -> Host {
    Host::new(Prefix::parse("EXAMPLE").ok(), keep_ids)
}

/// The document `a.json`, imported into that site.
pub(crate) fn imported(format: Format, document: &str, keep_ids: bool) -> Import {
    import(format, &[("a.json".to_owned(), document.as_bytes().to_vec())], &host(keep_ids))
}
