//! `csaf`: what CSAF 2.0 section 7.1 asks of a trusted provider, requirement by requirement.

use super::evidence::documents::{output, signing_keys};
use super::evidence::security_txt::field;
use super::evidence::{advisories, security_txt};
use super::{Answer, Control, Profile};
use crate::routes;
use crate::rules::advisory::MISSING_CSAF_SCORE;
use crate::rules::output::FORMATS_DISAGREE;
use crate::rules::policy::BASE_URL_PATH;

pub(super) static PROFILE: Profile =
    Profile { name: "csaf", scheme: "CSAF 2.0 section 7.1, trusted provider", controls: &[CONTROLS] };

const CONTROLS: &[Control] = &[
    Control::required("requirement 1", "valid documents", advisories::csaf)
        .unless(const { &[&FORMATS_DISAGREE] }),
    Control::advised("test 6.2.3", "a score for what is affected", advisories::csaf)
        .unless(const { &[&MISSING_CSAF_SCORE] }),
    Control::required("requirement 2", "file names made of the ids", advisories::csaf),
    Control::required("requirement 3", "TLS", security_txt::https),
    Control::required("requirement 4", "TLP:WHITE is free for all", advisories::csaf),
    Control::required("requirement 5", "TLP:AMBER and TLP:RED are protected", |_| {
        Answer::Outside("secsite makes no document but of TLP:WHITE")
    }),
    Control::required("requirement 6", "no redirects", |_| Answer::Outside("the host decides it")),
    Control::required("requirement 7", "provider-metadata.json", |s| output(s, &routes::csaf_provider())),
    Control::required("requirement 8", "the field CSAF in security.txt", |s| {
        field(s, "CSAF", "write `base_url` with https, and confirm a [[contact]]")
    }),
    Control::required("requirement 9", "the well-known address", |s| output(s, &routes::csaf_provider()))
        .unless(const { &[&BASE_URL_PATH] }),
    Control::advised("requirement 10", "csaf.data.security.DOMAIN", |_| {
        Answer::Outside("your name server decides it; one of requirements 8 to 10 is asked for")
    }),
    Control::advised("requirement 11", "a folder for each year", advisories::csaf),
    Control::advised("requirement 12", "index.txt", |s| output(s, &routes::csaf_index())),
    Control::advised("requirement 13", "changes.csv", |s| output(s, &routes::csaf_changes())),
    Control::advised("requirement 14", "directory listings", |_| {
        Answer::Outside("the host decides it; requirements 15 to 17 are the other way")
    }),
    Control::required("requirement 15", "a ROLIE feed", |s| output(s, &routes::csaf_feed())),
    Control::advised("requirement 16", "a ROLIE service document", |s| output(s, &routes::csaf_service())),
    Control::advised("requirement 17", "a ROLIE category document", |s| output(s, &routes::csaf_category())),
    Control::required("requirement 18", "hashes beside each document", advisories::csaf_hashes),
    Control::required("requirement 19", "a signature beside each document", advisories::csaf_signatures),
    Control::required("requirement 20", "the public key", signing_keys),
];
