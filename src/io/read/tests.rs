use std::fs::{self, File};

use tempfile::TempDir;

use super::*;

fn site(files: &[(&str, &str)]) -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = temp.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    temp
}

fn paths(tree: &Tree) -> Vec<&str> {
    tree.files.keys().map(String::as_str).collect()
}

fn messages(answer: Result<Tree, Vec<Error>>) -> Vec<String> {
    answer.unwrap_err().iter().map(Error::message).collect()
}

#[test]
fn only_the_places_of_a_site_are_read() {
    let temp = site(&[
        ("policy.toml", "p"),
        ("SECURITY.md", "s"),
        ("README.md", "not read"),
        ("public/index.html", "not read"),
        ("advisories/2026/SEC-2026-001.md", "a"),
        ("advisories/.draft.md", "hidden"),
        ("advisories/SEC-2026-002.md~", "leftover"),
        ("advisories/#x.md#", "leftover"),
        ("content/docs/a.md", "c"),
        ("content/.git/config", "hidden"),
        ("content/.well-known/x", "w"),
        ("content/out/index.html", "ignored"),
        ("keys/a.asc", "k"),
        ("keys/deeper/b.asc", "not read"),
        ("signatures/manifest.asc", "not read"),
        ("themes/t/theme.toml", "t"),
    ]);
    let tree = read_site(temp.path(), &[temp.path().join("content/out")]).unwrap();
    let expected = [
        "SECURITY.md",
        "advisories/2026/SEC-2026-001.md",
        "content/.well-known/x",
        "content/docs/a.md",
        "keys/a.asc",
        "policy.toml",
        "themes/t/theme.toml",
    ];
    assert_eq!(paths(&tree), expected);
}

#[test]
fn a_folder_without_a_policy_is_told_how_to_begin() {
    let errors = read_site(site(&[]).path(), &[]).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].to_string().contains("secsite init"), "{}", errors[0]);
}

#[test]
fn every_bound_is_told_at_once_and_by_size() {
    let temp = site(&[("policy.toml", "p")]);
    let sizes = [
        ("policy.toml", MIB),
        ("advisories/a.md", 256 * KIB),
        ("content/a.pdf", 32 * MIB),
        ("keys/a.asc", 256 * KIB),
    ];
    for (path, most) in sizes {
        let path = temp.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().set_len(most + 1).unwrap();
    }
    let told = messages(read_site(temp.path(), &[]));
    assert_eq!(told.len(), sizes.len());
    assert_eq!(told[0], "cannot read `advisories/a.md`: it has 262145 bytes, and at most 262144 are read");
    for (path, most) in sizes {
        File::create(temp.path().join(path)).unwrap().set_len(most.min(256 * KIB)).unwrap();
    }
    assert_eq!(read_site(temp.path(), &[]).unwrap().files.len(), sizes.len());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_are_each_named() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let temp = site(&[
        ("policy.toml", "p"),
        ("advisories/ok.md", "a"),
        ("advisories/a\n\u{1b}]0;pwn\u{7}.md", "D5"),
        ("content/a\\b", "x"),
        ("content/dot.", "x"),
        ("content/space ", "x"),
        ("content/nul.txt", "x"),
        ("content/LPT1", "x"),
        ("content/console.md", "fine"),
    ]);
    let at = |path: &str| temp.path().join(path);
    symlink("/etc/passwd", at("advisories/x.md")).unwrap();
    symlink("nowhere", at("content/dangling")).unwrap();
    symlink(at("advisories"), at("content/dir")).unwrap();
    symlink(at("content"), at("themes")).unwrap();
    let fifo = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, at("content/pipe"), fifo, rustix::fs::Mode::RWXU, 0).unwrap();
    fs::write(temp.path().join("content").join(OsStr::from_bytes(b"\xff.md")), "x").unwrap();
    let told = messages(read_site(temp.path(), &[]));
    let expected = [
        "cannot read `advisories/a\\n\\u{1b}]0;pwn\\u{7}.md`: its name has the unprintable character U+000A",
        "cannot read `advisories/x.md`: it is a symbolic link",
        "cannot read `content/LPT1`: `LPT1` is the name of a device on Windows",
        "cannot read `content/a\\b`: its name has a backslash",
        "cannot read `content/dangling`: it is a symbolic link",
        "cannot read `content/dir`: it is a symbolic link",
        "cannot read `content/dot.`: its name ends in a dot or a space, which Windows drops",
        "cannot read `content/nul.txt`: `nul` is the name of a device on Windows",
        "cannot read `content/pipe`: it is a pipe, a socket or a device",
        "cannot read `content/space `: its name ends in a dot or a space, which Windows drops",
        "cannot read `content/\\xff.md`: its name is not UTF-8",
        "cannot read `themes`: it is a symbolic link",
    ];
    assert_eq!(told, expected);

    fs::remove_file(at("policy.toml")).unwrap();
    symlink("content/console.md", at("policy.toml")).unwrap();
    let told = messages(read_site(temp.path(), &[]));
    assert!(told.contains(&"cannot read `policy.toml`: it is a symbolic link".to_owned()), "{told:?}");
}

#[test]
fn an_import_leaves_a_clone_s_git_folder_alone() {
    let temp = site(&[(".git/config", "x"), ("crates/a/R.md", "x"), ("crates/a/R.txt", "x")]);
    let tree = read_folder(temp.path(), &|path| path.ends_with(".md"), MIB, MIB).unwrap();
    assert_eq!(paths(&tree), ["crates/a/R.md"]);
}

#[test]
fn a_comparison_misses_nothing() {
    let temp = site(&[(".well-known/security.txt", "x"), (".nojekyll", ""), ("a~", "x")]);
    let tree = read_exactly(temp.path(), MIB).unwrap();
    assert_eq!(paths(&tree), [".nojekyll", ".well-known/security.txt", "a~"]);
    fs::create_dir_all(temp.path().join("b/c")).unwrap();
    let told = messages(read_exactly(temp.path(), MIB));
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("b/c`: it is an empty folder"), "{told:?}");
}

#[test]
fn a_named_file_is_bounded_too() {
    let temp = site(&[("a", "12345")]);
    assert_eq!(read_named(&temp.path().join("a"), 5).unwrap(), b"12345");
    assert!(read_named(&temp.path().join("a"), 4).unwrap_err().message().contains("more than 4 bytes"));
    assert!(read_named(temp.path(), 4).is_err());
}

#[test]
fn the_first_bytes_tell_how_many_there_may_be() {
    let temp = site(&[("a", "PK345678"), ("b", "12345678")]);
    let cap = |first: &[u8]| if first.starts_with(b"PK") { 8 } else { 7 };
    assert_eq!(read_named_by(&temp.path().join("a"), &cap).unwrap(), b"PK345678");
    assert!(read_named_by(&temp.path().join("b"), &cap).unwrap_err().message().contains("more than 7 bytes"));
}

#[test]
fn files_are_bounded_together_while_they_are_read() {
    let temp = site(&[("a.md", "12345"), ("b/c.md", "12345"), ("d.txt", "12345")]);
    let keep = |path: &str| path.ends_with(".md");
    assert_eq!(paths(&read_folder(temp.path(), &keep, 5, 10).unwrap()), ["a.md", "b/c.md"]);
    let told = messages(read_folder(temp.path(), &keep, 5, 9));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with(": its files have more than 9 bytes together"), "{told:?}");
}
