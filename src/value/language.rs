//! Language tags, the well-formed part of BCP 47 that pages use: language, script, region, variants.
//!
//! In goes a tag, out comes its canonical spelling. Whether the registry knows the language is not asked.

use std::fmt;

use super::Invalid;
use super::shown::shown;

/// A tag in the recommended case: `en`, `pt-BR`, `zh-Hant-TW`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// RFC 5646 §2.1, without extensions and private use.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        canonical(text).map(Self).ok_or_else(|| {
            Invalid::new(
                format!("{} is not a language tag", shown(text)),
                "write a tag of BCP 47, such as `en` or `pt-BR`",
            )
        })
    }

    /// English, what pages speak unless told otherwise.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `rtl` or `ltr`, for the attribute `dir`.
    pub fn direction(&self) -> &'static str {
        let mut parts = self.0.split('-');
        let language = parts.next().unwrap_or_default();
        match parts.find(|part| part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase())) {
            Some("Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo" | "Adlm") => "rtl",
            Some(_) => "ltr",
            None if matches!(
                language,
                "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb"
            ) =>
            {
                "rtl"
            }
            None => "ltr",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn canonical(text: &str) -> Option<String> {
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if text.len() > 35 || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return None;
    }
    let mut parts = text.split('-').peekable();
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && letters(part))?;
    let mut tag = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|part| part.len() == 4 && letters(part)) {
        let (first, rest) = script.split_at(1);
        tag = format!("{tag}-{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase());
    }
    if let Some(region) =
        parts.next_if(|part| part.len() == 2 && letters(part) || part.len() == 3 && digits(part))
    {
        tag = format!("{tag}-{}", region.to_ascii_uppercase());
    }
    for variant in parts {
        let long = (5..=8).contains(&variant.len());
        let dated = variant.len() == 4 && variant.starts_with(|c: char| c.is_ascii_digit());
        if !long && !dated {
            return None;
        }
        tag = format!("{tag}-{}", variant.to_ascii_lowercase());
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::Language;

    fn check(text: &str, expect: &str, direction: &str) {
        let language = Language::parse(text).unwrap();
        assert_eq!((language.as_str(), language.direction()), (expect, direction), "{text:?}");
    }

    #[test]
    fn reads_tags() {
        check("en", "en", "ltr");
        check("PT-br", "pt-BR", "ltr");
        check("zh-hant-tw", "zh-Hant-TW", "ltr");
        check("es-419", "es-419", "ltr");
        check("de-1996", "de-1996", "ltr");
        check("ar", "ar", "rtl");
        check("az-arab", "az-Arab", "rtl");
        for text in ["", "e", "english", "en_GB", "en-", "-en", "en-GB-x-y", "日本", "en--GB"] {
            assert!(Language::parse(text).is_err(), "{text:?}");
        }
    }
}
