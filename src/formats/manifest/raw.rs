//! The manifest as JSON has it: strings and integers, before anything is known of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::side_by_side::append;
use super::{Claim, FORMAT, FileRecord, Manifest, ManifestProblem, Signers, canonical, hex, unhex};
use crate::openpgp::canonical::MOST;
use crate::openpgp::fingerprint::Fingerprint;
use crate::routes::{self, OutPath};

/// Fields are in the order of their names: that order is the canonical one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw<'a, F> {
    expires: Cow<'a, str>,
    files: F,
    format: Cow<'a, str>,
    issued: Cow<'a, str>,
    origin: Cow<'a, str>,
    // An absent key would be a second spelling of `null`; comparing the bytes refuses it.
    previous: Option<Cow<'a, str>>,
    signers: RawSigners,
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
    size: u64,
}

/// Who signs, in a manifest or in a statement of succession.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::formats) struct RawSigners {
    fingerprints: Vec<String>,
    threshold: u32,
}

impl RawSigners {
    pub(in crate::formats) fn of(signers: &Signers) -> Self {
        let mut fingerprints: Vec<_> = signers.fingerprints.iter().map(Fingerprint::to_string).collect();
        fingerprints.sort();
        fingerprints.dedup();
        Self { fingerprints, threshold: signers.threshold }
    }

    /// The facts; fingerprints and their number are checked, their order is for the bytes to show.
    pub(in crate::formats) fn read(self) -> Result<Signers, ManifestProblem> {
        let threshold = self.threshold;
        // A verifier looks for the certificate of each before it believes any.
        if self.fingerprints.len() > MOST {
            return Err(ManifestProblem::Signers(self.fingerprints.len()));
        }
        let fingerprints = self.fingerprints.into_iter().map(fingerprint).collect::<Result<Vec<_>, _>>()?;
        let most = u32::try_from(fingerprints.len()).unwrap_or(u32::MAX);
        if threshold > most || (threshold == 0) != fingerprints.is_empty() {
            return Err(ManifestProblem::Threshold { threshold, signers: fingerprints.len() });
        }
        Ok(Signers { fingerprints, threshold })
    }
}

/// The one field that says how to read the others.
#[derive(Deserialize)]
pub(in crate::formats) struct Head<'a> {
    #[serde(borrow)]
    pub(in crate::formats) format: Cow<'a, str>,
}

/// What is claimed before anything is proven. What else there is does not matter yet.
#[derive(Deserialize)]
struct RawClaim {
    origin: String,
    signers: RawSigners,
}

/// A file to be written. It lives as long as its line is written, since a manifest has some hundred thousand.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    sha256: String,
    size: u64,
}

impl<'a> Line<'a> {
    fn of(record: &'a FileRecord) -> Self {
        Self { path: record.path.as_str(), sha256: hex(&record.sha256), size: record.size }
    }
}

/// The canonical bytes.
pub(super) fn write(manifest: &Manifest) -> Vec<u8> {
    let mut files: Vec<&FileRecord> = manifest.files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let frame = canonical::write(&Raw::frame(manifest), 1024);
    // Before the list there is only a date.
    let opening = b"\"files\":[";
    let start = memmem::find(&frame, opening).expect("the frame has a list") + opening.len();
    let (before, after) = frame.split_at(start);
    let room: usize = files.iter().map(|record| record.path.as_str().len() + 112).sum();
    let mut out = Vec::with_capacity(frame.len() + room);
    out.extend_from_slice(before);
    append(&mut out, &files, |some| {
        let mut lines = Vec::with_capacity(some.len() * 200);
        for record in some {
            canonical::add(&mut lines, &Line::of(record));
            lines.push(b',');
        }
        lines
    });
    if !files.is_empty() {
        // The last comma.
        out.pop();
    }
    out.extend_from_slice(after);
    out
}

impl<'a> Raw<'a, [Line<'a>; 0]> {
    /// All but the files.
    fn frame(manifest: &'a Manifest) -> Self {
        Self {
            expires: seconds(manifest.expires).into(),
            files: [],
            format: FORMAT.into(),
            issued: seconds(manifest.issued).into(),
            origin: manifest.origin.as_str().into(),
            previous: manifest.previous.as_ref().map(|hash| hex(hash).into()),
            signers: RawSigners::of(&manifest.signers),
            version: manifest.version,
        }
    }
}

fn shape(error: &serde_json::Error) -> ManifestProblem {
    ManifestProblem::Shape(error.to_string())
}

fn check_format(bytes: &[u8]) -> Result<(), ManifestProblem> {
    let head: Head<'_> = serde_json::from_slice(bytes).map_err(|error| shape(&error))?;
    if head.format == FORMAT { Ok(()) } else { Err(ManifestProblem::Format(head.format.into_owned())) }
}

/// What the bytes say of themselves; nothing else in them is looked at.
pub(super) fn claim(bytes: &[u8]) -> Result<Claim, ManifestProblem> {
    check_format(bytes)?;
    let raw: RawClaim = serde_json::from_slice(bytes).map_err(|error| shape(&error))?;
    Ok(Claim { origin: raw.origin, signers: raw.signers.read()? })
}

/// The facts, each checked by itself; how paths go together and how all is spelled is looked at by the caller.
pub(super) fn read(bytes: &[u8]) -> Result<Manifest, ManifestProblem> {
    let raw: Raw<'_, Vec<RawFile<'_>>> = serde_json::from_slice(bytes).map_err(|error| {
        // Another format has another shape.
        check_format(bytes).err().unwrap_or_else(|| shape(&error))
    })?;
    if raw.format != FORMAT {
        return Err(ManifestProblem::Format(raw.format.into_owned()));
    }
    let files = raw.files.into_iter().map(record).collect::<Result<Vec<_>, _>>()?;
    Ok(Manifest {
        origin: raw.origin.into_owned(),
        version: raw.version,
        issued: instant(&raw.issued)?,
        expires: instant(&raw.expires)?,
        previous: raw.previous.map(|hash| sha256(&hash)).transpose()?,
        signers: raw.signers.read()?,
        files,
    })
}

fn record(file: RawFile<'_>) -> Result<FileRecord, ManifestProblem> {
    let sha256 = sha256(&file.sha256)?;
    match OutPath::parse(&file.path) {
        Some(path) => Ok(FileRecord { path, size: file.size, sha256 }),
        None => Err(ManifestProblem::Path(file.path.into_owned())),
    }
}

/// On a file system that ignores case no file may overwrite another, and none may be where a folder must be.
pub(super) fn check_paths(files: &[FileRecord]) -> Result<(), ManifestProblem> {
    let manifest = routes::manifest().file();
    let own = [manifest.key(), manifest.with(".asc").key()];
    let spelled: Vec<String> = files.iter().map(|file| file.path.key()).collect();
    let keys: BTreeMap<&str, &OutPath> =
        spelled.iter().zip(files).map(|(key, file)| (key.as_str(), &file.path)).collect();
    for (file, key) in files.iter().zip(&spelled) {
        let path = &file.path;
        if own.contains(key) {
            return Err(ManifestProblem::Itself(path.to_string()));
        }
        let folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        let other = keys.get(key.as_str()).filter(|other| ***other != *path);
        if let Some(other) = other.or_else(|| folders.filter_map(|folder| keys.get(folder)).next()) {
            return Err(ManifestProblem::SameFile(path.to_string(), other.to_string()));
        }
    }
    // The same path twice: the map holds one of the two.
    if keys.len() != files.len() {
        let twice = files.windows(2).find(|pair| pair[0].path >= pair[1].path);
        let path = twice.map(|pair| pair[1].path.to_string()).unwrap_or_default();
        return Err(ManifestProblem::SameFile(path.clone(), path));
    }
    Ok(())
}

fn sha256(text: &str) -> Result<[u8; 32], ManifestProblem> {
    unhex(text).ok_or_else(|| ManifestProblem::Hash(text.to_owned()))
}

fn fingerprint(text: String) -> Result<Fingerprint, ManifestProblem> {
    match text.parse::<Fingerprint>() {
        Ok(fingerprint) if fingerprint.to_string() == text => Ok(fingerprint),
        _ => Err(ManifestProblem::Fingerprint(text)),
    }
}

pub(in crate::formats) fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(in crate::formats) fn instant(text: &str) -> Result<Timestamp, ManifestProblem> {
    match text.parse::<Timestamp>() {
        Ok(at) if seconds(at) == text => Ok(at),
        _ => Err(ManifestProblem::Date(text.to_owned())),
    }
}
