//! An address that is kept in another file. In goes a text in which no address was found, out come the words that say where
//! one stands: "mail the address in the README" helps whoever has the repository at hand.

use super::{cited, push};
use crate::import::security_md::facts::Reading;
use crate::import::security_md::kind::Kind;
use crate::value::sentence::{has_any, negates, sentences};

/// How a sentence says that an address stands elsewhere.
const STANDS: &[&str] = &[
    "address listed in",
    "addresses listed in",
    "address found in",
    "address given in",
    "address specified in",
    "address provided in",
    "address in the readme",
    "address in readme",
    "address in our readme",
    "address in the `",
];

/// Reads it; answers whether there is one.
pub(super) fn read(reading: &mut Reading<'_>) -> bool {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in spoken {
        if !matches!(reading.kind(at), Some(Kind::Reporting | Kind::Contact) | None) {
            continue;
        }
        for sentence in sentences(&statement.text) {
            let lower = sentence.to_lowercase();
            let told = has_any(&lower, STANDS) && lower.contains("mail") && !negates(&lower);
            if let Some(words) = cited(&sentence).filter(|_| told) {
                push(reading, at, "person", words);
                return true;
            }
        }
    }
    false
}
