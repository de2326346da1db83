//! Any bytes as a statement of succession: what can be read is written again as the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::formats::succession::Succession;

fuzz_target!(|bytes: &[u8]| {
    match Succession::parse(bytes) {
        Ok(statement) => assert_eq!(statement.to_json(), bytes),
        Err(problem) => assert!(!problem.to_string().chars().any(char::is_control)),
    }
});
