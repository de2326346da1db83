//! `scorecard`: the Security-Policy check of OpenSSF Scorecard, by its own rule, on the file that the repository has.
//! What it counts stands for its controls; together they are ten points.

use super::{Answer, Control, Place, Profile, Subject};
use crate::rules::policy::POLICY_TWICE;
use crate::security_md::scorecard::{Grade, grade, is_found};

pub(super) static PROFILE: Profile =
    Profile { name: "scorecard", scheme: "OpenSSF Scorecard v5, Security-Policy", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("file", "one SECURITY.md where Scorecard looks", |s| {
        if !is_found(s.policy().security_md.file.as_str()) {
            let help = "write `file = \"SECURITY.md\"` in [security_md]; .github/ and docs/ will do, too";
            return Answer::short(s.key("security_md.file"), help);
        }
        graded(s, |_| true, "")
    })
    .unless(const { &[&POLICY_TWICE] }),
    Control::required("6 points", "a link or an address to write to", |s| {
        graded(s, |grade| grade.addresses > 0, "add a [[contact]] with an address or a URL")
    }),
    Control::required("3 points", "text besides links and addresses", |s| {
        graded(s, |grade| grade.text, "write `mode = \"full\"` in [security_md]")
    }),
    Control::required("1 point", "vulnerabilities, disclosure or times, mentioned twice", |s| {
        graded(s, |grade| grade.mentions >= 2, "add a [[response]] and [disclosure]")
    }),
];

fn graded(subject: &Subject<'_>, holds: fn(&Grade) -> bool, help: &'static str) -> Answer {
    let Some(text) = subject.security_md else {
        return Answer::lacking("write it with `secsite security-md`");
    };
    let file = Place::File(subject.policy().security_md.file.as_str().to_owned());
    if holds(&grade(text)) { Answer::Shown(vec![file]) } else { Answer::short(Some(file), help) }
}
