use std::collections::BTreeMap;

use super::*;
use crate::formats::manifest::{FileRecord, Signers};

fn release(version: u64, previous: Option<&Release>, files: Vec<FileRecord>) -> Release {
    let manifest = Manifest {
        origin: "https://security.example.org/".into(),
        version,
        issued: "2026-11-22T00:00:00Z".parse().unwrap(),
        expires: "2027-01-22T00:00:00Z".parse().unwrap(),
        previous: previous.map(|release| release.hash),
        signers: Signers::default(),
        files,
    };
    Release::parse(&manifest.to_json()).unwrap()
}

#[test]
fn a_release_comes_after_the_one_that_stands_there() {
    let first = release(1, None, Vec::new());
    let second = release(2, Some(&first), Vec::new());
    let record = |version, hash| FileRecord { path: routes::history(version).file(), size: 1, sha256: hash };
    let third = release(3, Some(&second), vec![record(1, first.hash), record(2, second.hash)]);
    for (ours, theirs) in [(&second, &first), (&third, &second), (&third, &first), (&first, &first)] {
        assert_eq!(ours.judge_after(theirs), Ok(()));
    }
    assert!(first.judge_after(&second).unwrap_err().message.contains("version 2"));
    let twin = release(2, Some(&first), vec![record(1, [7; 32])]);
    let stranger = release(3, Some(&twin), vec![record(1, [7; 32])]);
    assert!(twin.judge_after(&second).is_err() && stranger.judge_after(&second).is_err());
    assert!(stranger.judge_after(&first).is_err());
}

#[test]
fn the_branch_is_of_one_host_name() {
    let ours = release(1, None, Vec::new());
    let named = |name: &str| BTreeMap::from([("CNAME".to_owned(), name.as_bytes().to_vec())]);
    let nothing = BTreeMap::new();
    assert_eq!(ours.judge_name(&named("a.example.org\n"), &named("A.example.org")), Ok(()));
    assert_eq!(ours.judge_name(&named("a.example.org\n"), &nothing), Ok(()));
    assert!(ours.judge_name(&named("a.example.org\n"), &named("b.example.org\n")).is_err());
    assert!(ours.judge_name(&nothing, &named("b.example.org\n")).is_err());
}

#[test]
fn the_branch_has_the_manifest_and_its_signature_too() {
    let files = vec![FileRecord { path: routes::nojekyll().file(), size: 0, sha256: [0; 32] }];
    let release = release(1, None, files);
    assert_eq!(
        release.paths(),
        [".nojekyll", ".well-known/secsite/manifest.json.asc", ".well-known/secsite/manifest.json"]
    );
    assert_eq!(release.judge_host_files(), Ok(()));
}
