//! The exact set of files: in goes what a place has and what the manifest lists, out comes what is there beside it, and
//! what is not there.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::files::{Absent, Files};
use super::finding::{Finding, Kind, quoted};
use super::place::{Fault, Name, Place};
use super::verdict::Report;
use crate::diag::escape::short;
use crate::formats::manifest::FileRecord;
use crate::routes::{self, OutPath};

/// Added files that are read to see whether they are missing ones under another name.
const MOST_RENAMED: usize = 1000;

/// Compares the names. What is reported here need not be looked at again.
pub(super) fn judge<'a>(place: &dyn Place, files: &Files<'a>, report: &mut Report) -> Absent<'a> {
    let names = match place.names() {
        Ok(Some(names)) => names,
        Ok(None) => {
            report.unknown.push("whether this host has files that the manifest does not list".into());
            report.unknown.push("whether this host serves others something else".into());
            return Absent::default();
        }
        Err(fault) => {
            report.findings.push(unreadable(fault));
            return Absent::default();
        }
    };
    let manifest = routes::manifest().file();
    let signature = manifest.with(".asc");
    let (mut absent, mut missing) = (Absent::default(), Vec::new());
    for record in files.records() {
        match names.get(record.path.as_str()) {
            Some(Name::File) => {}
            Some(_) => absent.insert(record),
            None => {
                absent.insert(record);
                missing.push(record);
            }
        }
    }
    let mut added = BTreeSet::new();
    for (path, name) in &names {
        match name {
            Name::File if files.has(path) || path == manifest.as_str() || path == signature.as_str() => {}
            Name::File => {
                added.insert(path.as_str());
            }
            Name::EmptyFolder => report.findings.push(Finding::content(
                "empty-folder",
                path,
                format!("{} is an empty folder, which no manifest can list", quoted(path)),
                "delete it, or fetch the site again",
            )),
            Name::Other => report.findings.push(Finding::content(
                "not-a-file",
                path,
                format!("{} is a link or a device, and a site is made of plain files alone", quoted(path)),
                "do not use this copy; fetch it again",
            )),
        }
    }
    let renamed = renamed(place, &missing, &added);
    for (to, from) in &renamed {
        let message = format!("{} was renamed to {}", quoted(from), quoted(to));
        report.findings.push(Finding::content(
            "renamed",
            from,
            message,
            "give it its name back, or fetch the site again",
        ));
    }
    for record in missing {
        let path = record.path.as_str();
        if !renamed.values().any(|from| *from == path) {
            report.findings.push(missing_file(path));
        }
    }
    for path in added.into_iter().filter(|path| !renamed.contains_key(path)) {
        let message = format!("{} was added: the manifest does not list it", quoted(path));
        let help = "do not use it; whoever put it there is not the one who signed";
        report.findings.push(Finding::content("added", path, message, help));
    }
    absent
}

pub(super) fn missing_file(path: &str) -> Finding {
    let help = "fetch the site again, and tell the owner if it stays like this";
    Finding::content("missing", path, format!("{} is missing", quoted(path)), help)
}

/// New names of missing files, each with its old one.
fn renamed<'a>(
    place: &dyn Place,
    missing: &[&'a FileRecord],
    added: &BTreeSet<&'a str>,
) -> BTreeMap<&'a str, &'a str> {
    let mut wanted: BTreeMap<[u8; 32], &FileRecord> =
        missing.iter().map(|record| (record.sha256, *record)).collect();
    let Some(largest) = missing.iter().map(|record| record.size).max() else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for name in added.iter().take(MOST_RENAMED) {
        let Some(path) = OutPath::parse(name) else { continue };
        let Ok(Some(bytes)) = place.read(&path, largest) else { continue };
        if let Some(record) = wanted.remove::<[u8; 32]>(&Sha256::digest(&bytes).into()) {
            found.insert(*name, record.path.as_str());
        }
    }
    found
}

fn unreadable(fault: Fault) -> Finding {
    let words = match fault {
        Fault::NotAFile(words) | Fault::Refused(words) | Fault::Failed(words) => words,
        Fault::TooLarge => "there is too much of it".into(),
    };
    Finding {
        code: "unreadable",
        kind: Kind::World,
        path: None,
        message: format!("the site's files cannot be listed: {}", short(&words, 200)),
        help: "mend that, then run this again".into(),
    }
}
