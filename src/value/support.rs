//! A table of supported versions, as maintainers print it: which versions, what they get, until when.
//!
//! In go the cells of one row, out come values that keep the printed words beside what they mean. A cell that means
//! nothing to a program is kept as words and matches no version by guess.

mod printed;
mod status;
mod until;
mod versions;

pub use printed::printed;
pub use status::Status;
pub use until::Until;
pub use versions::{Kind, Versions, row_for};

#[cfg(test)]
mod tests;
