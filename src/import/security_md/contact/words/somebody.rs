//! People: "contact the maintainer", said to somebody who knows who that is. In goes a text that names no address, out comes
//! whom a stranger would find by it: an account, a page, or words that say where the address stands.

use super::{cited, languages, push};
use crate::import::security_md::contact::link;
use crate::import::security_md::facts::Reading;
use crate::import::security_md::kind::Kind;
use crate::import::security_md::outline::Statement;
use crate::value::line;
use crate::value::sentence::{has_any, negates, sentences};

/// Whom a policy asks to write to; whole words, for "authorization" is nobody.
const PEOPLE: &[&str] = &[
    "maintainer",
    "maintainers",
    "owner",
    "owners",
    "author",
    "authors",
    "lead",
    "developer",
    "developers",
    "committers",
    "team",
    "codeowners",
    "me",
    "my",
    "us",
    "profile",
    "privately",
    "private",
    "confidentially",
    "admin",
    "admins",
];

/// How.
const ASKED: &[&str] = &[
    "contact",
    "contacting",
    "mail",
    "email",
    "e-mail",
    "emailing",
    "mailing",
    "emailed",
    "report",
    "reporting",
    "reported",
    "reach",
    "reaching",
    "message",
    "messaging",
    "send",
    "sending",
    "notify",
    "disclose",
    "dm",
    "write",
    "inform",
    "know",
];

/// Where an address stands that is not here.
const WHERE: &[&str] = &[
    "profil",
    "perfil",
    "профил",
    "个人资料",
    "个人主页",
    "個人頁面",
    "プロフィール",
    "프로필",
    "maintainers file",
    "maintainers.md",
    "maintainers.txt",
    "maintainers`",
    "in maintainers",
    "codeowners",
    "authors file",
    "authors.md",
    "contributors file",
    "readme",
    "package.json",
    "composer.json",
    "cargo.toml",
    "pyproject",
    "setup.py",
    "gemspec",
    "npm view",
    "within npm",
    "on npm",
    "on pypi",
    "on crates.io",
    "listed in",
    "listed on",
    "listed at",
    "address in",
    "address is in",
    "found in",
    "found on",
    "git log",
    "commit history",
    "website",
    "keys under",
    "pgp key",
    "gpg key",
];

/// Reads them; answers whether the text asks to report to somebody in private, whether or not it says to whom.
pub(super) fn read(reading: &mut Reading<'_>) -> bool {
    let spoken: Vec<_> = reading.spoken().collect();
    for (at, statement) in &spoken {
        let here = matches!(reading.kind(*at), Some(Kind::Reporting | Kind::Contact));
        let profile = link::urls(statement).into_iter().find(|url| link::is_profile(url));
        let page = profile.filter(|_| here).or_else(|| page(statement));
        if let Some(url) = page {
            push(reading, *at, "person", url);
            return true;
        }
    }
    let mut nowhere = None;
    for (at, statement) in spoken {
        if matches!(reading.kind(at), Some(Kind::Practices | Kind::Limitation | Kind::Thanks)) {
            continue;
        }
        for sentence in sentences(&statement.text).into_iter().filter(|sentence| sentence.len() <= LONGEST) {
            let lower = sentence.to_lowercase();
            if !asks(&lower) && !languages::asks(&lower) {
                continue;
            }
            let told = account(&sentence).or_else(|| cited(&sentence).filter(|_| has_any(&lower, WHERE)));
            if let Some(told) = told {
                push(reading, at, "person", told);
                return true;
            }
            nowhere.get_or_insert((at, sentence));
        }
    }
    let Some((at, sentence)) = nowhere else { return false };
    reading.leave(at, &sentence, "says to write to somebody, and nowhere how: no contact is made of it");
    true
}

/// A sentence that asks for a report is short.
const LONGEST: usize = 400;

/// Whether a sentence in lower case asks to write to somebody.
fn asks(lower: &str) -> bool {
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '-');
    let says = |list: &[&str]| words.clone().any(|word| list.contains(&word));
    says(PEOPLE) && says(ASKED) && (!negates(lower) || has_any(lower, &["instead", "privately", "directly"]))
}

/// "Contact [Ann](https://ann.example/) about vulnerabilities."
fn page(statement: &Statement) -> Option<String> {
    let asks = |sentence: &String| {
        let lower = sentence.to_lowercase();
        has_any(&lower, &["contact ", "reach out to", "write to", "send a mail", "send an email"])
            && has_any(&lower, &["secur", "vulnerab"])
            && !negates(&lower)
    };
    let urls = link::urls(statement);
    let [url] = urls.as_slice() else { return None };
    let web = url.starts_with("https://") || url.starts_with("http://");
    let page = web && !super::elsewhere::explains(url) && !url.contains("/discussions");
    let asked = sentences(&statement.text).iter().any(asks);
    (page && asked && line::check(url).is_ok()).then(|| url.clone())
}

/// `@name` as a forge or a chat knows it.
fn account(sentence: &str) -> Option<String> {
    sentence.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| "()[]{}<>*_`\"',.:;!?".contains(c));
        let name = word.strip_prefix('@')?;
        let sound = (2..=39).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic());
        sound.then(|| word.to_owned())
    })
}
