//! Words that begin a sentence: in go words in the middle of one, out come the same with a capital at the front.

/// `text`, its first letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!([capital(""), capital("a b"), capital("ß x"), capital("1 a")], ["", "A b", "SS x", "1 a"]);
    }
}
