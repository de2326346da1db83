use std::fs;

use super::*;

#[test]
fn a_new_file_comes_with_its_folders_and_is_never_overwritten() {
    let temp = tempfile::tempdir().unwrap();
    create_new(temp.path(), "a/b/c.md", b"one", 0o644).unwrap();
    let error = create_new(temp.path(), "a/b/c.md", b"two", 0o644).unwrap_err();
    assert!(error.message().ends_with("something of that name is there already"), "{error}");
    assert_eq!(fs::read(temp.path().join("a/b/c.md")).unwrap(), b"one");
    assert_eq!(fs::read_dir(temp.path().join("a/b")).unwrap().count(), 1, "no temporary file stays");
}

#[test]
fn replacing_tells_whether_anything_changed() {
    for put in [replace, note] {
        let temp = tempfile::tempdir().unwrap();
        assert!(put(temp.path(), "SECURITY.md", b"one").unwrap());
        assert!(!put(temp.path(), "SECURITY.md", b"one").unwrap());
        assert!(put(temp.path(), "SECURITY.md", b"two").unwrap());
        assert_eq!(fs::read(temp.path().join("SECURITY.md")).unwrap(), b"two");
        assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1);
    }
}

#[test]
fn what_changed_meanwhile_is_not_overwritten() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("policy.toml");
    fs::write(&path, "two").unwrap();
    let error = exchange(temp.path(), "policy.toml", b"one", b"three").unwrap_err();
    assert!(error.message().ends_with("it was changed meanwhile"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"two");
    exchange(temp.path(), "policy.toml", b"two", b"three").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"three");
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1);
    fs::remove_file(&path).unwrap();
    exchange(temp.path(), "policy.toml", b"three", b"four").unwrap_err();
}

#[cfg(unix)]
#[test]
fn an_exchanged_file_stays_as_private_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("policy.toml");
    fs::write(&path, "one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    exchange(temp.path(), "policy.toml", b"one", b"two").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn no_path_leaves_the_folder() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("in");
    fs::create_dir(&root).unwrap();
    for path in ["../x", "a/../../x", "/tmp/secsite-x", "", ".."] {
        assert!(create_new(&root, path, b"x", 0o644).is_err(), "{path}");
        assert!(replace(&root, path, b"x").is_err(), "{path}");
    }
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn modes_are_exact_and_links_are_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let temp = tempfile::tempdir().unwrap();
    let mode = |path: &str| fs::metadata(temp.path().join(path)).unwrap().permissions().mode() & 0o7777;
    create_new(temp.path(), "secret", b"x", 0o600).unwrap();
    create_new(temp.path(), "open/f", b"x", 0o666).unwrap();
    assert_eq!((mode("secret"), mode("open/f"), mode("open")), (0o600, 0o666, 0o755));
    note(temp.path(), "note", b"x").unwrap();
    assert_eq!(mode("note"), 0o600);

    fs::write(temp.path().join("target"), "before").unwrap();
    symlink("target", temp.path().join("link")).unwrap();
    symlink("open", temp.path().join("folder")).unwrap();
    symlink("nowhere", temp.path().join("dangling")).unwrap();
    for path in ["link", "folder/new", "dangling"] {
        assert!(create_new(temp.path(), path, b"after", 0o644).is_err(), "{path}");
        assert!(replace(temp.path(), path, b"after").is_err(), "{path}");
    }
    assert_eq!(fs::read(temp.path().join("target")).unwrap(), b"before");
    assert!(!temp.path().join("open/new").exists() && !temp.path().join("nowhere").exists());
}
