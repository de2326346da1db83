//! What is wrong with the site as a whole.

mod no_signature;
mod path_collision;

pub use no_signature::RULE as NO_SIGNATURE;
pub use path_collision::RULE as PATH_COLLISION;
