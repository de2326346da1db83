//! What is wrong with the policy when its tables are seen together.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Mark, Options, products};
use crate::diag::Diagnostics;
use crate::model::policy::Policy;
use crate::model::policy::contact::{Contact, Kind, Purpose};
use crate::model::policy::section::SectionText;
use crate::rules::policy as rules;
use crate::source::{Sources, Spanned};
use crate::value::date::When;
use crate::value::email::Email;
use crate::value::line::Line;
use crate::value::url::{BaseUrl, WebUrl};

/// Checks everything that needs more than one table.
pub fn check(policy: &Policy, base: &BaseUrl, sources: &Sources, options: &Options, diags: &mut Diagnostics) {
    let today = When::Instant(sources.judged).day();
    check_base(policy, base, diags);
    check_review(policy, today, options, diags);
    check_contacts(policy, options.mark, diags);
    products::check(policy, today, options.days, diags);
    check_key_ids(policy, diags);
    check_paths(policy, sources, diags);
}

/// The moment at which security.txt expires: the review and how long it is good for, never more than a year.
pub fn expires(policy: &Policy) -> Option<Date> {
    let reviewed = policy.document.reviewed.value;
    let year = reviewed.checked_add(1.year()).ok()?;
    let span = policy.document.valid_for.as_ref().and_then(|valid| valid.calendar());
    match span {
        Some(span) => Some(reviewed.checked_add(span).ok()?.min(year)),
        // A review without a word on its validity is good for half a year.
        None => reviewed.checked_add(180.days()).ok(),
    }
}

/// The addresses that a contact stands for, as URIs of security.txt (RFC 9116 §2.5.3), if it is one.
pub fn contact_uri(contact: &Contact, policy: &Policy) -> Option<String> {
    let address = contact.address.as_ref().map(|address| address.as_str());
    match contact.kind {
        Kind::Email | Kind::List => {
            let address = address?;
            match Email::parse(address) {
                Ok(email) => Some(format!("mailto:{email}")),
                Err(_) => WebUrl::parse(address).ok().map(|url| url.as_str().to_owned()),
            }
        }
        Kind::Github => match address {
            Some(address) => WebUrl::parse(address).ok().map(|url| url.as_str().to_owned()),
            None => policy.project.repository.as_ref().map(|repository| {
                format!("{}/security/advisories/new", repository.as_str().trim_end_matches('/'))
            }),
        },
        Kind::Gitlab => match address {
            Some(address) => WebUrl::parse(address).ok().map(|url| url.as_str().to_owned()),
            None => policy.project.repository.as_ref().map(|repository| {
                format!(
                    "{}/-/issues/new?issue%5Bconfidential%5D=true",
                    repository.as_str().trim_end_matches('/')
                )
            }),
        },
        Kind::Phone => {
            let digits: String =
                address?.chars().filter(|c| !c.is_whitespace() && !"()/".contains(*c)).collect();
            let body = digits.strip_prefix("tel:").unwrap_or(&digits);
            let number = body.strip_prefix('+').unwrap_or(body);
            let sound =
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.');
            sound.then(|| format!("tel:{body}"))
        }
        Kind::Form | Kind::Platform | Kind::Policy | Kind::IssueTracker | Kind::Chat | Kind::Person => {
            WebUrl::parse(address?).ok().map(|url| url.as_str().to_owned())
        }
    }
}

/// Contacts that security.txt lists: confirmed, for reports, and addressable, in order.
pub fn reporting_contacts(policy: &Policy) -> Vec<(&Contact, String)> {
    let fit = |contact: &&Contact| contact.confirmed && contact.purposes.contains(&Purpose::Report);
    let contacts = policy.contacts.iter().filter(fit);
    contacts.filter_map(|contact| contact_uri(contact, policy).map(|uri| (contact, uri))).collect()
}

fn check_base(policy: &Policy, base: &BaseUrl, diags: &mut Diagnostics) {
    let span = policy.site.base_url.span;
    if base.path() != "/" {
        let message = format!(
            "`{}` is not the root of its host: below it nobody looks for security.txt, keys (`openpgpkey`) and CSAF",
            base.as_str()
        );
        let help = format!(
            "use a host name of its own, such as https://security.example.org/; or copy `.well-known/security.txt` and \
             `.well-known/openpgpkey/` to the root of {} with each release",
            base.origin()
        );
        diags.push(rules::BASE_URL_PATH.at(span, message).help(help));
    }
    if base.is_reserved_example() {
        let message = format!("`{}` is a reserved example domain", base.host());
        diags.push(
            rules::EXAMPLE_DOMAIN.at(span, message).help("set the address at which the site will live"),
        );
    }
}

fn check_review(policy: &Policy, today: Date, options: &Options, diags: &mut Diagnostics) {
    let reviewed = &policy.document.reviewed;
    if reviewed.value > today.saturating_add(1.day()) {
        let message = format!("`reviewed` is {}, after the date of this build", reviewed.value);
        diags.push(
            rules::REVIEW_IN_FUTURE.at(reviewed.span, message).help("write the day on which it was reviewed"),
        );
    }
    if let Some(valid_for) = &policy.document.valid_for {
        match valid_for.calendar() {
            None => {
                let help = "write days, weeks, months or a year: \"180 days\"";
                let message = format!("`{}` has no exact end", valid_for.value);
                diags.push(crate::rules::input::BAD_VALUE.at(valid_for.span, message).help(help));
            }
            Some(span) => {
                let year = reviewed.value.checked_add(1.year()).ok();
                if reviewed.value.checked_add(span).ok() > year {
                    let help = "write a year or less; security.txt expires after one year in any case";
                    let message = format!("`{}` is more than a year", valid_for.value);
                    diags.push(rules::LONG_VALIDITY.at(valid_for.span, message).help(help));
                }
            }
        }
    }
    let Some(expires) = expires(policy) else { return };
    let help = "go through the policy, and set `reviewed` to the day on which you did";
    if expires <= today {
        if !options.mark.is_preview() {
            let message = if policy.document.attested().is_none() {
                "nobody has said yet that this policy holds".to_owned()
            } else {
                format!("the review of {} was good until {expires}", reviewed.value)
            };
            diags.push(rules::EXPIRED_REVIEW.at(reviewed.span, message).help(help));
        }
    } else if expires <= today.saturating_add(i32::from(options.notice()).days()) {
        let message = format!("the review of {} is good until {expires}", reviewed.value);
        diags.push(rules::REVIEW_DUE.at(reviewed.span, message).help(help));
    }
}

fn check_contacts(policy: &Policy, mark: Mark, diags: &mut Diagnostics) {
    for contact in &policy.contacts {
        if let Some(address) = &contact.address {
            if contact.confirmed {
                super::prose::check_placeholder(address.as_str(), address.span, diags);
            }
            check_address(contact, address, diags);
        }
        let forge = matches!(contact.kind, Kind::Github | Kind::Gitlab);
        if forge && contact.address.is_none() && policy.project.repository.is_none() {
            let message = format!(
                "a contact of kind `{}` needs a repository",
                crate::source::fields::Words::word(contact.kind)
            );
            let help = "set [project].repository, or write the contact's `address`";
            diags.push(crate::rules::input::MISSING_KEY.at(contact.span, message).help(help));
        }
    }
    if !policy.contacts.is_empty() && reporting_contacts(policy).is_empty() && !mark.is_preview() {
        let span = policy.contacts[0].span;
        let help = "set `confirmed = true` on an address that somebody reads, or build with --preview";
        diags.push(rules::MISSING_CONTACT.at(span, "no contact for reports is confirmed").help(help));
    }
}

fn check_address(contact: &Contact, address: &Spanned<Line>, diags: &mut Diagnostics) {
    let reserved = match contact.kind {
        Kind::Email | Kind::List => match Email::parse(address.as_str()) {
            Ok(email) => email.is_reserved_example(),
            // A list may be named by its page, and an unconfirmed address may be anything.
            Err(_) if WebUrl::parse(address.as_str()).is_ok() || !contact.confirmed => false,
            Err(problem) => {
                diags.push(
                    crate::rules::input::BAD_VALUE.at(address.span, problem.message).help(problem.help),
                );
                false
            }
        },
        Kind::Form | Kind::Platform => match WebUrl::parse(address.as_str()) {
            Ok(url) => url.is_reserved_example(),
            Err(_) if !contact.confirmed => false,
            Err(problem) => {
                diags.push(
                    crate::rules::input::BAD_VALUE.at(address.span, problem.message).help(problem.help),
                );
                false
            }
        },
        _ => false,
    };
    if reserved && contact.confirmed {
        let message = format!("`{}` is at a reserved example domain", address.as_str());
        diags.push(
            rules::EXAMPLE_DOMAIN.at(address.span, message).help("write the address that somebody reads"),
        );
    }
}

fn check_key_ids(policy: &Policy, diags: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for key in &policy.keys {
        if let Some(first) = seen.insert(key.id.as_str().to_lowercase(), key.id.span) {
            let message = format!("the key id `{}` is taken", key.id.as_str());
            diags.push(
                rules::DUPLICATE_KEY_ID.at(key.id.span, message).and(first, "first here").help("rename one"),
            );
        }
    }
    let wanted = policy.contacts.iter().filter_map(|contact| contact.key.as_ref());
    let signing = policy.signing.iter().flat_map(|signing| signing.keys.iter().chain(&signing.succeeds));
    for id in wanted.chain(signing) {
        if !policy.keys.iter().any(|key| key.id.as_str() == id.as_str()) {
            let message = format!("there is no [[key]] with the id `{}`", id.as_str());
            diags.push(rules::UNKNOWN_KEY_ID.at(id.span, message).help("correct the id, or add the key"));
        }
    }
}

/// What lies in the root and is read from there.
const INPUTS: [&str; 5] = ["advisories", "content", "keys", "policy.toml", "themes"];

fn check_paths(policy: &Policy, sources: &Sources, diags: &mut Diagnostics) {
    let must_exist = |path: &Spanned<Line>, diags: &mut Diagnostics| {
        let found = sources.find(path.as_str());
        if found.is_none() {
            let message = format!("there is no file `{}`", crate::diag::escape::short(path.as_str(), 80));
            diags
                .push(rules::MISSING_FILE.at(path.span, message).help("write the path from the site's root"));
        }
    };
    for section in &policy.sections {
        if let SectionText::File(file) = &section.text {
            must_exist(file, diags);
        }
    }
    if let Some(signing) = &policy.signing {
        let store = signing.store.as_str();
        let inside = store.split('/').all(|part| !matches!(part, "" | "." | "..")) && !store.contains('\\');
        // `sign` deletes what no file needs any more, and a certificate is an `.asc` as well.
        let first = store.split('/').next().unwrap_or_default();
        let taken = INPUTS.iter().any(|input| input.eq_ignore_ascii_case(first));
        if taken {
            let message = format!(
                "`{}` is no place for signatures: it has other files",
                crate::diag::escape::short(store, 80)
            );
            let help = "write `store = \"signatures\"`, or another folder that nothing else is in";
            diags.push(crate::rules::input::BAD_VALUE.at(signing.store.span, message).help(help));
        }
        if !inside {
            let message = format!("`{}` is no folder of the site", crate::diag::escape::short(store, 80));
            let help = "write a path from the site's root, such as \"signatures\"";
            diags.push(crate::rules::input::BAD_VALUE.at(signing.store.span, message).help(help));
        }
    }
    policy
        .scope
        .iter()
        .filter_map(|scope| scope.threat_model.as_ref())
        .for_each(|path| must_exist(path, diags));
    let eligibility = policy.embargo.iter().filter_map(|embargo| embargo.eligibility.as_ref());
    // Words are allowed here; only what looks like a path must be one.
    eligibility.filter(|text| text.as_str().starts_with("content/")).for_each(|path| must_exist(path, diags));
}
