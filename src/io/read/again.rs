//! One file of a site, read again after it was saved.

use std::path::Path;

use super::{AREAS, POLICY_CAP, SINGLE, cap_of, name};
use crate::io::Error;
use crate::io::confine::{Kind, Root, unfit};

/// What lies behind a path now.
#[derive(Debug)]
pub enum Again {
    /// A file with these bytes.
    Bytes(Vec<u8>),
    /// Nothing.
    Gone,
    /// A folder: what is in it must be looked at too.
    Folder,
    /// No input of a site, whatever it is.
    Foreign,
}

/// Reads the file at `path`, which is relative to the site in `root`, as [`super::read_site`] would.
///
/// # Errors
/// What it would say of this file.
pub fn read_again(root: &Path, path: &str) -> Result<Again, Error> {
    let single = SINGLE.contains(&path);
    let area =
        AREAS.iter().find(|area| path.strip_prefix(area.name).is_some_and(|rest| rest.starts_with('/')));
    let cap = match area {
        Some(area) => cap_of(area, path),
        None if single => POLICY_CAP,
        None => return Ok(Again::Foreign),
    };
    let rel = Path::new(path);
    let too_deep = area.is_some_and(|area| !area.deep && rel.components().count() > 2);
    let skipped = rel.ancestors().any(|step| step.file_name().is_some_and(|last| name::skipped(step, last)));
    if too_deep || skipped && !single {
        return Ok(Again::Foreign);
    }
    let site = Root::open_as(root, Path::new(""))?;
    match site.kind(rel) {
        Ok(None) => return Ok(Again::Gone),
        Ok(Some(Kind::Folder)) => return Ok(Again::Folder),
        Ok(Some(Kind::File)) => {}
        Ok(Some(kind)) => return Err(unfit(rel, kind)),
        // A folder on the way is none any more.
        Err(error) if error.kind() == Some(std::io::ErrorKind::NotADirectory) => return Ok(Again::Gone),
        Err(error) => return Err(error),
    }
    if let Some(why) = rel.iter().find_map(name::odd) {
        let help = "rename it, so that it means the same on every system";
        return Err(Error::refused("read", path, why, help));
    }
    match site.read(rel, cap) {
        Ok(bytes) => Ok(Again::Bytes(bytes)),
        // It went while it was looked at.
        Err(error) if error.kind() == Some(std::io::ErrorKind::NotFound) => Ok(Again::Gone),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_inputs_are_read_again() {
        let temp = tempfile::tempdir().unwrap();
        let files =
            ["policy.toml", "advisories/2026/a.md", "advisories/.a.md.swp", "keys/deep/a.asc", "README.md"];
        for path in files {
            let path = temp.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let read = |path: &str| match read_again(temp.path(), path) {
            Ok(Again::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
            Ok(other) => format!("{other:?}"),
            Err(error) => error.message(),
        };
        assert_eq!(read("policy.toml"), "x");
        assert_eq!(read("advisories/2026/a.md"), "x");
        assert_eq!(read("advisories/2026"), "Folder");
        assert_eq!(read("advisories/2026/b.md"), "Gone");
        assert_eq!(read("advisories/2026/a.md/b.md"), "Gone");
        for foreign in
            ["advisories/.a.md.swp", "keys/deep/a.asc", "README.md", "advisories", "public/x", "../x"]
        {
            assert_eq!(read(foreign), "Foreign", "{foreign}");
        }
        fs::write(temp.path().join("advisories/2026/a.md"), vec![b'x'; 256 * 1024 + 1]).unwrap();
        assert!(read("advisories/2026/a.md").contains("at most 262144 are read"));
    }
}
