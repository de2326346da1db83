//! What is wrong with an advisory, alone or beside the others.

mod alias_is_advisory;
mod bad_range;
mod date_order;
mod duplicate_id;
mod embargo_clock;
mod foreign_prefix;
mod id_file_name;
mod missing_affected;
mod missing_csaf_score;
mod missing_justification;
mod missing_published;
mod missing_severity;
mod placeholder_text;
mod published_in_future;
mod severity_mismatch;
mod stray_justification;
mod unknown_advisory;
mod unknown_product;

pub use alias_is_advisory::RULE as ALIAS_IS_ADVISORY;
pub use bad_range::RULE as BAD_RANGE;
pub use date_order::RULE as DATE_ORDER;
pub use duplicate_id::RULE as DUPLICATE_ID;
pub use embargo_clock::RULE as EMBARGO_CLOCK;
pub use foreign_prefix::RULE as FOREIGN_PREFIX;
pub use id_file_name::RULE as ID_FILE_NAME;
pub use missing_affected::RULE as MISSING_AFFECTED;
pub use missing_csaf_score::RULE as MISSING_CSAF_SCORE;
pub use missing_justification::RULE as MISSING_JUSTIFICATION;
pub use missing_published::RULE as MISSING_PUBLISHED;
pub use missing_severity::RULE as MISSING_SEVERITY;
pub use placeholder_text::RULE as PLACEHOLDER_TEXT;
pub use published_in_future::RULE as PUBLISHED_IN_FUTURE;
pub use severity_mismatch::RULE as SEVERITY_MISMATCH;
pub use stray_justification::RULE as STRAY_JUSTIFICATION;
pub use unknown_advisory::RULE as UNKNOWN_ADVISORY;
pub use unknown_product::RULE as UNKNOWN_PRODUCT;
