//! What is wrong with a certificate.

mod bad_certificate;
mod expired_key;
mod fingerprint_mismatch;
mod holder_not_in_certificate;
mod key_expires_soon;
mod no_encryption_subkey;

pub use bad_certificate::RULE as BAD_CERTIFICATE;
pub use expired_key::RULE as EXPIRED_KEY;
pub use fingerprint_mismatch::RULE as FINGERPRINT_MISMATCH;
pub use holder_not_in_certificate::RULE as HOLDER_NOT_IN_CERTIFICATE;
pub use key_expires_soon::RULE as KEY_EXPIRES_SOON;
pub use no_encryption_subkey::RULE as NO_ENCRYPTION_SUBKEY;
