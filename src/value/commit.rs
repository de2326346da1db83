//! Hashes of git commits.
//!
//! In goes a text, out comes whether it names one commit for ever: a part of a hash may mean two tomorrow.

/// Whether `text` is a whole hash, as `git rev-parse` prints it: 40 digits, or 64 in a repository with SHA-256.
pub fn is_whole(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn parts_are_not_whole() {
        assert!(is_whole(&"4e2b52b5f7".repeat(4)) && is_whole(&"0a1b2c3d".repeat(8)));
        for text in ["", "0", "4e2b52b", &"4E2B52B5F7".repeat(4), &"g".repeat(40)] {
            assert!(!is_whole(text), "{text}");
        }
    }
}
