//! What is wrong with a theme.

mod template_error;

pub use template_error::RULE as TEMPLATE_ERROR;
