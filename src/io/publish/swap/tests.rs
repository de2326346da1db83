use std::fs;

use super::super::recover::recover;
use super::*;

fn place(temp: &Path) -> Place {
    fs::create_dir_all(temp.join("site")).unwrap();
    Place::choose(&temp.join("site"), &temp.join("out")).unwrap()
}

fn folder(path: &Path, text: &str) {
    fs::create_dir_all(path).unwrap();
    fs::write(path.join("f"), text).unwrap();
}

#[test]
fn two_renames_do_what_one_exchange_does() {
    let temp = tempfile::tempdir().unwrap();
    let place = place(temp.path());
    folder(&temp.path().join("out"), "old");
    let staging = place.beside("new", 7);
    folder(&temp.path().join(&staging), "new");
    swap_with(&place, &staging, true, Rename::Replace).unwrap();
    assert_eq!(fs::read(temp.path().join("out/f")).unwrap(), b"new");
    assert_eq!(fs::read(temp.path().join(&staging).join("f")).unwrap(), b"old");
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 3);
}

#[test]
fn a_failed_second_rename_puts_the_old_site_back() {
    let temp = tempfile::tempdir().unwrap();
    let place = place(temp.path());
    folder(&temp.path().join("out"), "old");
    assert!(swap_with(&place, Path::new(".missing"), true, Rename::Replace).is_err());
    assert_eq!(fs::read(temp.path().join("out/f")).unwrap(), b"old");
}

#[test]
fn a_crash_between_two_renames_is_undone() {
    let temp = tempfile::tempdir().unwrap();
    let place = place(temp.path());
    folder(&temp.path().join(place.beside("old", 7)), "old");
    folder(&temp.path().join(place.beside("new", 7)), "half");
    recover(&place).unwrap();
    assert_eq!(fs::read(temp.path().join("out/f")).unwrap(), b"old");
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 2, "site and out");
}

#[test]
fn flushing_each_file_reaches_them_all() {
    let temp = tempfile::tempdir().unwrap();
    folder(&temp.path().join("a/b"), "x");
    flush_each(&Root::open(temp.path()).unwrap()).unwrap();
}
