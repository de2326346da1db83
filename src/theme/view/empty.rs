//! A page that needs nothing but what every page has.

use serde::Serialize;

/// Nothing.
#[derive(Debug, Serialize)]
pub struct Empty {}
