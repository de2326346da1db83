//! What is wrong with what the policy promises.

mod deadline_missing;
mod promise_unbacked;
mod response_conflict;
mod response_missing;
mod severity_unknown;

pub use deadline_missing::RULE as DEADLINE_MISSING;
pub use promise_unbacked::RULE as PROMISE_UNBACKED;
pub use response_conflict::RULE as RESPONSE_CONFLICT;
pub use response_missing::RULE as RESPONSE_MISSING;
pub use severity_unknown::RULE as SEVERITY_UNKNOWN;
