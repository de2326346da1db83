//! What every page sees.

use crate::site::Site;

/// What every page sees.
#[derive(Debug)]
pub struct Global;

impl Global {
    /// Gathers it.
    pub fn of(_site: &Site) -> Self {
        Self
    }
}
