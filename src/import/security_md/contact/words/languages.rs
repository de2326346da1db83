//! "Mail the maintainer" in other languages than English: in goes a sentence in lower case, out comes whether it asks to write
//! to somebody. One language is one table; a word of each of its two lists in one clause is enough.

use crate::value::sentence::negates;

/// Who is asked for, and how, parted by bars. Both are beginnings of words; where a script puts no space between them,
/// any part of the clause.
struct Language {
    people: &'static str,
    asked: &'static str,
    /// Parts of a clause that says not to.
    no: &'static str,
    spaced: bool,
}

const LANGUAGES: [Language; 8] = [
    // Chinese, in both scripts.
    Language {
        people: "维护者|维护人员|維護者|維護人員|作者|开发者|开发人员|開發者|开发团队|團隊|团队|管理员|管理員|负责人|負責人|项目组|我们|我們|私下|私密|私信",
        asked: "联系|聯繫|聯絡|联络|邮件|郵件|电邮|報告|报告|告知|通知|发送|發送|反馈|私信",
        no: "不要|请勿|請勿|切勿|勿在|避免|而不是",
        spaced: false,
    },
    // Japanese.
    Language {
        people: "メンテナ|開発者|作者|作成者|管理者|担当者|チーム|オーナー|非公開|内密|個別",
        asked: "連絡|メール|報告|知らせ|お送り|送信|通知|dm",
        no: "ないで|しない|せず|避け|ではなく",
        spaced: false,
    },
    // Korean: words take their endings without a space.
    Language {
        people: "메인테이너|유지보수|유지 관리|유지관리|관리자|개발자|작성자|담당자|개발팀|보안팀|비공개|개인적으로",
        asked: "연락|메일|제보|신고|보고|알려|보내|전달|문의",
        no: "마세요|마십시오|말아|말고|않",
        spaced: false,
    },
    // German.
    Language {
        people: "maintainer|betreuer|entwickler|autor|autorin|autoren|verantwortliche|projektleit|team|\
                 sicherheitsteam|uns|mich|privat|vertraulich",
        asked: "kontaktier|schreib|mail|e-mail|melde|wende|informier|benachrichtig|schick|sende",
        no: "keinesfalls|bitte nicht|statt ",
        spaced: true,
    },
    // French.
    Language {
        people: "maintainer|mainteneu|mainteneur|auteur|autrice|développeu|responsable|équipe|nous|privé|\
                 confidentiel|confidentielle|propriétaire",
        asked: "contact|écri|envoy|signal|courriel|e-mail|mail|inform|prévenez|prévenir|adress",
        no: "n'|n’| pas |jamais|sans ",
        spaced: true,
    },
    // Spanish.
    Language {
        people: "maintainer|mantenedor|autor|autora|autores|desarrollador|responsable|equipo|propietari|\
                 administrador|nosotros|privado|privada|confidencial",
        asked: "contact|contáct|escrib|escríb|envi|envía|inform|infórm|report|avis|correo|comuni|notifi",
        no: "nunca|sin ",
        spaced: true,
    },
    // Portuguese.
    Language {
        people: "maintainer|mantenedor|autor|autora|autores|desenvolvedor|responsáve|equipe|equipa|\
                 proprietári|administrador|nós|privado|privada|confidencial",
        asked: "contat|contact|escrev|envi|inform|report|relat|avis|e-mail|email|comuni|notifi",
        no: "nunca|sem |evite",
        spaced: true,
    },
    // Russian.
    Language {
        people: "мейнтейнер|майнтейнер|ментейнер|сопровожда|автору|авторам|автором|авторами|разработчик|\
                 владельц|команд|администратор|нам|мне|приватн|конфиденциальн|лично",
        asked: "свяж|связ|напиш|пиш|сообщ|отправ|присыл|письм|почт|обрати|обращ|уведом",
        no: "",
        spaced: true,
    },
];

/// Whether the sentence, in lower case, asks to write to somebody in one of these languages.
pub(super) fn asks(lower: &str) -> bool {
    let clauses = lower.split([',', '，', '、', ';', '；', '—', '：']);
    clauses.into_iter().any(|clause| LANGUAGES.iter().any(|language| language.asks(clause)))
}

impl Language {
    fn asks(&self, clause: &str) -> bool {
        let holds = |list: &str| list.split('|').any(|part| !part.is_empty() && clause.contains(part));
        let begin = |list: &str| {
            let mut words = clause.split(|c: char| !c.is_alphanumeric() && c != '-');
            words.any(|word| list.split('|').any(|stem| begins(word, stem)))
        };
        let says = |list: &str| if self.spaced { begin(list) } else { holds(list) };
        says(self.people) && says(self.asked) && !negates(clause) && !holds(self.no)
    }
}

/// Whether a word is made of a stem. A short stem is the whole word: `uns` is not in "unsicher", nor `autor` in
/// "autorización".
fn begins(word: &str, stem: &str) -> bool {
    let short = stem.chars().count() <= 3 || matches!(stem, "autor" | "team" | "nous");
    word == stem || !short && word.starts_with(stem)
}

#[cfg(test)]
mod tests {
    use super::asks;

    #[test]
    fn people_are_asked_for_in_many_languages() {
        for sentence in [
            "通过电子邮件联系维护者",
            "请不要在公开 issue 中披露，请私下联系维护者。",
            "請以電子郵件聯絡專案維護者。",
            "脆弱性を見つけた場合は、メンテナーにメールで連絡してください。",
            "公開の issue ではなく、非公開で報告してください。",
            "취약점을 발견하면 메인테이너에게 이메일을 보내 주세요.",
            "공개 이슈를 만들지 마시고, 관리자에게 비공개로 연락해 주세요.",
            "bitte schreiben sie den maintainern eine e-mail.",
            "öffnen sie kein öffentliches issue, sondern melden sie es uns vertraulich.",
            "veuillez contacter les mainteneurs par courriel.",
            "n'ouvrez pas de ticket public, écrivez directement aux mainteneurs.",
            "envíe un correo electrónico a los mantenedores del proyecto.",
            "no abra un issue público, contacte al mantenedor.",
            "envie um e-mail para os mantenedores.",
            "não abra uma issue pública, entre em contato com o mantenedor.",
            "напишите разработчикам на почту.",
            "не создавайте публичный issue, свяжитесь с мейнтейнером.",
        ] {
            assert!(asks(sentence), "{sentence}");
        }
    }

    #[test]
    fn other_sentences_ask_for_nobody() {
        for sentence in [
            "请勿联系维护者",
            "维护者会尽快修复漏洞",
            "支持邮件验证和短信验证",
            "メンテナーは48時間以内に確認します",
            "ログには個人情報を含めないでください",
            "메일 인증을 지원합니다",
            "관리자 비밀번호를 변경하세요",
            "unsichere einstellungen werden gemeldet",
            "das team prüft jede meldung.",
            "l'équipe publie un correctif.",
            "el equipo publica una corrección.",
            "la autorización se informa en el registro",
            "a equipe corrige a falha.",
            "авторизация и почта настраиваются",
            "команда исправит ошибку",
        ] {
            assert!(!asks(sentence), "{sentence}");
        }
    }
}
