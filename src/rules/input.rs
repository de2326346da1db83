//! What is wrong with a file by itself: its encoding, its syntax, its keys and values.

mod active_content;
mod bad_date;
mod bad_value;
mod duplicate_key;
mod file_encoding;
mod front_matter;
mod missing_key;
mod secret_in_input;
mod toml_syntax;
mod unknown_key;
mod unknown_lint;
mod unknown_word;
mod wrong_type;

pub use active_content::RULE as ACTIVE_CONTENT;
pub use bad_date::RULE as BAD_DATE;
pub use bad_value::RULE as BAD_VALUE;
pub use duplicate_key::RULE as DUPLICATE_KEY;
pub use file_encoding::RULE as FILE_ENCODING;
pub use front_matter::RULE as FRONT_MATTER;
pub use missing_key::RULE as MISSING_KEY;
pub use secret_in_input::RULE as SECRET_IN_INPUT;
pub use toml_syntax::RULE as TOML_SYNTAX;
pub use unknown_key::RULE as UNKNOWN_KEY;
pub use unknown_lint::RULE as UNKNOWN_LINT;
pub use unknown_word::RULE as UNKNOWN_WORD;
pub use wrong_type::RULE as WRONG_TYPE;
