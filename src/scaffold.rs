//! Files to begin with: what `init`, `new advisory` and an import into an empty folder write.
//!
//! In go answers, out come texts that parse without a finding of level deny. Nothing here asks, writes or knows the
//! day; whatever an author has not said stands as a reserved example address or as a comment.

mod advisory;
mod ids;
mod policy;
mod toml_text;
mod workflows;

pub use advisory::advisory;
pub use ids::next_id;
pub use policy::{Answers, FirstContact, Purpose, policy, prefix};
pub use toml_text::quoted;
pub use workflows::workflows;

/// Lines of `.gitignore`: the output, and what a run that was cut short may leave beside it.
pub const GITIGNORE: &str = "/public/\n.public.secsite-*\n.secsite-tmp-*\n";
