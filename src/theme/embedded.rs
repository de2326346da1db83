//! The default theme, inside the program as the folder `themes/default` that it is in the repository.

use include_dir::{Dir, DirEntry, include_dir};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Templates by name below `templates/`.
pub(super) fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = |(path, bytes): (&'static str, &'static [u8])| Some((path, std::str::from_utf8(bytes).ok()?));
    below("templates/").filter_map(text)
}

/// Static files by path below `static/`.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    below("static/")
}

fn below(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let mut found = Vec::new();
    collect(&DEFAULT, folder, &mut found);
    found.into_iter()
}

fn collect(dir: &'static Dir<'static>, folder: &str, found: &mut Vec<(&'static str, &'static [u8])>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, folder, found),
            DirEntry::File(file) => {
                let path = file.path().to_str().and_then(|path| path.strip_prefix(folder));
                found.extend(path.map(|path| (path, file.contents())));
            }
        }
    }
}
