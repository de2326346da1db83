//! Sentences and the small words that turn them: in goes plain text, out come its sentences, and whether one says no.

/// The sentences of a text; a line of a list within it is one too.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = end(rest);
        let (sentence, after) = rest.split_at(end);
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        if !sentence.is_empty() {
            found.push(sentence);
        }
        rest = after;
    }
    found
}

/// Where the first sentence ends. A full stop counts before a space only, so that `v1.2` and addresses stay whole.
fn end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => {
                let short =
                    ["e.g.", "i.e.", "etc.", "vs.", "cf."].iter().any(|word| text[..after].ends_with(word));
                !short && chars.peek().is_none_or(|(_, next)| next.is_whitespace())
            }
            '\n' => {
                let rest = text[after..].trim_start();
                text[after..].starts_with('\n')
                    || rest.starts_with(['✅', '❌', '•', '·', '-', '*', '→'])
                    || rest.split_whitespace().next().is_some_and(|word| word.ends_with(':'))
            }
            _ => false,
        };
        if ends {
            return after;
        }
    }
    text.len()
}

/// Whether a text in lower case holds one of the words.
pub(crate) fn has_any(lower: &str, words: &[&str]) -> bool {
    words.iter().any(|word| lower.contains(word))
}

/// Whether a sentence in lower case says not to, or that there is none.
pub(crate) fn negates(lower: &str) -> bool {
    const NO: &[&str] = &[
        "do not",
        "don't",
        "don’t",
        "does not",
        "not ",
        "never",
        "avoid",
        "refrain",
        "instead of",
        "rather than",
        "no ",
        "without",
        "cannot",
        "can't",
        "nicht ",
        "keine",
        "ne pas",
        "n'ouvrez pas",
        "não ",
        "no abra",
        "не ",
        "請不要",
        "请勿",
        "不要",
    ];
    let spaced = format!(" {lower} ");
    NO.iter().any(|word| {
        if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            spaced.contains(&format!(" {word}")) || spaced.contains(&format!("*{word}"))
        } else {
            spaced.contains(word)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{negates, sentences};

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            sentences("See v1.2 of a@b.example. Then\nwrite. Ok"),
            ["See v1.2 of a@b.example.", "Then write.", "Ok"]
        );
        assert_eq!(sentences("報告。公開。"), ["報告。", "公開。"]);
        assert!(negates("please do not open a public issue") && !negates("report a notable issue"));
    }
}
