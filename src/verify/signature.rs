//! Why a signature does not count, as a finding.

use super::finding::{Finding, Kind, quoted};
use crate::openpgp::NotVerified;
use crate::openpgp::fitness::Unfit;

/// A signature at `path` that does not count.
pub(super) fn finding(path: &str, reason: &NotVerified) -> Finding {
    let (code, kind) = class(reason);
    Finding::new(code, kind, path, format!("{}: {reason}", quoted(path)), reason.help())
}

/// What sort of fault a reason is. A signature of tomorrow proves nothing but that a clock is wrong.
fn class(reason: &NotVerified) -> (&'static str, Kind) {
    match reason {
        NotVerified::UnknownSigner(_) => ("unknown-signer", Kind::Content),
        NotVerified::Bad { .. } => ("bad-signature", Kind::Content),
        NotVerified::BeforeItsKey { .. } => ("signed-before-key", Kind::Content),
        NotVerified::FromTheFuture { .. } => ("from-the-future", Kind::Stale),
        NotVerified::Unfit { problem, .. } => match problem {
            Unfit::NotYetValid { .. } => ("from-the-future", Kind::Stale),
            Unfit::Revoked(_) | Unfit::SubkeyRevoked { .. } => ("key-revoked", Kind::Content),
            Unfit::Expired { .. } | Unfit::SubkeyExpired { .. } => ("key-expired", Kind::Content),
            _ => ("key-unfit", Kind::Content),
        },
        _ => ("signature-form", Kind::Content),
    }
}

/// Whether somebody else may have signed this, in a way of their own: not a word about our signers.
pub(super) fn is_foreign(reason: &NotVerified) -> bool {
    matches!(class(reason).0, "unknown-signer" | "signature-form")
}
