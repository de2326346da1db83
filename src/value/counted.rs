//! Numbers of things as people say them: in go a number and the word for one of them, out come the words for all.

/// `1 advisory`, `2 advisories`, `3 files`.
pub(crate) fn counted(n: usize, word: &str) -> String {
    match (n, word.strip_suffix('y')) {
        (1, _) => format!("1 {word}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        (_, None) => format!("{n} {word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_said_otherwise_than_many() {
        let said = [counted(1, "advisory"), counted(2, "advisory"), counted(1, "file"), counted(0, "file")];
        assert_eq!(said, ["1 advisory", "2 advisories", "1 file", "0 files"]);
    }
}
