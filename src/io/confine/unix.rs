//! The folder on Unix: an open descriptor, and calls relative to it. Refuses links in the kernel where that is possible.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::{Entry, Kind, Mark, Rename};

/// Never waits for the other end of a pipe, never takes a terminal, never leaks into a child process.
const READ: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

#[derive(Debug)]
pub(in crate::io) struct Folder(OwnedFd);

impl Folder {
    pub(in crate::io) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(fs::open(path, READ | OFlags::DIRECTORY, Mode::empty())?))
    }

    pub(in crate::io) fn folder(&self, rel: &Path) -> io::Result<Self> {
        Ok(Self(self.open_beneath(rel, READ | OFlags::DIRECTORY, Mode::empty())?))
    }

    pub(in crate::io) fn file(&self, rel: &Path) -> io::Result<File> {
        Ok(File::from(self.open_beneath(rel, READ, Mode::empty())?))
    }

    /// A new, empty file; fails if the name is taken, be it by a dangling link.
    pub(in crate::io) fn create(&self, rel: &Path, mode: u32) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let exact = mode_of(mode);
        let fd = self.open_beneath(rel, flags, exact)?;
        // The umask can only have taken something away.
        if Mode::from_raw_mode(fs::fstat(&fd)?.st_mode) != exact {
            fs::fchmod(&fd, exact)?;
        }
        Ok(File::from(fd))
    }

    pub(in crate::io) fn kind(&self, rel: &Path) -> io::Result<Kind> {
        let stat = fs::statat(&self.0, here(rel), AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(kind_of(FileType::from_raw_mode(stat.st_mode)))
    }

    /// What tells one file or folder from any other: device and inode.
    pub(in crate::io) fn identity(&self, rel: &Path) -> io::Result<(u64, u64)> {
        let stat = fs::statat(&self.0, here(rel), AtFlags::SYMLINK_NOFOLLOW)?;
        #[allow(clippy::unnecessary_cast, clippy::cast_lossless, reason = "the types differ between systems")]
        Ok((stat.st_dev as u64, stat.st_ino as u64))
    }

    pub(in crate::io) fn list(&self, rel: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in Dir::new(self.folder(rel)?.0)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems do not keep the kind beside the name.
                FileType::Unknown => match self.kind(&rel.join(name)) {
                    Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
                    kind => kind?,
                },
                known => kind_of(known),
            };
            entries.push(Entry { name: name.to_owned(), kind });
        }
        Ok(entries)
    }

    /// The names in a folder, each with what it stands for; `None` where the system does not tell.
    pub(in crate::io) fn marks(&self, rel: &Path) -> io::Result<Option<Vec<(OsString, Kind, Mark)>>> {
        let folder = self.folder(rel)?;
        let mut marks = Vec::new();
        for entry in Dir::read_from(&folder.0)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let stat = fs::statat(&folder.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
            marks.push((name.to_owned(), kind_of(FileType::from_raw_mode(stat.st_mode)), mark_of(&stat)));
        }
        Ok(Some(marks))
    }

    /// A new folder with exactly this mode, whatever the umask.
    pub(in crate::io) fn make_folder(&self, rel: &Path, mode: u32) -> io::Result<()> {
        let exact = mode_of(mode);
        fs::mkdirat(&self.0, rel, exact)?;
        let stat = fs::statat(&self.0, rel, AtFlags::SYMLINK_NOFOLLOW)?;
        if Mode::from_raw_mode(stat.st_mode) == exact { Ok(()) } else { self.set_mode(rel, mode) }
    }

    pub(in crate::io) fn set_mode(&self, rel: &Path, mode: u32) -> io::Result<()> {
        let fd = self.open_beneath(rel, READ | OFlags::DIRECTORY, Mode::empty())?;
        Ok(fs::fchmod(fd, mode_of(mode))?)
    }

    pub(in crate::io) fn link(&self, from: &Path, to: &Self, rel: &Path) -> io::Result<()> {
        Ok(fs::linkat(&self.0, from, &to.0, rel, AtFlags::empty())?)
    }

    pub(in crate::io) fn rename(&self, from: &Path, to: &Path, how: Rename) -> io::Result<()> {
        if how == Rename::Replace {
            return Ok(fs::renameat(&self.0, from, &self.0, to)?);
        }
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        {
            use rustix::fs::RenameFlags;
            let flags = if how == Rename::Exchange { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
            match fs::renameat_with(&self.0, from, &self.0, to, flags) {
                // The file system or an old kernel cannot: EINVAL, ENOSYS, EOPNOTSUPP.
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
                answer => return Ok(answer?),
            }
        }
        if how == Rename::Exchange {
            return Err(io::ErrorKind::Unsupported.into());
        }
        fs::linkat(&self.0, from, &self.0, to, AtFlags::empty())?;
        Ok(fs::unlinkat(&self.0, from, AtFlags::empty())?)
    }

    pub(in crate::io) fn remove_file(&self, rel: &Path) -> io::Result<()> {
        Ok(fs::unlinkat(&self.0, rel, AtFlags::empty())?)
    }

    pub(in crate::io) fn remove_folder(&self, rel: &Path) -> io::Result<()> {
        Ok(fs::unlinkat(&self.0, rel, AtFlags::REMOVEDIR)?)
    }

    /// The names in this folder, and only they, survive a power cut from now on.
    pub(in crate::io) fn sync(&self) -> io::Result<()> {
        Ok(fs::fsync(&self.0)?)
    }

    /// One file's bytes survive a power cut from now on.
    pub(in crate::io) fn sync_file(&self, rel: &Path) -> io::Result<()> {
        self.file(rel)?.sync_all()
    }

    /// Everything beneath survives a power cut from now on; `Unsupported` where no single call can promise it.
    pub(in crate::io) fn sync_all(&self) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        match fs::syncfs(&self.0) {
            Err(Errno::NOSYS | Errno::INVAL) => {}
            answer => return Ok(answer?),
        }
        Err(io::ErrorKind::Unsupported.into())
    }

    fn open_beneath(&self, rel: &Path, flags: OFlags, mode: Mode) -> rustix::io::Result<OwnedFd> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::ResolveFlags;
            let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
            match fs::openat2(&self.0, here(rel), flags, mode, resolve) {
                // Kernels before 5.6 lack the call; some containers forbid it.
                Err(Errno::NOSYS | Errno::PERM) => {}
                answer => return answer,
            }
        }
        self.open_stepwise(rel, flags, mode)
    }

    fn open_stepwise(&self, rel: &Path, flags: OFlags, mode: Mode) -> rustix::io::Result<OwnedFd> {
        let mut held: Option<OwnedFd> = None;
        let rel = here(rel);
        let mut steps = rel.components().peekable();
        while let Some(step) = steps.next() {
            let last = steps.peek().is_none();
            let (flags, mode) = if last { (flags, mode) } else { (READ | OFlags::DIRECTORY, Mode::empty()) };
            let at = held.as_ref().unwrap_or(&self.0);
            held = Some(fs::openat(at, step.as_os_str(), flags | OFlags::NOFOLLOW, mode)?);
        }
        // `here` never returns an empty path, so the loop ran.
        held.ok_or(Errno::NOENT)
    }
}

fn here(rel: &Path) -> &Path {
    if rel.as_os_str().is_empty() { Path::new(".") } else { rel }
}

#[allow(clippy::cast_possible_truncation, reason = "a mode has twelve bits")]
fn mode_of(mode: u32) -> Mode {
    Mode::from_raw_mode(mode as _)
}

/// What an open file is marked by; `None` where the system does not tell.
pub(in crate::io) fn mark(file: &File) -> io::Result<Option<Mark>> {
    Ok(Some(mark_of(&fs::fstat(file)?)))
}

#[allow(
    clippy::unnecessary_cast,
    clippy::cast_lossless,
    clippy::cast_sign_loss,
    reason = "the types differ between systems, and only whether they are the same counts"
)]
fn mark_of(stat: &fs::Stat) -> Mark {
    [
        stat.st_dev as u64,
        stat.st_ino as u64,
        stat.st_mode as u64,
        stat.st_size as u64,
        stat.st_mtime as u64,
        stat.st_mtime_nsec as u64,
        stat.st_ctime as u64,
        stat.st_ctime_nsec as u64,
    ]
}

fn kind_of(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stepwise_way_follows_no_link_either() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::create_dir(temp.path().join("a")).unwrap();
        std::fs::write(temp.path().join("a/f"), "x").unwrap();
        std::os::unix::fs::symlink("a", temp.path().join("l")).unwrap();
        std::os::unix::fs::symlink("f", temp.path().join("a/l")).unwrap();
        let folder = Folder::open(temp.path()).unwrap();
        let open = |rel: &str| folder.open_stepwise(Path::new(rel), READ, Mode::empty());
        assert!(open("a/f").is_ok());
        assert!(open("").is_ok());
        assert!(open("l/f").is_err());
        assert!(open("a/l").is_err());
    }
}
