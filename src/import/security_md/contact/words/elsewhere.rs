//! A link to the policy that counts: in goes a text that names no address, out comes the page that it sends its readers
//! to, if it does.

use super::push;
use crate::import::security_md::contact::link;
use crate::import::security_md::facts::Reading;
use crate::import::security_md::kind::Kind;
use crate::import::security_md::outline::Statement;
use crate::value::line;
use crate::value::sentence::{has_any, negates, sentences};
use crate::value::url::WebUrl;

/// Words in addresses of policies, and of people who answer for them.
const LEADS: &[&str] = &[
    "security",
    "vulnerab",
    "disclos",
    "report",
    "contact",
    "maintainers",
    "contributing",
    "responsible",
    "policies",
    "policy",
    "bounty",
];

/// What an address holds that only explains, or shows something.
const EXPLAINS: &[&str] = &[
    "docs.github.com",
    "wikipedia",
    "owasp",
    "cve.org",
    "cve-19",
    "cve-20",
    "nvd.nist",
    "/blog",
    "cve.mitre.org/",
    "semver",
    "first.org",
    "/issues",
    "security.txt",
    "/security/advisories",
    "badge",
    ".gif",
    ".png",
    ".jpg",
    ".svg",
    "shields.io",
    "mailto:",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let spoken: Vec<_> = reading.spoken().collect();
    let brief = spoken.len() <= BRIEF;
    let spoken: Vec<_> = spoken
        .into_iter()
        .filter(|(at, statement)| {
            let other = matches!(
                reading.kind(*at),
                Some(Kind::Support | Kind::Practices | Kind::Thanks | Kind::Announce | Kind::Limitation)
            );
            !other && (brief || is_about_reports(reading, *at, statement))
        })
        .collect();
    // What stands below "Reporting" comes before what stands above it.
    let (below, above): (Vec<_>, Vec<_>) = spoken
        .iter()
        .copied()
        .partition(|(at, _)| matches!(reading.kind(*at), Some(Kind::Reporting | Kind::Contact)));
    for (at, statement) in below.into_iter().chain(above) {
        for url in link::urls(statement).iter().filter(|url| leads(url)) {
            if let Some(address) = address(url) {
                push(reading, at, "policy", address);
                return;
            }
        }
    }
    // "For how to report, see …": then the words say what the address does not.
    for (at, statement) in &spoken {
        let urls = link::urls(statement);
        let [url] = urls.as_slice() else { continue };
        let lower = statement.text.to_lowercase();
        let sends = has_any(&lower, &["see ", "follow", "refer ", "read ", "visit", "described"])
            && has_any(&lower, &["report", "security policy", "disclos"]);
        if let Some(address) = address(url).filter(|_| sends && !explains(url) && !link::is_profile(url)) {
            push(reading, *at, "policy", address);
            return;
        }
    }
    // "Report it at …": nothing but the words tells what is behind the address.
    for (at, statement) in &spoken {
        let here = matches!(reading.kind(*at), Some(Kind::Reporting | Kind::Contact));
        let urls = link::urls(statement);
        let [url] = urls.as_slice() else { continue };
        let web = url.contains("://") && !url.contains("github.com/") && !explains(url);
        if let Some(address) = address(url).filter(|_| here && web && is_asked(statement, url)) {
            push(reading, *at, "form", address);
            return;
        }
    }
}

/// "Report vulnerabilities at https://…", with no other words between than such as lead there.
fn is_asked(statement: &Statement, url: &str) -> bool {
    sentences(&statement.text).iter().any(|sentence| {
        let lower = sentence.to_lowercase();
        let Some((before, _)) = lower.split_once(&url.to_lowercase()) else { return false };
        let leads = [" at ", " to ", " via ", " through ", " on ", " here: ", " using "];
        let leads = leads.iter().any(|word| before.trim_end_matches(['<', '(', '`']).ends_with(word));
        let asks = has_any(before, &["report", "submit", "disclose", "send "]);
        leads && asks && !negates(before)
    })
}

/// A file of so few statements says nothing but where to look.
const BRIEF: usize = 8;

/// Whether a statement of a longer text is about reports; a manual about security links to many a page with the word.
fn is_about_reports(reading: &Reading<'_>, at: usize, statement: &Statement) -> bool {
    matches!(reading.kind(at), Some(Kind::Reporting | Kind::Contact | Kind::Disclosure | Kind::Response))
        || has_any(
            &statement.text.to_lowercase(),
            &[
                "report",
                "disclos",
                "vulnerabilit",
                "security policy",
                "security issue",
                "security bug",
                "security contact",
                "security process",
                "contact us",
            ],
        )
}

fn leads(url: &str) -> bool {
    !explains(url) && !is_translation(url) && !link::is_profile(url) && has_any(&url.to_lowercase(), LEADS)
}

/// `SECURITY.fr.md`: the same in another language.
fn is_translation(url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or_default().to_lowercase();
    let Some(rest) = name.strip_prefix("security").and_then(|rest| rest.strip_prefix(['.', '-', '_'])) else {
        return false;
    };
    let (tag, ending) = rest.split_once('.').unwrap_or((rest, ""));
    let parts: Vec<&str> = tag.split(['-', '_']).collect();
    let tag = parts.len() <= 2 && parts[0].len() == 2 && parts.iter().all(|part| part.len() <= 4);
    tag && matches!(ending, "md" | "rst" | "adoc" | "txt")
}

/// Whether a page only explains, or shows something.
pub(super) fn explains(url: &str) -> bool {
    url.starts_with('#') || has_any(&url.to_lowercase(), EXPLAINS)
}

/// The address as a contact's: of the web, or of a file beside this one.
fn address(url: &str) -> Option<String> {
    if url.contains("://") {
        return WebUrl::parse(url).ok().map(|url| url.as_str().to_owned());
    }
    Some(url.to_owned()).filter(|url| !url.is_empty() && line::check(url).is_ok())
}
