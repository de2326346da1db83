//! What is wrong with the ways to report.

mod contact_indirect;
mod contact_other_repository;
mod contact_personal;
mod contact_public;
mod contact_single;
mod contact_unconfirmed;
mod policy_elsewhere;

pub use contact_indirect::RULE as CONTACT_INDIRECT;
pub use contact_other_repository::RULE as CONTACT_OTHER_REPOSITORY;
pub use contact_personal::RULE as CONTACT_PERSONAL;
pub use contact_public::RULE as CONTACT_PUBLIC;
pub use contact_single::RULE as CONTACT_SINGLE;
pub use contact_unconfirmed::RULE as CONTACT_UNCONFIRMED;
pub use policy_elsewhere::RULE as POLICY_ELSEWHERE;
