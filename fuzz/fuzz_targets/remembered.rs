//! Any bytes as what was remembered of a site: what can be read is written in a form that says the same.
//!
//! The form is for our eyes alone, so other spellings are taken; but nothing may get lost from one run to the next.
#![no_main]

use libfuzzer_sys::fuzz_target;
use secsite::verify::remembered::{Remembered, file_name};

fuzz_target!(|bytes: &[u8]| {
    match Remembered::parse(bytes) {
        Ok(remembered) => {
            let written = remembered.to_json();
            let again = Remembered::parse(&written).expect("what was written can be read");
            assert_eq!(again.to_json(), written);
            assert!(!file_name(&remembered.origin).contains(['/', '\\', '\u{1b}']));
        }
        Err(damage) => assert!(!damage.to_string().chars().any(char::is_control)),
    }
});
