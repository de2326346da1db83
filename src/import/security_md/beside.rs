//! Translations beside a policy: in go its name and the names in its folder, out come those of the same text in other
//! languages: `SECURITY.zh-CN.md`, `SECURITY_ja.md`, `security-fr.rst`. None of them is read.

/// Languages that names of files tell, and the countries that stand for one there.
const LANGUAGES: &[&str] = &[
    "ar", "be", "bg", "bn", "ca", "cn", "cs", "cz", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "gl", "he", "hi", "hr", "hu", "id", "it", "ja", "jp", "ka", "kk", "ko", "kr", "lt", "lv", "ms",
    "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "te", "th", "tr", "tw",
    "uk", "ur", "uz", "vi", "zh",
];

const ENDINGS: &[&str] = &["md", "markdown", "rst", "adoc", "asciidoc", "txt"];

/// Enough to show that there are many.
const MOST: usize = 40;

/// The translations among `names`, in their order.
pub(super) fn translations<'n>(path: &str, names: &'n [String]) -> Vec<&'n str> {
    let own = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let Some((base, _)) = parts(own) else { return Vec::new() };
    let same = |name: &&String| {
        let found = parts(name).filter(|(other, _)| *other == base);
        // The untagged name is a translation where this one has a tag.
        !name.eq_ignore_ascii_case(own)
            && found.is_some_and(|(_, tagged)| tagged || parts(own).is_some_and(|own| own.1))
    };
    names.iter().filter(same).map(String::as_str).take(MOST).collect()
}

/// A name in lower case without its language and ending, and whether it has a language.
fn parts(name: &str) -> Option<(String, bool)> {
    let lower = name.to_ascii_lowercase();
    let (stem, ending) = lower.rsplit_once('.')?;
    if !ENDINGS.contains(&ending) {
        return None;
    }
    let tagged = stem.match_indices(['.', '_', '-']).find(|(at, _)| is_tag(&stem[at + 1..]));
    Some(match tagged {
        Some((at, _)) => (stem[..at].to_owned(), true),
        None => (stem.to_owned(), false),
    })
}

/// `ja`, `zh-cn`, `zh_hans`, `pt-br`.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let language = parts.next().is_some_and(|language| LANGUAGES.contains(&language));
    let region = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
    language && parts.next().is_none_or(region) && parts.next().is_none_or(region) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::translations;

    #[test]
    fn siblings_in_other_languages_are_found() {
        let names: Vec<String> = [
            "README.md",
            "README.ja.md",
            "SECURITY-HARDENING.md",
            "SECURITY-v2.md",
            "SECURITY.md",
            "SECURITY.md.bak",
            "SECURITY.pt-BR.md",
            "SECURITY.zh-CN.md",
            "SECURITY_ja.md",
            "security-fr.rst",
        ]
        .map(str::to_owned)
        .to_vec();
        let found = ["SECURITY.pt-BR.md", "SECURITY.zh-CN.md", "SECURITY_ja.md", "security-fr.rst"];
        assert_eq!(translations("docs/SECURITY.md", &names), found);
        let others = ["SECURITY.md", "SECURITY.pt-BR.md", "SECURITY.zh-CN.md", "security-fr.rst"];
        assert_eq!(translations("SECURITY_ja.md", &names), others);
        assert!(translations("POLICY.md", &names).is_empty() && translations("", &names).is_empty());
    }
}
