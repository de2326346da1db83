//! Whether reports arrive, in private, with those who can mend the flaw.

use super::Subject;
use super::prose::{Text, Told};
use super::words::MOST;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::model::policy::Policy;
use crate::model::policy::contact::{Contact, Kind, Purpose};
use crate::rules::contact as rules;
use crate::rules::policy::POLICY_NONE;
use crate::site::policy::contact_uri;
use crate::source::Span;
use crate::value::email::Email;
use crate::value::url::WebUrl;
use crate::value::{placeholder, reports};

/// Providers whose mailboxes cost nothing and belong to one person.
const FREE_MAIL: [&str; 28] = [
    "126.com",
    "163.com",
    "aol.com",
    "atomicmail.io",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "tutanota.com",
    "web.de",
    "yahoo.com",
    "yandex.com",
    "yandex.ru",
];

/// First parts of a forge's paths that are no owner of a repository.
const NO_OWNER: [&str; 10] = [
    "about",
    "apps",
    "contact",
    "enterprise",
    "orgs",
    "security",
    "settings",
    "sponsors",
    "support",
    "users",
];

/// All rules of the family.
pub(super) fn check(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let policy = subject.policy;
    let reports: Vec<&Contact> = policy
        .contacts
        .iter()
        .filter(|contact| contact.confirmed && contact.purposes.contains(&Purpose::Report))
        .collect();
    contact_public(&reports, diags);
    policy_elsewhere(&reports, diags);
    contact_single(policy, &reports, diags);
    for contact in reports {
        contact_indirect(contact, policy, diags);
        contact_other_repository(contact, policy, diags);
        contact_personal(contact, diags);
    }
}

/// Neither an address nor a word: `[[contact]]` is missing too, and a reader learns nothing from the text either. A policy
/// without a text is one that nobody has written yet.
pub(super) fn policy_none(subject: &Subject<'_>, texts: &[Text<'_>], diags: &mut Diagnostics) {
    let policy = subject.policy;
    let stated =
        !policy.contacts.is_empty() || !policy.promises.is_empty() || !policy.reporting.include.is_empty();
    let titles = policy.sections.iter().map(|section| section.title.as_str());
    let words = titles.chain(texts.iter().filter(|text| text.policy).map(|text| text.source));
    let words: Vec<&str> = words.collect();
    if stated || words.is_empty() || words.iter().any(|text| reports::speaks_of_reports(text)) {
        return;
    }
    let help = "add a [[contact]] that somebody reads, and a [[section]] that says how to report";
    let message = "nothing in this policy says how to report a vulnerability";
    diags.push(POLICY_NONE.at(subject.table("[policy]"), message).help(help));
}

/// Whether the policy is kept somewhere else, so that much of what lints ask for is said there.
pub(super) fn is_elsewhere(policy: &Policy) -> bool {
    let mut reports = policy.contacts.iter().filter(|contact| contact.purposes.contains(&Purpose::Report));
    !policy.contacts.is_empty() && reports.all(|contact| contact.kind == Kind::Policy)
}

fn place(contact: &Contact) -> Span {
    contact.address.as_ref().map_or(contact.span, |address| address.span)
}

fn contact_public(reports: &[&Contact], diags: &mut Diagnostics) {
    let Some(first) = reports.first().filter(|_| reports.iter().all(|contact| is_public(contact))) else {
        return;
    };
    let help = "add a [[contact]] that only you read, or give this one `for = [\"other\"]`";
    diags.push(rules::CONTACT_PUBLIC.at(place(first), "reports can only be made in public").help(help));
}

/// A tracker, or the address of one.
fn is_public(contact: &Contact) -> bool {
    let address = contact.address.as_ref().map_or("", |address| address.as_str());
    let path = address.split('?').next().unwrap_or_default().trim_end_matches('/');
    let ends = ["/issues", "/issues/new", "/issues/new/choose", "/pulls", "/discussions"];
    let tracker = address.starts_with("http") && ends.iter().any(|end| path.ends_with(end));
    (contact.kind == Kind::IssueTracker || tracker) && !address.contains("confidential")
}

fn contact_indirect(contact: &Contact, policy: &Policy, diags: &mut Diagnostics) {
    let wordy = matches!(contact.kind, Kind::Person | Kind::Policy | Kind::IssueTracker | Kind::Phone);
    let Some(address) = contact.address.as_ref().filter(|_| wordy && contact_uri(contact, policy).is_none())
    else {
        return;
    };
    let mail = Email::parse(address.as_str()).is_ok();
    let message = format!("`{}` is no address that security.txt can list", short(address.as_str(), 60));
    let help = if mail {
        "write `kind = \"email\"`, and the person's name in `name`"
    } else {
        "write the address itself, or give this contact another `for` than \"report\""
    };
    diags.push(rules::CONTACT_INDIRECT.at(address.span, message).help(help));
}

fn contact_other_repository(contact: &Contact, policy: &Policy, diags: &mut Diagnostics) {
    if !matches!(contact.kind, Kind::Github | Kind::Gitlab | Kind::Form | Kind::IssueTracker) {
        return;
    }
    let Some(address) = &contact.address else { return };
    let (Some(own), Ok(url)) = (&policy.project.repository, WebUrl::parse(address.as_str())) else { return };
    let (Some(ours), Some(theirs)) = (owner(own), owner(&url)) else { return };
    if own.host() == url.host() && !ours.eq_ignore_ascii_case(theirs) {
        let message = format!(
            "reports go to `{}`, and the project belongs to `{}`",
            short(theirs, 40),
            short(ours, 40)
        );
        let help = "name the project's own repository, or correct `repository` in [project]";
        diags.push(rules::CONTACT_OTHER_REPOSITORY.at(address.span, message).help(help));
    }
}

/// The owner in `https://forge.example.org/owner/repository/…`.
fn owner(url: &WebUrl) -> Option<&str> {
    let path = url.after_authority().split(['?', '#']).next()?;
    let mut parts = path.trim_start_matches('/').split('/');
    let owner = parts.next().filter(|owner| !owner.is_empty() && !NO_OWNER.contains(owner))?;
    parts.next().filter(|repository| !repository.is_empty()).map(|_| owner)
}

fn contact_personal(contact: &Contact, diags: &mut Diagnostics) {
    let Some(address) = contact.address.as_ref().filter(|_| contact.kind == Kind::Email) else { return };
    let Ok(email) = Email::parse(address.as_str()) else { return };
    if FREE_MAIL.binary_search(&email.domain()).is_ok() {
        let message = format!("reports go to a mailbox at `{}`", email.domain());
        let help = "write an address at the project's own domain, if it has one";
        diags.push(rules::CONTACT_PERSONAL.at(address.span, message).help(help));
    }
}

fn contact_single(policy: &Policy, reports: &[&Contact], diags: &mut Diagnostics) {
    // A second one that nobody has confirmed is a finding of its own, and done with it there are two.
    let second = policy.contacts.iter().any(|c| !c.confirmed && c.purposes.contains(&Purpose::Report));
    if let [only] = reports
        && only.kind != Kind::Policy
        && !second
    {
        let help = "add a second [[contact]] that is read by somebody else or elsewhere";
        diags.push(rules::CONTACT_SINGLE.at(place(only), "this is the only way to report").help(help));
    }
}

/// Places where the text gives an address as if reports arrived there.
pub(super) fn contact_unconfirmed(subject: &Subject<'_>, told: &[Told<'_>], diags: &mut Diagnostics) {
    for contact in subject.policy.contacts.iter().filter(|contact| !contact.confirmed).take(MOST) {
        // A placeholder is a finding of its own.
        let known = contact.address.as_ref().and_then(|address| Email::parse(address.as_str()).ok());
        let Some(address) = known else { continue };
        let address = address.to_string();
        for told in told {
            for block in &told.blocks {
                let words = told.words(block.range.clone());
                let Some(at) = words.to_ascii_lowercase().find(&address.to_ascii_lowercase()) else {
                    continue;
                };
                if placeholder::find(words).is_some() {
                    continue;
                }
                let part = block.range.start + at..block.range.start + at + address.len();
                let message =
                    format!("`{}` is given to finders, and nobody has confirmed it", short(&address, 60));
                let help =
                    "send a test and set `confirmed = true` in its [[contact]], or take it out of the text";
                let finding = rules::CONTACT_UNCONFIRMED.at(told.span(part, subject), message);
                diags.push(finding.and(place(contact), "the contact").help(help));
            }
        }
    }
}

fn policy_elsewhere(reports: &[&Contact], diags: &mut Diagnostics) {
    if let Some(first) = reports.first().filter(|_| reports.iter().all(|c| c.kind == Kind::Policy)) {
        let help = "add a [[contact]] with the address itself, or leave it";
        let finding =
            rules::POLICY_ELSEWHERE.at(place(first), "reports are left to a policy that is elsewhere");
        diags.push(finding.help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::{FREE_MAIL, owner};
    use crate::value::url::WebUrl;

    #[test]
    fn providers_are_sorted() {
        assert!(FREE_MAIL.is_sorted());
    }

    #[test]
    fn owners_are_read_and_pages_of_the_forge_are_not() {
        let owner_of = |text: &str| {
            let url = WebUrl::parse(text).unwrap();
            owner(&url).map(str::to_owned)
        };
        let report = owner_of("https://github.com/example/core/security/advisories/new");
        assert_eq!(report.as_deref(), Some("example"));
        for text in [
            "https://github.com/example",
            "https://github.com/security/advanced-security",
            "https://example.org/",
        ] {
            assert_eq!(owner_of(text), None, "{text}");
        }
    }
}
