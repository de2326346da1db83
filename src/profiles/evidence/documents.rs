//! Files of the output, and facts of the policy as a document.

use crate::profiles::{Answer, Place, Subject};
use crate::routes::{self, Route};

/// A file of the output.
pub(in crate::profiles) fn output(subject: &Subject<'_>, route: &Route) -> Answer {
    Answer::at(subject.output(route), "the file is missing from the output")
}

/// A key of the policy.
pub(in crate::profiles) fn key(subject: &Subject<'_>, name: &str, help: &'static str) -> Answer {
    Answer::at(subject.key(name), help)
}

/// Who publishes.
pub(in crate::profiles) fn publisher(subject: &Subject<'_>) -> Answer {
    key(subject, "project.publisher", "name the `publisher` in [project]")
}

/// The feeds, and the documents for programs.
pub(in crate::profiles) fn for_programs(subject: &Subject<'_>) -> Answer {
    let routes = [routes::feed("atom"), routes::csaf_feed(), routes::osv_list()];
    Answer::at(routes.iter().filter_map(|route| subject.output(route)), "the feeds are missing")
}

/// The keys that sign, to be fetched.
pub(in crate::profiles) fn signing_keys(subject: &Subject<'_>) -> Answer {
    let keys = subject.site.signing_keys().filter_map(|key| key.certificate.as_ref());
    let routes = keys.map(|certificate| routes::certificate(&certificate.fingerprint().to_string()));
    let help = "make a key with `secsite key new` and name it in [signing]";
    Answer::at(routes.filter_map(|route| subject.output(&route)), help)
}

/// Who is to have signed releases.
pub(in crate::profiles) fn release_signers(subject: &Subject<'_>) -> Answer {
    use crate::model::policy::key::Purpose;
    let keys = subject.policy().keys.iter();
    let signers = keys.filter(|key| key.purposes.contains(&Purpose::SignReleases));
    let help = "add a [[key]] with `purpose = [\"sign-releases\"]`";
    Answer::at(signers.map(|key| Place::Written(key.span)), help)
}

/// When this document was last looked at.
pub(in crate::profiles) fn reviewed(subject: &Subject<'_>) -> Answer {
    let document = &subject.policy().document;
    let place = Place::Written(document.reviewed.span);
    match document.attested() {
        Some(_) => Answer::Shown(vec![place]),
        None => Answer::short(Some(place), "review the policy, and set `reviewed`"),
    }
}

/// The same, and which version of the document it is.
pub(in crate::profiles) fn dated(subject: &Subject<'_>) -> Answer {
    reviewed(subject).and(key(subject, "policy.version", "give the document a `version` in [policy]"))
}
