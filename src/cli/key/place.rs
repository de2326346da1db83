//! Where secret keys may lie: anywhere but inside of the site, which is committed and published.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::io;

/// The folder of the user's keys: `$XDG_CONFIG_HOME/secsite`, else `~/.config/secsite`.
pub(super) fn folder() -> Result<PathBuf, Failure> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // The specification of these variables has relative paths ignored.
    let config = set("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let config = config.or_else(|| set("HOME").map(|home| home.join(".config")));
    config.map(|config| config.join("secsite")).ok_or_else(|| {
        Failure::world(
            "there is no folder for secret keys: HOME is not set",
            "name a file with --secret FILE",
        )
    })
}

/// Makes the folder, readable to its owner alone.
pub(super) fn make(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| io::Error::system("create", folder, error).into())
}

/// Refuses a folder for secrets that lies inside of the site.
pub(super) fn check_outside(folder: &Path, site: &Path) -> Result<(), Failure> {
    let site_path = site.canonicalize().map_err(|error| io::Error::system("open", site, error))?;
    let folder = std::path::absolute(folder).map_err(|error| io::Error::system("open", folder, error))?;
    // Folders that are still to be made lie where their nearest parent does; `..` in their names is not followed.
    let real = folder.ancestors().find_map(|parent| parent.canonicalize().ok());
    let odd = folder.components().any(|part| part == std::path::Component::ParentDir) && !folder.is_dir();
    if odd || real.is_none_or(|real| real.starts_with(&site_path)) {
        let message = format!("{} lies inside of the site, which is published", folder.display());
        return Err(Failure::usage(message, "name a file outside of it with --secret FILE"));
    }
    Ok(())
}
