//! What Markdown may not contain.

mod bad_link;
mod broken_anchor;
mod broken_link;
mod missing_alt;
mod raw_html;
mod remote_image;
mod unbounded_markdown;

pub use bad_link::RULE as BAD_LINK;
pub use broken_anchor::RULE as BROKEN_ANCHOR;
pub use broken_link::RULE as BROKEN_LINK;
pub use missing_alt::RULE as MISSING_ALT;
pub use raw_html::RULE as RAW_HTML;
pub use remote_image::RULE as REMOTE_IMAGE;
pub use unbounded_markdown::RULE as UNBOUNDED_MARKDOWN;
