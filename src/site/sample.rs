//! Sites for tests: in go a few files as text, out comes what they say on one and the same day.

use crate::diag::Diagnostics;
use crate::model::parsed::{self, Parsed};
use crate::site::{Options, Site};
use crate::source::Sources;

/// These files, read on 2026-11-22.
pub(crate) fn sources<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sources {
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let date = "2026-11-22T00:00:00Z".parse().unwrap();
    Sources::new(files.collect(), date, date)
}

/// What is in them, and what is found in each.
pub(crate) fn parsed(sources: &Sources) -> (Parsed, Diagnostics) {
    let mut diags = Diagnostics::default();
    (parsed::parse(sources, &mut diags), diags)
}

/// The site that they are, and all that is found.
pub(crate) fn site(sources: &Sources) -> (Site, Diagnostics) {
    let (parsed, mut diags) = parsed(sources);
    let site = super::resolve(sources, parsed, &Options::default(), &mut diags).unwrap();
    (site, diags)
}
