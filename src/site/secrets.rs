//! Secret keys that lie in a site by mistake.
//!
//! In go all files, out comes a finding for each that holds an armored secret key, wherever it lies and whether or not
//! it would be published: what lies in a repository is read by everybody who can read the repository. Of the key itself
//! nothing is quoted.

use rayon::prelude::*;

use crate::diag::Diagnostics;
use crate::diag::escape::holds_key_text;
use crate::rules::input;
use crate::source::{FileId, SourceFile, Sources, Span, text};

/// Reports every file that holds a secret key.
pub fn check(sources: &Sources, diags: &mut Diagnostics) {
    let files: Vec<(FileId, &SourceFile)> = sources.files().collect();
    let found: Vec<Option<Span>> = files.par_iter().map(|(id, file)| place(*id, file)).collect();
    for span in found.into_iter().flatten() {
        let help = "remove it from the site, and revoke the key if it was ever committed";
        diags.push(input::SECRET_IN_INPUT.at(span, "this looks like a secret key").help(help));
    }
}

/// Whether a file holds an armored secret key.
pub fn holds_one(file: &SourceFile) -> bool {
    // Nearly every file is done with here, and text is searched faster than bytes.
    let named = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text.contains("PRIVATE KEY"),
        Err(_) => file.bytes.windows(11).any(|window| window == b"PRIVATE KEY"),
    };
    named && find(&text::lenient(&file.bytes)).is_some()
}

fn place(id: FileId, file: &SourceFile) -> Option<Span> {
    if !holds_one(file) {
        return None;
    }
    find(&text::lenient(&file.bytes)).map(|at| Span::new(id, at..at))
}

/// Where the first armor begins that is followed by key text. Prose about keys, and commands that look for them, name
/// the header alone.
fn find(text: &str) -> Option<usize> {
    text.match_indices("-----BEGIN ").map(|(at, _)| at).find(|&at| {
        let header = text[at..].lines().next().unwrap_or_default();
        header.contains("PRIVATE KEY") && text[at + header.len()..].lines().take(10).any(holds_key_text)
            || header.split_once("PRIVATE KEY").is_some_and(|(_, rest)| holds_key_text(rest))
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    const LINE: &str = "lIYEaVt9kBYJKwYBBAHaRw8BAQdA1qiXh6zB/6OhwgoWtfcWCJtDTTTLwmf0rmLn";

    #[test]
    fn keys_are_found_and_talk_of_keys_is_not() {
        let key = format!("text\n-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{LINE}\n");
        assert_eq!(find(&key), Some(5));
        assert_eq!(find(&format!("k = \"-----BEGIN RSA PRIVATE KEY-----\\n{LINE}\"")), Some(5));
        assert_eq!(find("Run `grep -r '-----BEGIN RSA PRIVATE KEY-----'` and see.\n\nThat is all.\n"), None);
        assert_eq!(find(&format!("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{LINE}\n")), None);
    }
}
