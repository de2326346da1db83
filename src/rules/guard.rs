//! What would be published against what is public already.

mod modified_alone;
mod modified_fell;
mod modified_not_raised;
mod published_moved;
mod revision_not_raised;
mod skipped_by_importers;
mod unreadable_public;
mod vanished_address;
mod vanished_advisory;
mod withdrawal_undone;

pub use modified_alone::RULE as MODIFIED_ALONE;
pub use modified_fell::RULE as MODIFIED_FELL;
pub use modified_not_raised::RULE as MODIFIED_NOT_RAISED;
pub use published_moved::RULE as PUBLISHED_MOVED;
pub use revision_not_raised::RULE as REVISION_NOT_RAISED;
pub use skipped_by_importers::RULE as SKIPPED_BY_IMPORTERS;
pub use unreadable_public::RULE as UNREADABLE_PUBLIC;
pub use vanished_address::RULE as VANISHED_ADDRESS;
pub use vanished_advisory::RULE as VANISHED_ADVISORY;
pub use withdrawal_undone::RULE as WITHDRAWAL_UNDONE;
