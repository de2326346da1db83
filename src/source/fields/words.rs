//! Enumerations that are written as words, and the nearest word to a mistyped one.

/// A closed set of words.
pub trait Words: Sized + Copy + 'static {
    /// Every value, in the order in which help lists them.
    const ALL: &'static [Self];

    /// The word as it is written in a file.
    fn word(self) -> &'static str;
}

/// Declares an enumeration and the word for each of its values in one place, so that the two cannot part.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $value),+ }

        impl $crate::source::fields::Words for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];
            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl $crate::source::fields::Decode for $name {
            fn decode(
                value: &toml::Spanned<toml::de::DeValue<'_>>,
                cx: &mut $crate::source::fields::Decoder<'_>,
            ) -> Option<Self> {
                $crate::source::fields::word(value, cx)
            }
        }
    };
}
pub(crate) use words;

/// The word that was probably meant: at most a third of its letters differ.
pub fn nearest<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    if typed.len() > 64 {
        return None;
    }
    let typed = typed.to_lowercase();
    words
        .map(|word| (strsim::damerau_levenshtein(&typed, word), word))
        .filter(|(distance, word)| *distance * 3 <= word.len().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_word() {
        let words = ["title", "published", "modified"];
        assert_eq!(nearest("titel", words.into_iter()), Some("title"));
        assert_eq!(nearest("Published", words.into_iter()), Some("published"));
        assert_eq!(nearest("colour", words.into_iter()), None);
    }
}
