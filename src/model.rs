//! What an author can write: one struct per table of `policy.toml` and of an advisory, with the function that reads it.
//!
//! In go [`Sources`](crate::source::Sources), out comes [`Parsed`](parsed::Parsed): every file decoded by itself, places kept, all
//! problems collected. Nothing here fails, and nothing here looks from one file into another: that is
//! [`crate::site`].

pub mod advisory;
pub mod page;
pub mod parsed;
pub mod policy;
