//! How bad: in go words of a policy, out comes the level that they name first, in any of a dozen languages.

/// Words that must stand alone, for "low" is in "below".
const ENGLISH: &[(&str, &str)] = &[
    ("critical", "critical"),
    ("high", "high"),
    ("medium", "medium"),
    ("moderate", "medium"),
    ("low", "low"),
];

/// Beginnings of words of languages that inflect.
const STEMS: &[(&str, &str)] = &[
    ("kritisch", "critical"),
    ("critique", "critical"),
    ("crític", "critical"),
    ("critico", "critical"),
    ("critica", "critical"),
    ("критич", "critical"),
    ("hoch", "high"),
    ("hohe", "high"),
    ("haute", "high"),
    ("élevé", "high"),
    ("majeur", "high"),
    ("alta", "high"),
    ("alto", "high"),
    ("высок", "high"),
    ("mittel", "medium"),
    ("mittler", "medium"),
    ("moyen", "medium"),
    ("modéré", "medium"),
    ("média", "medium"),
    ("médio", "medium"),
    ("средн", "medium"),
    ("lower severity", "low"),
    ("lower-severity", "low"),
    ("niedrig", "low"),
    ("faible", "low"),
    ("mineur", "low"),
    ("baixa", "low"),
    ("baja", "low"),
    ("bajo", "low"),
    ("bassa", "low"),
    ("низк", "low"),
];

/// Words that begin a label; elsewhere they mean anything.
const LABELS: &[(&str, &str)] = &[
    ("严重", "critical"),
    ("嚴重", "critical"),
    ("关键", "critical"),
    ("致命", "critical"),
    ("紧急", "critical"),
    ("緊急", "critical"),
    ("重大", "critical"),
    ("심각", "critical"),
    ("치명", "critical"),
    ("高", "high"),
    ("높음", "high"),
    ("中", "medium"),
    ("보통", "medium"),
    ("중간", "medium"),
    ("低", "low"),
    ("낮음", "low"),
];

/// What may follow the word of a label: "高危", "高リスク".
const ENDS: &[char] = &['危', '问', '問', '漏', '缺', '级', '級', '风', '風', 'リ', '等', '적', '한'];

/// The level that is named first.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let outer = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
    let place = |word: &str, whole: bool| {
        lower.match_indices(word).map(|(at, _)| at).find(|at| {
            let end = lower[at + word.len()..].chars().next();
            outer(*at) && (!whole || end.is_none_or(|c| !c.is_alphanumeric()))
        })
    };
    let english = ENGLISH.iter().filter_map(|(word, level)| Some((place(word, true)?, *level)));
    let stems = STEMS.iter().filter_map(|(stem, level)| Some((place(stem, false)?, *level)));
    english.chain(stems).min().map(|(_, level)| level).or_else(|| labelled(lower.trim()))
}

fn labelled(text: &str) -> Option<&'static str> {
    let (word, level) = LABELS.iter().find(|(word, _)| text.starts_with(word))?;
    let next = text[word.len()..].chars().next();
    next.is_none_or(|c| !c.is_alphanumeric() || c.is_ascii() || ENDS.contains(&c)).then_some(*level)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn levels_are_known_in_many_languages() {
        for (text, expect) in [
            ("Critical / High", Some("critical")),
            ("below the highest", None),
            ("Kritische Lücken", Some("critical")),
            ("Severidade alta (CVSS 7.0)", Some("high")),
            ("Moyenne", Some("medium")),
            ("низкая", Some("low")),
            ("严重", Some("critical")),
            ("高危（CVSS 7.0-8.9）：", Some("high")),
            ("高度な攻撃", None),
            ("다른 높음", None),
        ] {
            assert_eq!(named(text), expect, "{text}");
        }
    }
}
