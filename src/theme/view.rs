//! What templates see.

pub mod global;
