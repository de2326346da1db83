//! What pages call the words of the input format.

use crate::model::advisory::affected::{AffectedStatus, Justification};
use crate::model::advisory::history::CreditType;
use crate::model::advisory::{Exploited, Informational, ReferenceKind};

/// What a notice is called.
pub fn informational(kind: Informational) -> &'static str {
    match kind {
        Informational::Unmaintained => "Unmaintained",
        Informational::Unsound => "Unsound",
        Informational::Notice => "Notice",
    }
}

/// What is known of exploitation.
pub fn exploited(known: Exploited) -> &'static str {
    match known {
        Exploited::NoneKnown => "None known",
        Exploited::Poc => "A proof of concept is public",
        Exploited::InTheWild => "Yes, in the wild",
    }
}

/// What a reference leads to.
pub fn reference(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Advisory => "Advisory",
        ReferenceKind::Article => "Article",
        ReferenceKind::Detection => "Detection",
        ReferenceKind::Discussion => "Discussion",
        ReferenceKind::Report => "Report",
        ReferenceKind::Fix => "Fix",
        ReferenceKind::Introduced => "Introduced in",
        ReferenceKind::Package => "Package",
        ReferenceKind::Evidence => "Demonstration",
        ReferenceKind::Web => "More",
    }
}

/// What somebody did.
pub fn credit(kind: CreditType) -> &'static str {
    match kind {
        CreditType::Finder => "found it",
        CreditType::Reporter => "reported it",
        CreditType::Analyst => "analysed it",
        CreditType::Coordinator => "coordinated",
        CreditType::RemediationDeveloper => "wrote the fix",
        CreditType::RemediationReviewer => "reviewed the fix",
        CreditType::RemediationVerifier => "verified the fix",
        CreditType::Tool => "the tool that found it",
        CreditType::Sponsor => "sponsored the work",
        CreditType::Other => "helped",
    }
}

/// Whether something is hit.
pub fn status(status: AffectedStatus) -> (&'static str, &'static str) {
    match status {
        AffectedStatus::Affected => ("Affected", "partly"),
        AffectedStatus::NotAffected => ("Not affected", "yes"),
        AffectedStatus::UnderInvestigation => ("Under investigation", "partly"),
    }
}

/// Why something is not hit.
pub fn justification(why: Justification) -> &'static str {
    match why {
        Justification::ComponentNotPresent => "the component is not in it",
        Justification::VulnerableCodeNotPresent => "the vulnerable code is not in it",
        Justification::VulnerableCodeNotInExecutePath => "the vulnerable code never runs",
        Justification::VulnerableCodeCannotBeControlledByAdversary => {
            "an attacker cannot reach the vulnerable code"
        }
        Justification::InlineMitigationsAlreadyExist => "something else in it stops the attack",
    }
}
