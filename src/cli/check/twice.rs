//! Policies beside the one that is written: a forge shows one file, and it may be another than [security_md] names.

use std::path::Path;

use crate::cli::globals::Globals;
use crate::diag::{Diagnostic, Diagnostics};
use crate::io;
use crate::model::policy::Policy;
use crate::rules::policy::POLICY_TWICE;
use crate::source::Span;

/// Where forges look, the first of them first.
const PLACES: [&str; 3] = [".github/SECURITY.md", "SECURITY.md", "docs/SECURITY.md"];

/// The largest file that is compared.
const CAP: u64 = 1 << 20;

/// Reports each file that a forge would take for the policy and that differs from the one that is written.
pub(in crate::cli) fn check(globals: &Globals, policy: &Policy, diags: &mut Diagnostics) {
    let file = policy.security_md.file.as_str();
    let Ok(root) = io::confine::Root::open(&globals.root) else { return };
    // A file that cannot be read, or is none, says nothing here.
    let read = |path: &str| root.read(Path::new(path), CAP).ok();
    let own = read(file);
    for place in PLACES.into_iter().filter(|place| *place != file) {
        if let Some(other) = read(place)
            && own.as_ref() != Some(&other)
        {
            diags.push(finding(policy, file, place));
        }
    }
}

fn finding(policy: &Policy, file: &str, other: &str) -> Diagnostic {
    let message =
        format!("`{other}` is a policy too, and not what `{}` says", crate::diag::escape::short(file, 60));
    let help = format!("remove it, or write `file = \"{other}\"` in [security_md]");
    POLICY_TWICE.at(Span::start_of(policy.document.reviewed.span.file), message).help(help)
}
