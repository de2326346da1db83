//! Where a site may be published: in go the site's folder and the output's, out come the output's open parent and name.
//!
//! Refuses every place where publishing could destroy something. Creates missing parents and nothing else.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder};
use std::path::{Component, Path, PathBuf, absolute};

use super::{MANIFEST, Old, made};
use crate::io::confine::{Kind, Root};
use crate::io::{Error, escape};

const DOING: &str = "publish into";
const CHOOSE: &str = "choose another folder with `-o DIR`, such as `public`";

/// Folders of a site that are read; what is written must not come back as input.
const SOURCES: [&str; 6] = ["advisories", "content", "themes", "keys", "signatures", ".git"];

/// Most foreign files named in one error.
const MOST_NAMED: usize = 5;

/// The output folder: its name, and the folder that holds it, open.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) parent: Root,
    pub(super) name: PathBuf,
}

impl Place {
    pub(super) fn choose(root: &Path, out: &Path) -> Result<Self, Error> {
        let refused = |why: &str| Error::refused(DOING, out, why, CHOOSE);
        let resolve = |path: &Path| {
            fs::canonicalize(path).map_err(|cause| Error::system("open the folder", path, cause))
        };
        let site = resolve(root)?;
        let full = absolute(out).map_err(|cause| Error::system(DOING, out, cause))?;
        let (Some(name), Some(parent)) = (full.file_name(), full.parent()) else {
            return Err(refused("it has no name"));
        };
        let missing = |path: &&Path| fs::symlink_metadata(path).is_err();
        let there = parent.ancestors().find(|path| !missing(path)).unwrap_or(parent);
        // Both are prefixes of the same path, so the rest exists.
        let rest = parent.strip_prefix(there).unwrap_or(Path::new(""));
        if rest.components().any(|step| step == Component::ParentDir) {
            return Err(refused("its path goes up from a folder that does not exist"));
        }
        let parent = resolve(there)?.join(rest);
        let full = parent.join(name);
        if site == full {
            return Err(refused("it is the site's own folder"));
        }
        if site.starts_with(&full) {
            return Err(refused("it holds the site's own folder"));
        }
        if let Some(source) = SOURCES.iter().find(|source| full.starts_with(site.join(source))) {
            return Err(refused(&format!("it is among the site's sources, in `{source}/`")));
        }
        let made = if rest.as_os_str().is_empty() { Ok(()) } else { make_folders(&parent) };
        made.map_err(|cause| Error::system("create the folder", &parent, cause))?;
        // Messages, and the lock, spell it as the user did.
        let shown = out.parent().unwrap_or(&parent);
        Ok(Self { parent: Root::open_as(&parent, shown)?, name: PathBuf::from(name) })
    }

    /// The name of a helper of ours beside the output: `.public.secsite-new-4711`.
    pub(super) fn beside(&self, role: &str, process: u32) -> PathBuf {
        let mut name = self.prefix(role);
        name.push(process.to_string());
        name.into()
    }

    pub(super) fn lock_name(&self) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".secsite-lock");
        name.into()
    }

    /// Whether `name` is that of such a helper, of whatever process.
    pub(super) fn is_beside(&self, role: &str, name: &OsStr) -> bool {
        let prefix = self.prefix(role);
        let number = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
        number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
    }

    fn prefix(&self, role: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(format!(".secsite-{role}-"));
        name
    }

    /// Refuses what is no output of ours at a glance, before anything is written beside it.
    pub(super) fn look(&self) -> Result<(), Error> {
        let refused = |why: &str| Err(Error::refused(DOING, self.parent.show(&self.name), why, CHOOSE));
        match self.parent.kind(&self.name)? {
            None => return Ok(()),
            Some(Kind::Folder) => {}
            Some(Kind::Link) => return refused("it is a symbolic link"),
            Some(_) => return refused("it is a file"),
        }
        let failed = |cause| self.parent.failed("look at", &self.name, cause);
        let here = self.parent.folder.identity(Path::new("")).map_err(failed)?;
        if self.parent.folder.identity(&self.name).map_err(failed)?.0 != here.0 {
            let help = "name a folder inside it with `-o DIR`: the new site is built beside the old one and changes places with it";
            return Err(Error::refused(
                DOING,
                self.parent.show(&self.name),
                "another disk is mounted there",
                help,
            ));
        }
        let folder = self.parent.beneath(&self.name)?;
        if folder.kind(Path::new(MANIFEST))?.is_none() && !folder.list(Path::new(""))?.is_empty() {
            return refused("it has files and was not made by secsite");
        }
        Ok(())
    }

    /// The site to be replaced, every file of it accounted for; `None` where nothing or an empty folder is.
    pub(super) fn old_site(&self) -> Result<Option<Old>, Error> {
        self.look()?;
        if self.parent.kind(&self.name)?.is_none() {
            return Ok(None);
        }
        let root = self.parent.beneath(&self.name)?;
        let Some(owned) = made::read_manifest(&root)? else {
            return if root.list(Path::new(""))?.is_empty() {
                Ok(None)
            } else {
                let why = format!("it has files, and its `{MANIFEST}` is not one of secsite's");
                Err(Error::refused(DOING, root.show(Path::new("")), why, CHOOSE))
            };
        };
        let scan = made::scan(&root, &owned)?;
        if !scan.foreign.is_empty() {
            return Err(foreign(&root, &scan.foreign));
        }
        let identity = self.parent.folder.identity(&self.name);
        let identity = identity.map_err(|cause| self.parent.failed("look at", &self.name, cause))?;
        Ok(Some(Old { root, identity, files: scan.files, tidy: scan.tidy }))
    }
}

/// The error for files that secsite did not write in a folder it must empty.
pub(super) fn foreign(root: &Root, files: &[PathBuf]) -> Error {
    let mut names: Vec<String> =
        files.iter().take(MOST_NAMED).map(|path| format!("`{}`", escape::path(path))).collect();
    if files.len() > MOST_NAMED {
        names.push(format!("{} more", files.len() - MOST_NAMED));
    }
    let why = format!("it holds what secsite did not write: {}", names.join(", "));
    let help = "move it to `content/` to have it published and signed, or delete it";
    Error::refused(DOING, root.show(Path::new("")), why, help)
}

fn make_folders(path: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
    builder.recursive(true).create(path)
}
