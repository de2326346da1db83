//! Files that hold a secret: read only if nobody else could read them before.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::io::Error;

/// Reads a secret that the user named on the command line. A pipe will do, and so will a link.
///
/// # Errors
/// A file that is missing or too large; on Unix, one that its group or everybody else may read or write.
pub fn read_secret(path: &Path, cap: u64) -> Result<Vec<u8>, Error> {
    let open = |cause| Error::system("read", path, cause);
    let file = File::open(path).map_err(open)?;
    // The file that is open is asked, not the name: another file might stand there by now.
    check_mode(path, &file.metadata().map_err(open)?)?;
    let mut bytes = Vec::new();
    file.take(cap.saturating_add(1)).read_to_end(&mut bytes).map_err(open)?;
    if bytes.len() as u64 > cap {
        let why = format!("it has more than {cap} bytes");
        return Err(Error::refused("read", path, why, "check that this is the right file"));
    }
    Ok(bytes)
}

#[cfg(unix)]
fn check_mode(path: &Path, metadata: &std::fs::Metadata) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt;

    let mode = metadata.mode() & 0o777;
    if metadata.is_file() && mode & 0o066 != 0 {
        let why = format!("others may read or change it (its mode is {mode:04o})");
        let help = format!(
            "if this is the file of a secret key, make it yours alone: `chmod 600 {}`",
            crate::io::escape::path(path)
        );
        return Err(Error::refused("take a secret key from", path, why, help));
    }
    Ok(())
}

/// Other systems have no mode; who may read a file there is not known to us.
#[cfg(not(unix))]
fn check_mode(_: &Path, _: &std::fs::Metadata) -> Result<(), Error> {
    Ok(())
}
