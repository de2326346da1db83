use std::fs;
use std::path::Path;

use super::portable::Folder as Portable;
use super::*;

#[test]
fn nothing_above_the_folder_can_be_named() {
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir(temp.path().join("in")).unwrap();
    fs::write(temp.path().join("out"), "secret").unwrap();
    let root = Root::open(&temp.path().join("in")).unwrap();
    for path in ["../out", "/etc/passwd", "x/../../out", "./x"] {
        assert!(root.read(Path::new(path), 9).is_err(), "{path}");
    }
}

#[test]
fn a_file_above_its_cap_is_not_read() {
    let temp = tempfile::tempdir().unwrap();
    let file = File::create(temp.path().join("big")).unwrap();
    file.set_len(2 << 30).unwrap();
    fs::write(temp.path().join("fits"), "12345").unwrap();
    let root = Root::open(temp.path()).unwrap();
    assert_eq!(root.read(Path::new("fits"), 5).unwrap(), b"12345");
    let error = root.read(Path::new("big"), 5).unwrap_err();
    assert!(error.message().ends_with("it has 2147483648 bytes, and at most 5 are read"), "{error}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_named_not_followed() {
    use std::os::unix::fs::symlink;
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir(temp.path().join("d")).unwrap();
    fs::write(temp.path().join("d/f"), "x").unwrap();
    symlink("d", temp.path().join("l")).unwrap();
    symlink("nowhere", temp.path().join("dangling")).unwrap();
    let pipe = temp.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0)
        .unwrap();
    let root = Root::open(temp.path()).unwrap();
    for (path, at) in [("l/f", "l"), ("l", "l"), ("dangling", "dangling")] {
        let error = root.read(Path::new(path), 9).unwrap_err();
        assert_eq!(error.path, temp.path().join(at));
        assert!(error.message().ends_with("it is a symbolic link"), "{error}");
    }
    let error = root.read(Path::new("pipe"), 9).unwrap_err();
    assert!(error.message().contains("it is a pipe"), "{error}");
    assert!(root.read(Path::new("d"), 9).unwrap_err().message().contains("it is a folder"));

    let portable = Portable::open(temp.path()).unwrap();
    assert!(portable.file(Path::new("d/f")).is_ok());
    for path in ["l/f", "l", "dangling", "pipe", "d"] {
        assert!(portable.file(Path::new(path)).is_err(), "{path}");
    }
}

#[test]
fn the_portable_folder_writes_as_the_other_does() {
    let temp = tempfile::tempdir().unwrap();
    let folder = Portable::open(temp.path()).unwrap();
    let path = Path::new;
    folder.make_folder(path("new"), 0o755).unwrap();
    drop(folder.create(path("new/f"), 0o644).unwrap());
    folder.sync_file(path("new/f")).unwrap();
    assert!(folder.create(path("new/f"), 0o644).is_err());
    folder.link(path("new/f"), &folder, path("g")).unwrap();
    assert!(folder.rename(path("g"), path("new/f"), Rename::Keep).is_err());
    folder.make_folder(path("old"), 0o755).unwrap();
    folder.rename(path("new"), path("old"), Rename::Replace).unwrap();
    assert_eq!(folder.list(path("old")).unwrap().len(), 1);
    assert!(folder.rename(path("old"), path("g"), Rename::Exchange).is_err());
    folder.remove_file(path("old/f")).unwrap();
    folder.remove_folder(path("old")).unwrap();
    assert_eq!(folder.kind(path("g")).unwrap(), Kind::File);
}
