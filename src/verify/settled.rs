//! A site that changes while it is looked at: in goes a place and a way to look at it, out comes what was seen of one
//! site, not of two.
//!
//! The owner may publish between the moment at which the manifest is fetched and that of the last file. Then files
//! differ from the manifest, and nobody has tampered with anything. So whenever there is something to complain of, the
//! manifest is fetched again; if it is another one now, all begins anew, once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::place::{Fault, Name, Place};
use crate::routes::{self, OutPath};

/// Why nothing can be said about a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsettled {
    /// Its manifest changed under way, and did so again.
    Changing,
    /// Its manifest cannot be fetched again.
    Fault(Fault),
}

/// Looks at a site, and once more if it changed meanwhile. `clean` says of what was seen that there is nothing to
/// complain of: then every file was that of the manifest, and what happened since is no matter.
///
/// # Errors
/// The site is changing, or went away.
pub fn settled<T>(
    place: &dyn Place,
    look: impl Fn(&dyn Place) -> T,
    clean: impl Fn(&T) -> bool,
) -> Result<T, Unsettled> {
    for _ in 0..2 {
        let witness = Witness { place, seen: Mutex::default() };
        let seen = look(&witness);
        if clean(&seen) || !witness.changed().map_err(Unsettled::Fault)? {
            return Ok(seen);
        }
    }
    Err(Unsettled::Changing)
}

/// A place that remembers which manifest it gave away.
struct Witness<'a> {
    place: &'a dyn Place,
    /// The manifest and its signature, as they were read first.
    seen: Mutex<BTreeMap<OutPath, Seen>>,
}

struct Seen {
    /// How much was asked for.
    most: u64,
    /// SHA-256 of what came.
    hash: Option<[u8; 32]>,
}

impl Witness<'_> {
    fn changed(&self) -> Result<bool, Fault> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for (path, seen) in &*seen {
            let now = match self.place.read(path, seen.most) {
                Ok(now) => now,
                // What was small before is not the same now.
                Err(Fault::TooLarge) => return Ok(true),
                Err(fault) => return Err(fault),
            };
            if now.as_deref().map(hash_of) != seen.hash {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Place for Witness<'_> {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let found = self.place.read(path, most)?;
        let manifest = routes::manifest().file();
        if *path == manifest || *path == manifest.with(".asc") {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(path.clone()).or_insert_with(|| Seen { most, hash: found.as_deref().map(hash_of) });
        }
        Ok(found)
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        self.place.names()
    }

    fn may_hide(&self, path: &OutPath) -> bool {
        self.place.may_hide(path)
    }
}

fn hash_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::{Unsettled, settled};
    use crate::routes::{self, OutPath};
    use crate::verify::place::{Fault, Name, Place};

    /// A place with another manifest each time, up to some number.
    struct Restless {
        reads: AtomicU8,
        settles_at: u8,
        then: Result<(), Fault>,
    }

    impl Place for Restless {
        fn read(&self, _: &OutPath, _: u64) -> Result<Option<Vec<u8>>, Fault> {
            let read = self.reads.fetch_add(1, Ordering::Relaxed);
            if read > 0 {
                self.then.clone()?;
            }
            Ok(Some(vec![read.min(self.settles_at)]))
        }

        fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
            Ok(None)
        }
    }

    /// Looks at the manifest alone; gives how often it looked.
    fn look(settles_at: u8, then: Result<(), Fault>, clean: bool) -> (Result<(), Unsettled>, u8) {
        let place = Restless { reads: AtomicU8::new(0), settles_at, then };
        let looks = Cell::new(0);
        let look = |place: &dyn Place| {
            looks.set(looks.get() + 1);
            place.read(&routes::manifest().file(), 10).unwrap();
        };
        (settled(&place, look, |()| clean), looks.get())
    }

    #[test]
    fn a_change_is_followed_once() {
        assert_eq!(look(0, Ok(()), false), (Ok(()), 1));
        assert_eq!(look(1, Ok(()), false), (Ok(()), 2));
        assert_eq!(look(2, Ok(()), false), (Ok(()), 2));
        assert_eq!(look(3, Ok(()), false), (Err(Unsettled::Changing), 2));
        assert_eq!(look(3, Ok(()), true), (Ok(()), 1));
    }

    #[test]
    fn a_place_that_goes_away_is_at_fault_itself() {
        let fault = Fault::Failed("connection refused".to_owned());
        assert_eq!(look(0, Err(fault.clone()), false), (Err(Unsettled::Fault(fault)), 1));
        assert_eq!(look(0, Err(Fault::TooLarge), true), (Ok(()), 1));
    }
}
