//! Every kind of finding, one file each: its id, its level, its explanation.
//!
//! A finding cannot be made without its rule, so `secsite explain` knows all that `check` can say. The file path spells
//! the family; the id reads well after "allow". Rules are named where their fact is known: at decoding, in
//! [`crate::site`], or while a page is rendered.

pub mod advisory;
pub mod contact;
pub mod guard;
mod guide;
pub mod input;
pub mod key;
pub mod markdown;
pub mod output;
pub mod policy;
pub mod promise;
pub mod text;
pub mod theme;
pub mod version;

use crate::diag::Rule;

pub use guide::guide;

/// All rules, by family and then by id.
pub static RULES: &[&Rule] = &[
    &input::BAD_DATE,
    &input::BAD_VALUE,
    &input::DUPLICATE_KEY,
    &input::FILE_ENCODING,
    &input::FRONT_MATTER,
    &input::MISSING_KEY,
    &input::SECRET_IN_INPUT,
    &input::ACTIVE_CONTENT,
    &input::TOML_SYNTAX,
    &input::UNKNOWN_KEY,
    &input::UNKNOWN_LINT,
    &input::UNKNOWN_WORD,
    &input::WRONG_TYPE,
    &advisory::ALIAS_IS_ADVISORY,
    &advisory::BAD_RANGE,
    &advisory::DATE_ORDER,
    &advisory::DUPLICATE_ID,
    &advisory::EMBARGO_CLOCK,
    &advisory::FOREIGN_PREFIX,
    &advisory::ID_FILE_NAME,
    &advisory::MISSING_AFFECTED,
    &advisory::MISSING_CSAF_SCORE,
    &advisory::MISSING_JUSTIFICATION,
    &advisory::MISSING_PUBLISHED,
    &advisory::MISSING_SEVERITY,
    &advisory::PLACEHOLDER_TEXT,
    &advisory::PUBLISHED_IN_FUTURE,
    &advisory::SEVERITY_MISMATCH,
    &advisory::SHORT_GIT_HASH,
    &advisory::STRAY_JUSTIFICATION,
    &advisory::SUPERSEDED_CYCLE,
    &advisory::UNKNOWN_ADVISORY,
    &advisory::UNKNOWN_PRODUCT,
    &contact::CONTACT_INDIRECT,
    &contact::CONTACT_OTHER_REPOSITORY,
    &contact::CONTACT_PERSONAL,
    &contact::CONTACT_PUBLIC,
    &contact::CONTACT_SINGLE,
    &contact::CONTACT_UNCONFIRMED,
    &contact::POLICY_ELSEWHERE,
    &markdown::BAD_LINK,
    &markdown::BROKEN_ANCHOR,
    &markdown::BROKEN_LINK,
    &markdown::MISSING_ALT,
    &markdown::RAW_HTML,
    &markdown::REMOTE_IMAGE,
    &markdown::UNBOUNDED_MARKDOWN,
    &policy::BAD_RELEASE,
    &policy::BASE_URL_PATH,
    &policy::DUPLICATE_KEY_ID,
    &policy::DUPLICATE_PRODUCT,
    &policy::EXAMPLE_DOMAIN,
    &policy::EXPIRED_REVIEW,
    &policy::LONG_VALIDITY,
    &policy::LOW_CONTRAST,
    &policy::MISSING_CONTACT,
    &policy::MISSING_FILE,
    &policy::MISSING_THEME,
    &policy::POLICY_NONE,
    &policy::POLICY_TWICE,
    &policy::REVIEW_DUE,
    &policy::REVIEW_IN_FUTURE,
    &policy::REVIEW_OVERDUE,
    &policy::REVIEW_UNDATED,
    &policy::UNKNOWN_KEY_ID,
    &policy::UNKNOWN_MARKER,
    &policy::UNTIL_PAST,
    &policy::UNTIL_SOON,
    &policy::VERSION_GAP,
    &key::BAD_CERTIFICATE,
    &key::EXPIRED_KEY,
    &key::FINGERPRINT_MISMATCH,
    &key::HOLDER_NOT_IN_CERTIFICATE,
    &key::KEY_EXPIRES_SOON,
    &key::KEY_MISSING,
    &key::KEY_NO_FINGERPRINT,
    &key::NO_ENCRYPTION_SUBKEY,
    &key::RETIRED_KEY_SERVER,
    &key::SHORT_KEY_ID,
    &promise::DEADLINE_MISSING,
    &promise::PROMISE_UNBACKED,
    &promise::RESPONSE_CONFLICT,
    &promise::RESPONSE_MISSING,
    &promise::SEVERITY_UNKNOWN,
    &text::BROKEN_SENTENCE,
    &text::EMPTY_SECTION,
    &text::FENCED_SECTION,
    &text::HEADING_LEVEL,
    &text::HEADING_MANY_H1,
    &text::HEADING_NONE,
    &text::HEADING_NO_H1,
    &text::HOF_EMPTY,
    &text::MOJIBAKE,
    &text::NDA_WORDING,
    &text::PLAIN_HTTP,
    &text::PROSE_DISAGREES,
    &text::RETIRED_LINK,
    &text::TEMPLATE_TEXT,
    &version::TEMPLATE_ROWS,
    &version::UNTIL_FORMAT,
    &version::UNTIL_FUTURE,
    &version::UNTIL_MISSING,
    &version::VERSION_CONTRADICTION,
    &version::VERSION_DUPLICATE,
    &version::VERSION_EXACT,
    &version::VERSION_EXCEPTION,
    &version::VERSION_HOLE,
    &version::VERSION_MISSING,
    &version::VERSION_NONE_SUPPORTED,
    &version::VERSION_NO_UNSUPPORTED,
    &version::VERSION_OPEN_BELOW,
    &version::VERSION_STATUS_UNKNOWN,
    &version::VERSION_TAGGED,
    &version::VERSION_TABLE_GAP,
    &version::VERSION_WORDS_ONLY,
    &theme::TEMPLATE_ERROR,
    &output::EXPIRED_MANIFEST,
    &output::FORMATS_DISAGREE,
    &output::MANIFEST_EXPIRES_SOON,
    &output::NO_SIGNATURE,
    &output::PATH_COLLISION,
    &guard::MODIFIED_ALONE,
    &guard::MODIFIED_FELL,
    &guard::MODIFIED_NOT_RAISED,
    &guard::PUBLISHED_MOVED,
    &guard::REVISION_NOT_RAISED,
    &guard::SKIPPED_BY_IMPORTERS,
    &guard::UNREADABLE_PUBLIC,
    &guard::VANISHED_ADDRESS,
    &guard::VANISHED_ADVISORY,
    &guard::WITHDRAWAL_UNDONE,
];

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_unique_and_kebab() {
        for (i, rule) in RULES.iter().enumerate() {
            assert!(
                rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                rule.id
            );
            assert!(RULES[i + 1..].iter().all(|other| other.id != rule.id), "{}", rule.id);
            assert!(!rule.summary.is_empty() && !rule.explain.is_empty(), "{}", rule.id);
        }
    }
}
