//! What is wrong with the policy.

mod bad_release;
mod base_url_path;
mod duplicate_key_id;
mod duplicate_product;
mod example_domain;
mod expired_review;
mod long_validity;
mod missing_contact;
mod missing_file;
mod missing_theme;
mod policy_twice;
mod review_due;
mod review_in_future;
mod unknown_key_id;
mod unknown_marker;
mod until_past;
mod until_soon;
mod version_gap;

pub use bad_release::RULE as BAD_RELEASE;
pub use base_url_path::RULE as BASE_URL_PATH;
pub use duplicate_key_id::RULE as DUPLICATE_KEY_ID;
pub use duplicate_product::RULE as DUPLICATE_PRODUCT;
pub use example_domain::RULE as EXAMPLE_DOMAIN;
pub use expired_review::RULE as EXPIRED_REVIEW;
pub use long_validity::RULE as LONG_VALIDITY;
pub use missing_contact::RULE as MISSING_CONTACT;
pub use missing_file::RULE as MISSING_FILE;
pub use missing_theme::RULE as MISSING_THEME;
pub use policy_twice::RULE as POLICY_TWICE;
pub use review_due::RULE as REVIEW_DUE;
pub use review_in_future::RULE as REVIEW_IN_FUTURE;
pub use unknown_key_id::RULE as UNKNOWN_KEY_ID;
pub use unknown_marker::RULE as UNKNOWN_MARKER;
pub use until_past::RULE as UNTIL_PAST;
pub use until_soon::RULE as UNTIL_SOON;
pub use version_gap::RULE as VERSION_GAP;
