//! Links that lead to somebody: forges, platforms, forms, chats. In goes a statement, out come the contacts behind its
//! links and bare addresses. A link that only explains something leads to nobody.

mod github;

use crate::import::security_md::facts::Reading;
use crate::import::security_md::kind::Kind;
use crate::import::security_md::outline::{self, Statement};
use crate::value::sentence::{has_any, negates, sentences};
use crate::value::url::WebUrl;

/// A contact behind a link.
pub(super) struct Found {
    pub kind: &'static str,
    pub address: Option<String>,
    pub purpose: &'static str,
}

/// Hosts of platforms that take reports.
const PLATFORMS: &[&str] = &[
    "hackerone.com",
    "bugcrowd.com",
    "intigriti.com",
    "yeswehack.com",
    "immunefi.com",
    "huntr.dev",
    "huntr.com",
    "tidelift.com",
    "openbugbounty.org",
    "cantina.xyz",
    "hackenproof.com",
    "responsibledisclosure.com",
    "standoff365.com",
    "bugbase.ai",
    "bugbase.in",
    "inspectiv.com",
    "code4rena.com",
    "sherlock.xyz",
    "zerodayinitiative.com",
];

/// Addresses of vendors' own portals.
const PORTALS: &[&str] = &[
    "msrc.microsoft.com/create-report",
    "msrc.microsoft.com/report",
    "opensource/security/create-report",
    "security.md/msrc/create-report",
    "g.co/vulnz",
    "bughunters.google.com",
    "aws.amazon.com/security/vulnerability-reporting",
    "security.apple.com",
    "cveform.mitre.org",
    "forms.gle",
    "docs.google.com/forms",
    "facebook.com/whitehat",
    "oracle.com/corporate/security-practices/assurance/vulnerability",
    "psirt",
    "vulnerability-report",
    "report-vulnerability",
    "report-a-vulnerability",
    "report-security",
    "enter_bug.cgi",
    "/+filebug",
    "tally.so/",
    "typeform.com/",
    "forms.office.com",
    "airtable.com/",
];

const CHATS: &[&str] = &[
    "discord.gg",
    "discord.com/invite",
    "matrix.to",
    "t.me/",
    "slack.com",
    "gitter.im",
    "signal.me",
    "signal.group",
    "keybase.io/",
    "zulipchat.com",
    "wa.me/",
    "riot.im/app",
    "app.element.io",
];

/// The repository that reports go to, if the text names one and no other was given. What is said to be somebody else's is
/// not the project's, and trackers of several repositories leave open which of them is.
pub(super) fn repository(reading: &mut Reading<'_>) {
    if reading.facts.repository.is_some() {
        return;
    }
    let statements = &reading.outline.statements;
    let ours = |at: &usize| statements[*at].is_short() && !is_of_others(reading, *at);
    let urls: Vec<String> = (0..statements.len()).filter(ours).flat_map(|at| urls(&statements[at])).collect();
    let named = |ending: &str| {
        let forges = urls.iter().filter_map(|url| forge(url));
        let fits = forges.filter(|(.., rest)| rest.starts_with(ending));
        fits.map(|(owner, name, _)| format!("https://github.com/{owner}/{name}")).collect::<Vec<_>>()
    };
    let trackers = Some(named("/issues")).filter(|all| all.iter().all(|url| *url == all[0]));
    let found = named("/security").into_iter().next().or_else(|| trackers?.into_iter().next());
    if let Some(url) = found.filter(|url| WebUrl::parse(url).is_ok()) {
        reading.facts.repository = Some(url);
    }
}

/// Whether a statement, or the one that leads to it, is about what others make.
fn is_of_others(reading: &Reading<'_>, at: usize) -> bool {
    let words = ["upstream", "out-of-scope", "out of scope", "third-party", "third party"];
    let says = |statement: &Statement| has_any(&statement.text.to_lowercase(), &words);
    says(&reading.outline.statements[at]) || reading.lead(at).is_some_and(says)
}

/// Owner, name and the path below of an address on GitHub; its own pages are nobody's repository.
fn forge(url: &str) -> Option<(&str, &str, &str)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("github.com/")?;
    let (owner, rest) = rest.split_once('/')?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (name, path) = rest.split_at(end);
    let own = matches!(
        owner,
        "security" | "features" | "about" | "advisories" | "orgs" | "users" | "settings" | "site"
    );
    (!own && !owner.is_empty() && !name.is_empty()).then_some((owner, name, path))
}

/// Whether an address is somebody's own page on a forge.
pub(super) fn is_profile(url: &str) -> bool {
    let rest = url.strip_prefix("https://github.com/").or_else(|| url.strip_prefix("https://gitlab.com/"));
    rest.is_some_and(|name| {
        let name = name.trim_end_matches('/');
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && name != "advisories"
    })
}

/// The addresses of a statement: of its links, and those that stand in its words.
pub(super) fn urls(statement: &Statement) -> Vec<String> {
    let mut found: Vec<String> = statement.links.clone();
    for (at, _) in statement.text.match_indices("http") {
        let rest = &statement.text[at..];
        if !rest.starts_with("https://") && !rest.starts_with("http://") {
            continue;
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || "<>\"`|，。）」".contains(c)).unwrap_or(rest.len());
        // `https://example.org[words]` is a link of AsciiDoc; `?issue[confidential]=true` is part of an address.
        let words = rest[..end].find('[').filter(|open| !rest[*open..end].contains("]="));
        let end = words.unwrap_or(end);
        let url = rest[..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?', '\'', '*', '_']);
        if !found.iter().any(|other| other == url) {
            found.push(url.to_owned());
        }
    }
    found
}

/// The contacts behind the links of a statement.
pub(super) fn links(reading: &Reading<'_>, at: usize, statement: &Statement) -> Vec<Found> {
    let kind = reading.kind(at);
    let lower = statement.text.to_lowercase();
    let asks = matches!(
        kind,
        Some(
            Kind::Reporting
                | Kind::Contact
                | Kind::Response
                | Kind::Disclosure
                | Kind::Bounty
                | Kind::Include
        ) | None
    );
    let mut found = Vec::new();
    let named = |url: &str| if super::escalates(reading, statement, url) { "escalation" } else { "report" };
    let is_code = statement.kind == outline::Kind::Code;
    for url in urls(statement) {
        let purpose = named(&url);
        let low = url.to_lowercase();
        let has = |hosts: &[&str]| hosts.iter().any(|host| low.contains(host));
        let own = forge(&url);
        let ours = own.is_some_and(|(owner, name, _)| {
            reading.facts.repository.as_deref() == Some(format!("https://github.com/{owner}/{name}").as_str())
        });
        let relative = !low.contains("://") && low.contains("security/advisories");
        let path = own.map_or("", |(_, _, path)| path);
        let web = || WebUrl::parse(&url).ok().map(|url| url.as_str().to_owned());
        if low.contains("/security/advisories/new") || relative {
            let address = if ours || relative { None } else { web() };
            found.push(Found { kind: "github", address, purpose });
        } else if path.starts_with("/security/advisories/") {
            // One advisory is somebody else's report.
        } else if path.starts_with("/security") {
            if kind == Some(Kind::Announce)
                || has_any(&lower, &["published", "publish", "past advisor", "see our"])
                || kind == Some(Kind::Disclosure) && lower.contains("will receive")
            {
                found.extend(web().map(|url| Found {
                    kind: "policy",
                    address: Some(url),
                    purpose: "published",
                }));
            } else if asks {
                let address = if ours { None } else { web() };
                found.push(Found { kind: "github", address, purpose });
            }
        } else if has(PLATFORMS) && asks && is_program(&low) {
            found.extend(web().map(|url| Found { kind: "platform", address: Some(url), purpose }));
        } else if has(PORTALS) && asks && !is_key(&low) {
            found.extend(web().map(|url| Found { kind: "form", address: Some(url), purpose }));
        } else if is_confidential_issue(&low, &lower) {
            found.extend(web().map(|url| Found { kind: "gitlab", address: Some(url), purpose }));
        } else if has(CHATS) && asks && !is_key(&low) && !is_holder(&low, &statement.text) {
            let purpose = if is_for_reports(reading, at, &lower) { purpose } else { "other" };
            // Addresses of rooms are no addresses of the web: `https://matrix.to/#/#room:example.org`.
            found.push(Found { kind: "chat", address: Some(url.clone()), purpose });
        } else if path.starts_with("/issues") && asks && !is_one_issue(path) {
            let refused = sentences(&statement.text)
                .iter()
                .any(|s| negates(&s.to_lowercase()) && s.contains(url.as_str()));
            if !refused {
                found.extend(web().map(|url| Found {
                    kind: "issue-tracker",
                    address: Some(url),
                    purpose: "other",
                }));
            }
        } else if asks
            && !is_code
            && sentences(&lower)
                .iter()
                .any(|sentence| is_form(sentence, &low) || is_contact_field(sentence, &low))
            && has_any(&lower, &["report", "submit", "fill", "ticket", "contact:"])
            && !low.contains("docs.github.com")
            && !is_key(&low)
        {
            found.extend(web().map(|url| Found { kind: "form", address: Some(url), purpose }));
        }
    }
    if asks
        && !found.iter().any(|found| found.kind == "github")
        && github::is_named(statement, kind, reading.facts.language)
    {
        found.push(Found { kind: "github", address: None, purpose: named("") });
    }
    found
}

/// Whether the words in lower case around a chat, or those that lead to their list, ask for reports there.
fn is_for_reports(reading: &Reading<'_>, at: usize, lower: &str) -> bool {
    let lead = reading.lead(at).map(|lead| lead.text.to_lowercase()).unwrap_or_default();
    let says = |text: &str| {
        has_any(text, &["report", "vulnerab", "private", "direct message"])
            || text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| matches!(word, "dm" | "dms"))
    };
    (says(lower) || says(&lead)) && !lower.contains("question") && !lead.contains("question")
}

/// A form of GitLab for an issue that only its team sees.
fn is_confidential_issue(url: &str, text: &str) -> bool {
    let new = url.contains("/issues/new") && !url.contains("://github.com/");
    let ticked =
        text.contains("confidential") && has_any(text, &["tick", "checkbox", "check box", "check the"]);
    new && (url.contains("confidential") || text.contains("confidential issue") || ticked)
}

/// A key, and no place to write to.
fn is_key(url: &str) -> bool {
    has_any(url, &[".asc", "pgp", "gpg", "fingerprint="])
}

/// Whose key it is whose fingerprint stands beside the link.
fn is_holder(url: &str, text: &str) -> bool {
    url.contains("keybase.io/") && super::has_fingerprint(text)
}

/// Whether an address of a platform is that of a program: its first page and its manual are about the platform.
fn is_program(url: &str) -> bool {
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let explains = host.starts_with("docs.") || host.starts_with("support.") || path.contains("articles/");
    let host = host.trim_start_matches("www.");
    let many =
        ["hackerone.com", "bugcrowd.com", "intigriti.com", "yeswehack.com", "immunefi.com"].contains(&host);
    !(explains || many && path.is_empty())
}

/// `/issues/243`: an example, and no place for another.
fn is_one_issue(path: &str) -> bool {
    path.strip_prefix("/issues/").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a sentence leads to a form: "fill in the form at …", "open a ticket at …", and not "information".
fn is_form(sentence: &str, url: &str) -> bool {
    let mut words = sentence.split(|c: char| !c.is_alphanumeric());
    let form = words.clone().any(|word| {
        matches!(word, "form" | "portal" | "formular" | "formulaire" | "formulario" | "helpdesk")
    });
    let opened = has_any(sentence, &["open ", "submit ", "create ", "raise ", "file "]);
    let named = form || opened && words.any(|word| word == "ticket");
    named
        && !negates(sentence)
        && sentence.len() < 400
        && (sentence.contains(url) || !sentence.contains("://"))
}

/// `Contact: https://…`, as in security.txt.
fn is_contact_field(sentence: &str, url: &str) -> bool {
    sentence.strip_prefix("contact:").is_some_and(|rest| rest.trim_start().starts_with(url))
}
