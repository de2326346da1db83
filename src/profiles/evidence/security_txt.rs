//! security.txt: its place, its fields, its signature.

use jiff::ToSpan as _;

use crate::profiles::{Answer, Place, Subject};
use crate::routes;
use crate::site::Mark;

/// The file at its address, on a host of its own, over https.
pub(in crate::profiles) fn location(subject: &Subject<'_>) -> Answer {
    let help = "confirm a [[contact]] for reports, and renew `reviewed` if it is over";
    https(subject).and(Answer::at(subject.output(&routes::security_txt()), help))
}

/// An address with https.
pub(in crate::profiles) fn https(subject: &Subject<'_>) -> Answer {
    let address = Place::Written(subject.policy().site.base_url.span);
    if subject.site.base.as_str().starts_with("https://") {
        return Answer::Shown(vec![address]);
    }
    Answer::short(Some(address), "write `base_url` with https")
}

/// A field.
pub(in crate::profiles) fn field(subject: &Subject<'_>, name: &'static str, help: &'static str) -> Answer {
    Answer::at(subject.field(name), help)
}

/// The end, and the review that it comes from.
pub(in crate::profiles) fn expires(subject: &Subject<'_>) -> Answer {
    let help = "write the day of the last review as `reviewed` in [policy]";
    let review = Place::Written(subject.policy().document.reviewed.span);
    field(subject, "Expires", help).and(Answer::Shown(vec![review]))
}

/// That somebody looked at it within the last quarter.
pub(in crate::profiles) fn reviewed_this_quarter(subject: &Subject<'_>) -> Answer {
    reviewed_since(subject, 92.days(), "review it each quarter, and set `reviewed`")
}

/// That somebody looked at it within the last year.
pub(in crate::profiles) fn reviewed_this_year(subject: &Subject<'_>) -> Answer {
    reviewed_since(subject, 1.year(), "review it each year, and set `reviewed`")
}

fn reviewed_since(subject: &Subject<'_>, span: jiff::Span, help: &'static str) -> Answer {
    let reviewed = &subject.policy().document.reviewed;
    let place = Place::Written(reviewed.span);
    if subject.site.today().saturating_sub(span) > reviewed.value {
        return Answer::short(Some(place), help);
    }
    Answer::Shown(vec![place])
}

/// That English is among the languages of reports.
pub(in crate::profiles) fn english(subject: &Subject<'_>) -> Answer {
    let spoken = |list: &str| list.split(", ").any(|tag| tag == "en" || tag.starts_with("en-"));
    let named = subject.fields("Preferred-Languages").any(spoken);
    let line = subject.field("Preferred-Languages").filter(|_| named);
    Answer::at(line, "write `languages = [\"en\"]` in [reporting]")
}

/// A signature over the whole site, this file among it.
pub(in crate::profiles) fn signed(subject: &Subject<'_>) -> Answer {
    let help = "make a key with `secsite key new` and name it in [signing]";
    if subject.site.mark != Mark::Signed {
        return Answer::lacking(help);
    }
    Answer::at(subject.key("signing.key").into_iter().chain(subject.output(&routes::verify())), help)
}

/// That the keys that sign live no longer than five years.
pub(in crate::profiles) fn key_of_five_years(subject: &Subject<'_>) -> Answer {
    let help = "let the key that signs end within five years: `secsite key new` does so";
    for (entry, key) in subject.policy().keys.iter().zip(&subject.site.keys) {
        let Some(certificate) = key.certificate.as_ref().filter(|_| key.signs) else { continue };
        let facts = certificate.facts(subject.site.date);
        // Five years of the calendar, with the leap days that they may hold.
        let longest = facts.created.checked_add((5 * 365 + 2) * 24.hours());
        let short = facts.expires.is_some_and(|end| longest.is_ok_and(|longest| end <= longest));
        if !short {
            return Answer::short(Some(Place::Written(entry.span)), help);
        }
    }
    let signing = subject.policy().keys.iter().zip(&subject.site.keys).filter(|(_, key)| key.signs);
    Answer::at(signing.map(|(entry, _)| Place::Written(entry.span)), help)
}
