//! Words of other languages than English for the stages of a report, in lower case, as policies use them.

/// That a report has arrived, or is answered.
pub(crate) const ACKNOWLEDGMENT: &[&str] = &[
    "antwort",
    "rückmeldung",
    "réponse",
    "respuesta",
    "resposta",
    "ответ",
    "受付",
    "確認",
    "返信",
    "确认",
    "回复",
    "응답",
    "접수",
    "回答",
    "受領を",
    "reconhec",
    "acuse de recibo",
    "accusé",
    "eingangsbestätigung",
];

/// That somebody has looked at it.
pub(crate) const ASSESSMENT: &[&str] = &["評価", "评估", "평가", "оценк", "bewert"];

/// How far it is.
pub(crate) const UPDATE: &[&str] = &["进展", "進捗", "경과"];

/// That it is mended.
pub(crate) const FIX: &[&str] = &[
    "behoben",
    "corrig",
    "correç",
    "correcc",
    "parche",
    "修正",
    "修复",
    "补丁",
    "補丁",
    "パッチ",
    "수정",
    "패치",
    "исправл",
    "патч",
];

/// That it is made public.
pub(crate) const DISCLOSURE: &[&str] = &["公開", "공개", "divulga", "offenleg"];

/// What makes a sentence speak of a case, and promise nothing.
pub(crate) const CONDITION: &[&str] =
    &["falls ", "wenn ", "sollte", "si ", "caso ", "se ", "если", "場合", "如果", "若", "경우", "なければ"];
