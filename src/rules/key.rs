//! What is wrong with a certificate.

mod bad_certificate;
mod expired_key;
mod fingerprint_mismatch;
mod holder_not_in_certificate;
mod key_expires_soon;
mod key_missing;
mod key_no_fingerprint;
mod no_encryption_subkey;
mod retired_key_server;
mod short_key_id;

pub use bad_certificate::RULE as BAD_CERTIFICATE;
pub use expired_key::RULE as EXPIRED_KEY;
pub use fingerprint_mismatch::RULE as FINGERPRINT_MISMATCH;
pub use holder_not_in_certificate::RULE as HOLDER_NOT_IN_CERTIFICATE;
pub use key_expires_soon::RULE as KEY_EXPIRES_SOON;
pub use key_missing::RULE as KEY_MISSING;
pub use key_no_fingerprint::RULE as KEY_NO_FINGERPRINT;
pub use no_encryption_subkey::RULE as NO_ENCRYPTION_SUBKEY;
pub use retired_key_server::RULE as RETIRED_KEY_SERVER;
pub use short_key_id::RULE as SHORT_KEY_ID;
