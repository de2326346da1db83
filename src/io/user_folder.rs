//! The folders of this program among those of its user: in goes what is kept there, out comes where that is on this system.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::path::PathBuf;

/// What a folder is for, by where systems keep such things.
pub(super) struct Place {
    /// The variable of the XDG base directories that names it.
    pub variable: &'static str,
    /// Beneath the home folder.
    pub usual: &'static str,
    /// The same on macOS.
    pub macos: &'static str,
}

/// What can be made again.
pub(super) const CACHE: Place =
    Place { variable: "XDG_CACHE_HOME", usual: ".cache", macos: "Library/Caches" };

/// What was learned.
pub(super) const STATE: Place =
    Place { variable: "XDG_STATE_HOME", usual: ".local/state", macos: "Library/Application Support" };

/// Where the folder is; on Windows `%LOCALAPPDATA%\secsite` for all. `None` if the environment does not tell.
pub(super) fn folder(place: &Place) -> Option<PathBuf> {
    // The specification of these variables has relative paths ignored.
    let named = variable(place.variable).filter(|path| path.is_absolute());
    let usual = || {
        if cfg!(windows) {
            return variable("LOCALAPPDATA");
        }
        let beneath = if cfg!(target_os = "macos") { place.macos } else { place.usual };
        variable("HOME").map(|home| home.join(beneath))
    };
    named.or_else(usual).map(|folder| folder.join("secsite"))
}

/// The folder that a variable of the environment names.
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
