//! What is public, as far as it is known before single files are looked at: the list of OSV records and the paths.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Unreachable;
use crate::diag::escape::short;
use crate::diag::{Diagnostic, Diagnostics};
use crate::formats::manifest::Manifest;
use crate::routes::{self, OutPath};
use crate::rules::guard::UNREADABLE_PUBLIC;
use crate::sign::memory::MANIFEST_CAP;
use crate::verify::place::{Fault, Name, Place};

/// The longest list that is read, in bytes: some 350,000 records.
const LIST_CAP: u64 = 32 << 20;

/// The longest file of an advisory that is read, in bytes, unless ours is longer.
const FILE_CAP: u64 = 1 << 20;

/// What is public.
pub(super) struct Public<'p> {
    place: &'p dyn Place,
    /// `modified` of each OSV record by its id; `None` where there is no list.
    pub list: Option<BTreeMap<String, Timestamp>>,
    /// Every path that is known, with the hash that the manifest gives it.
    pub files: BTreeMap<String, Option<[u8; 32]>>,
    /// Whether `files` is all there is.
    complete: bool,
}

/// A public file beside ours.
pub(super) enum Held {
    /// There is none, or the copy does not have it.
    Absent,
    /// The same bytes.
    Same,
    /// Other bytes.
    Other(Vec<u8>),
    /// Nothing that could be read.
    Unreadable(Box<Diagnostic>),
}

#[derive(Deserialize)]
struct Line {
    id: String,
    modified: String,
}

impl<'p> Public<'p> {
    /// Reads the list and the manifest; without a manifest, the names in the folder.
    pub(super) fn open(place: &'p dyn Place, diags: &mut Diagnostics) -> Result<Self, Unreachable> {
        let list = read(place, &routes::osv_list().file(), LIST_CAP, diags, parse_list)?;
        let manifest = routes::manifest().file();
        let parse = |bytes: &[u8]| Manifest::parse(bytes).map_err(|problem| problem.to_string());
        let manifest = read(place, &manifest, MANIFEST_CAP, diags, parse)?;
        let (mut files, mut complete) = (BTreeMap::new(), manifest.is_some());
        if let Some(manifest) = manifest {
            files.extend(manifest.files.into_iter().map(|it| (it.path.as_str().to_owned(), Some(it.sha256))));
        } else if let Some(names) = place.names().map_err(|fault| unreachable(".", &fault))? {
            complete = true;
            let plain = names.into_iter().filter(|(_, name)| *name == Name::File);
            files.extend(plain.map(|(path, _)| (path, None)));
        }
        Ok(Self { place, list, files, complete })
    }

    /// Whether nothing that a site has was found.
    pub(super) fn is_nothing(&self) -> bool {
        self.list.is_none() && !self.files.keys().any(|path| super::address::is_permanent(path))
    }

    /// The latest `modified` of all OSV records: what importers remember.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.list.as_ref()?.values().max().copied()
    }

    /// What is public under the path of one of our files.
    pub(super) fn beside(&self, path: &OutPath, ours: &[u8]) -> Result<Held, Unreachable> {
        let known = self.files.get(path.as_str());
        if known.is_none() && self.complete {
            return Ok(Held::Absent);
        }
        if let Some(Some(hash)) = known
            && *hash == <[u8; 32]>::from(Sha256::digest(ours))
        {
            return Ok(Held::Same);
        }
        let most = FILE_CAP.max(2 * ours.len() as u64);
        Ok(match self.place.read(path, most) {
            Ok(None) => Held::Absent,
            Ok(Some(bytes)) if bytes == ours => Held::Same,
            Ok(Some(bytes)) => Held::Other(bytes),
            Err(fault) => match at_fault(path, fault, most) {
                Ok(finding) => Held::Unreadable(Box::new(finding)),
                Err(unreachable) => return Err(unreachable),
            },
        })
    }
}

/// A public file that is not what its name says.
pub(super) fn unreadable(path: &str, why: &str) -> Diagnostic {
    let message = format!("the public `{}` cannot be compared with: {}", short(path, 80), short(why, 160));
    let help = "look at that file where it is published; allow this rule for the build that mends it";
    UNREADABLE_PUBLIC.anywhere(message).help(help)
}

fn read<T>(
    place: &dyn Place,
    path: &OutPath,
    most: u64,
    diags: &mut Diagnostics,
    parse: impl Fn(&[u8]) -> Result<T, String>,
) -> Result<Option<T>, Unreachable> {
    match place.read(path, most) {
        Ok(None) => return Ok(None),
        Ok(Some(bytes)) => match parse(&bytes) {
            Ok(value) => return Ok(Some(value)),
            Err(why) => diags.push(unreadable(path.as_str(), &why)),
        },
        Err(fault) => diags.push(at_fault(path, fault, most)?),
    }
    Ok(None)
}

/// A finding where the file is at fault; an error where the way to it is.
fn at_fault(path: &OutPath, fault: Fault, most: u64) -> Result<Diagnostic, Unreachable> {
    match fault {
        Fault::TooLarge => Ok(unreadable(path.as_str(), &format!("it has more than {most} bytes"))),
        Fault::NotAFile(why) => Ok(unreadable(path.as_str(), &why)),
        fault => Err(unreachable(path.as_str(), &fault)),
    }
}

fn unreachable(path: &str, fault: &Fault) -> Unreachable {
    let why = match fault {
        Fault::TooLarge => "it is too large".to_owned(),
        Fault::NotAFile(why) | Fault::Refused(why) | Fault::Failed(why) => why.clone(),
    };
    Unreachable { path: path.to_owned(), why }
}

/// The list of records; of an id that is there twice, the later date.
fn parse_list(bytes: &[u8]) -> Result<BTreeMap<String, Timestamp>, String> {
    let lines: Vec<Line> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut list = BTreeMap::new();
    for Line { id, modified } in lines {
        let at: Timestamp = modified.parse().map_err(|_| {
            format!("`{}` is not a date, as `modified` of `{}`", short(&modified, 40), short(&id, 64))
        })?;
        let held = list.entry(id).or_insert(at);
        *held = at.max(*held);
    }
    Ok(list)
}
