//! What is wrong with the site as a whole.

mod expired_manifest;
mod formats_disagree;
mod manifest_expires_soon;
mod no_signature;
mod path_collision;

pub use expired_manifest::RULE as EXPIRED_MANIFEST;
pub use formats_disagree::RULE as FORMATS_DISAGREE;
pub use manifest_expires_soon::RULE as MANIFEST_EXPIRES_SOON;
pub use no_signature::RULE as NO_SIGNATURE;
pub use path_collision::RULE as PATH_COLLISION;
