//! Whether a site is exactly what its pinned signers published, and fresh.
//!
//! In go a site that nobody trusts, certificates that somebody pinned, what was remembered of the last time, and the
//! instant; out comes a verdict with every reason. Nothing of the site is believed before the manifest's signatures
//! hold, no key of the site counts unless it was pinned, and no stranger's word is printed unescaped.

mod host;
pub mod place;
