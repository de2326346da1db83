//! What is wrong with the tables of supported versions.

mod template_rows;
mod until_format;
mod until_future;
mod until_missing;
mod version_contradiction;
mod version_duplicate;
mod version_exact;
mod version_exception;
mod version_hole;
mod version_missing;
mod version_no_unsupported;
mod version_none_supported;
mod version_open_below;
mod version_status_unknown;
mod version_table_gap;
mod version_tagged;
mod version_words_only;

pub use template_rows::RULE as TEMPLATE_ROWS;
pub use until_format::RULE as UNTIL_FORMAT;
pub use until_future::RULE as UNTIL_FUTURE;
pub use until_missing::RULE as UNTIL_MISSING;
pub use version_contradiction::RULE as VERSION_CONTRADICTION;
pub use version_duplicate::RULE as VERSION_DUPLICATE;
pub use version_exact::RULE as VERSION_EXACT;
pub use version_exception::RULE as VERSION_EXCEPTION;
pub use version_hole::RULE as VERSION_HOLE;
pub use version_missing::RULE as VERSION_MISSING;
pub use version_no_unsupported::RULE as VERSION_NO_UNSUPPORTED;
pub use version_none_supported::RULE as VERSION_NONE_SUPPORTED;
pub use version_open_below::RULE as VERSION_OPEN_BELOW;
pub use version_status_unknown::RULE as VERSION_STATUS_UNKNOWN;
pub use version_table_gap::RULE as VERSION_TABLE_GAP;
pub use version_tagged::RULE as VERSION_TAGGED;
pub use version_words_only::RULE as VERSION_WORDS_ONLY;
