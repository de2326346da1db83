//! Templates and static files.

pub mod view;

use crate::diag::Diagnostics;
use crate::source::{Sources, Spanned};
use crate::value::line::Line;

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme;

impl Theme {
    /// Loads the theme that the policy names.
    pub fn load(_sources: &Sources, _theme: &Spanned<Line>, _diags: &mut Diagnostics) -> Self {
        Self
    }

    /// Sets what every page sees.
    pub fn set_globals(&mut self, _globals: &view::global::Global) {}
}
