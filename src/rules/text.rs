//! What is wrong with the words of the policy and its pages.

mod empty_section;
mod fenced_section;
mod heading_level;
mod mojibake;
mod nda_wording;
mod plain_http;
mod retired_link;
mod template_text;

pub use empty_section::RULE as EMPTY_SECTION;
pub use fenced_section::RULE as FENCED_SECTION;
pub use heading_level::RULE as HEADING_LEVEL;
pub use mojibake::RULE as MOJIBAKE;
pub use nda_wording::RULE as NDA_WORDING;
pub use plain_http::RULE as PLAIN_HTTP;
pub use retired_link::RULE as RETIRED_LINK;
pub use template_text::RULE as TEMPLATE_TEXT;
