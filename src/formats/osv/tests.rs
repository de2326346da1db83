//! Ranges as events: order, kinds, commits.

use super::events::{Event, Kind, of, of_commits, single};
use crate::model::advisory::affected::Git;
use crate::source::{FileId, Span};
use crate::value::line::Line;
use crate::value::range::{End, Range, Ranges};
use crate::value::scheme::Scheme;
use crate::value::url::WebUrl;

fn ranges(list: &[(&str, End)], scheme: Scheme) -> Ranges {
    let range = |(from, end): &(&str, End)| Range { introduced: (*from).to_owned(), end: end.clone() };
    Ranges::new(list.iter().map(range).collect(), scheme).unwrap()
}

fn fixed(version: &str) -> End {
    End::Fixed(version.to_owned())
}

fn events(list: &[(&str, End)], scheme: Scheme) -> serde_json::Value {
    serde_json::to_value(of(&ranges(list, scheme))).unwrap()
}

#[test]
fn events_are_in_order_and_versions_in_full() {
    let list = [("2.0.0-beta.1", fixed("2.1")), ("0", fixed("1.9"))];
    assert_eq!(
        events(&list, Scheme::Semver),
        serde_json::json!([{ "type": "SEMVER", "events": [
            { "introduced": "0" }, { "fixed": "1.9.0" }, { "introduced": "2.0.0-beta.1" }, { "fixed": "2.1.0" }
        ]}])
    );
}

#[test]
fn a_fix_and_a_last_affected_version_stand_apart() {
    let list = [("1.0", fixed("1.2")), ("2.0", End::LastAffected("2.3".into())), ("3.0", End::Open)];
    assert_eq!(
        events(&list, Scheme::Pep440),
        serde_json::json!([
            { "type": "ECOSYSTEM", "events": [{ "introduced": "1.0" }, { "fixed": "1.2" }, { "introduced": "3.0" }] },
            { "type": "ECOSYSTEM", "events": [{ "introduced": "2.0" }, { "last_affected": "2.3" }] }
        ])
    );
}

#[test]
fn one_version_is_no_range() {
    let ranges = ranges(&[("2.2.0", End::LastAffected("2.2.0".into()))], Scheme::Semver);
    assert_eq!(of(&ranges), []);
    assert_eq!(single(&ranges).collect::<Vec<_>>(), ["2.2.0"]);
}

#[test]
fn commits_are_whole_or_left_out() {
    let line = |text: &str| Line::parse(text).unwrap();
    let whole = "4e2b52b5f7".repeat(4);
    let project = WebUrl::parse("https://example.org/git").unwrap();
    let git = |introduced: Option<&str>, fixed: &[&str]| Git {
        span: Span::start_of(FileId::default()),
        repository: None,
        introduced: introduced.map(line),
        fixed: fixed.iter().map(|commit| line(commit)).collect(),
    };
    let range = of_commits(&git(None, &[&whole]), Some(&project)).unwrap();
    assert_eq!((range.kind, range.repo.as_deref()), (Kind::Git, Some("https://example.org/git")));
    assert_eq!(range.events, [Event::Introduced("0".into()), Event::Fixed(whole.clone())]);
    assert_eq!(of_commits(&git(Some("ba6f20a244"), &[&whole]), Some(&project)), None);
    assert_eq!(of_commits(&git(None, &[]), Some(&project)), None);
    assert_eq!(of_commits(&git(None, &[&whole]), None), None);
}
