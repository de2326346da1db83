//! Tags of the repository beside its table of supported versions.

use crate::cli::globals::Globals;
use crate::diag::Diagnostics;
use crate::io;
use crate::model::policy::Policy;
use crate::site::tagged;

/// Reports each product whose newest tag its table does not cover.
pub(in crate::cli) fn check(globals: &Globals, policy: &Policy, diags: &mut Diagnostics) {
    let Ok(root) = io::confine::Root::open(&globals.root) else { return };
    tagged::check(policy, &io::tags::tags(&root), diags);
}
