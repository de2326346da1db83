//! What a branch must hold for a host to serve exactly the site, and why the site may not be put there.
//!
//! In go a release that was verified, and what a branch holds and held; out come what a push would change, and
//! [`Refusal`]s. Nothing is fetched, pushed or printed here.

pub mod branch;
pub mod changes;
pub mod held;
pub mod patience;
mod place;
pub mod refusal;
pub mod release;

pub use branch::Branch;
pub use changes::Changes;
pub use held::Held;
pub use refusal::Refusal;
pub use release::Release;
