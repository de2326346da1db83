//! What is wrong with the words of the policy and its pages.

mod broken_sentence;
mod empty_section;
mod fenced_section;
mod heading_level;
mod heading_many_h1;
mod heading_no_h1;
mod heading_none;
mod hof_empty;
mod mojibake;
mod nda_wording;
mod plain_http;
mod prose_disagrees;
mod retired_link;
mod template_text;

pub use broken_sentence::RULE as BROKEN_SENTENCE;
pub use empty_section::RULE as EMPTY_SECTION;
pub use fenced_section::RULE as FENCED_SECTION;
pub use heading_level::RULE as HEADING_LEVEL;
pub use heading_many_h1::RULE as HEADING_MANY_H1;
pub use heading_no_h1::RULE as HEADING_NO_H1;
pub use heading_none::RULE as HEADING_NONE;
pub use hof_empty::RULE as HOF_EMPTY;
pub use mojibake::RULE as MOJIBAKE;
pub use nda_wording::RULE as NDA_WORDING;
pub use plain_http::RULE as PLAIN_HTTP;
pub use prose_disagrees::RULE as PROSE_DISAGREES;
pub use retired_link::RULE as RETIRED_LINK;
pub use template_text::RULE as TEMPLATE_TEXT;
