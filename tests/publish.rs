//! Publishing under bad weather: foreign folders, other builds, full disks, kills. The old site or the new one, whole.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the tests set the disk up")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use secsite::io::Error;
use secsite::io::publish::{MANIFEST, Output, Published};
use tempfile::TempDir;

/// A project whose output is `public/`.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir_all(temp.path().join("project/content")).unwrap();
        Self(temp)
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("project")
    }

    fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    fn open(&self) -> Result<Output, Error> {
        Output::open(&self.root(), &self.out())
    }

    fn publish(&self, files: &[(&str, &str)]) -> Published {
        let output = self.open().unwrap();
        stage(&output, files);
        output.commit().unwrap()
    }

    /// Everything in the project but the output, by name: what must not pile up.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name != "public");
        names.sort();
        names
    }
}

fn stage(output: &Output, files: &[(&str, &str)]) {
    files.par_iter().for_each(|(path, text)| output.stage(path, text.as_bytes()).unwrap());
    output.stage(MANIFEST, manifest(files).as_bytes()).unwrap();
}

fn manifest(files: &[(&str, &str)]) -> String {
    let listed: Vec<String> =
        files.iter().map(|(path, _)| format!(r#"{{"path":"{path}","size":1}}"#)).collect();
    format!(r#"{{"format":"secsite-manifest/1","files":[{}]}}"#, listed.join(","))
}

fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                tree.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    tree
}

fn refusal(answer: Result<Output, Error>) -> String {
    answer.map(|_| ()).unwrap_err().to_string()
}

const ONE: [(&str, &str); 3] = [("index.html", "one"), ("a/b/index.html", "same"), ("gone/x.html", "old")];
const TWO: [(&str, &str); 3] = [("index.html", "two"), ("a/b/index.html", "same"), ("fresh/x.html", "new")];

#[test]
fn a_second_build_replaces_the_first_whole() {
    let project = Project::new();
    let first = project.publish(&ONE);
    assert_eq!((first.changed, first.unchanged, first.removed), (4, 0, 0));
    let before = fs::metadata(project.out().join("a/b/index.html")).unwrap();
    let second = project.publish(&TWO);
    assert_eq!((second.changed, second.unchanged, second.removed), (3, 1, 1));
    assert!(second.leftover.is_none());
    let after = fs::metadata(project.out().join("a/b/index.html")).unwrap();
    assert_eq!((after.ino(), after.nlink()), (before.ino(), 1), "an unchanged file stays the file it was");
    let mut expected: BTreeMap<String, String> =
        TWO.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    expected.insert(MANIFEST.to_owned(), manifest(&TWO));
    assert_eq!(tree(&project.out()), expected);
    assert!(!project.out().join("gone").exists());
    assert_eq!(project.beside(), ["content"], "no debris");
}

#[test]
fn an_equal_site_is_not_touched() {
    let project = Project::new();
    project.publish(&ONE);
    let before = fs::metadata(project.out()).unwrap().ino();
    let again = project.publish(&ONE);
    assert_eq!((again.changed, again.unchanged, again.removed), (0, 4, 0));
    assert_eq!(fs::metadata(project.out()).unwrap().ino(), before);
    fs::create_dir(project.out().join("stray")).unwrap();
    project.publish(&ONE);
    assert!(!project.out().join("stray").exists(), "an empty folder would fail verification");
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn without_commit_nothing_happens() {
    let project = Project::new();
    project.publish(&ONE);
    let before = tree(&project.out());
    let output = project.open().unwrap();
    stage(&output, &TWO);
    assert_eq!(tree(output.staged().unwrap()).len(), 4);
    drop(output);
    assert_eq!(tree(&project.out()), before);
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn a_site_without_manifest_is_not_published() {
    let project = Project::new();
    let output = project.open().unwrap();
    output.stage("index.html", b"x").unwrap();
    assert!(output.commit().unwrap_err().message().contains("manifest.json"));
    assert_eq!(project.beside(), ["content"]);
    assert!(!project.out().exists());
}

#[test]
fn paths_that_leave_the_site_or_come_twice_are_refused() {
    let project = Project::new();
    let output = project.open().unwrap();
    for path in ["../x", "a/../../x", "/abs", "", "a//b", "./a", "a/", "a\\b", ".."] {
        assert!(output.stage(path, b"x").is_err(), "{path}");
    }
    output.stage("a", b"x").unwrap();
    assert!(output.stage("a", b"y").is_err());
    assert!(output.stage("a/b", b"y").is_err());
}

#[test]
fn modes_do_not_depend_on_the_umask() {
    // The umask belongs to the process, so a child has its own.
    if child("modes_do_not_depend_on_the_umask").is_none() {
        let project = Project::new();
        let test = spawn("modes_do_not_depend_on_the_umask", &project.root(), "umask 077;");
        assert!(test.wait_with_output().unwrap().status.success());
        let mode = |path: &str| fs::metadata(project.out().join(path)).unwrap().mode() & 0o7777;
        assert_eq!((mode(""), mode("a"), mode("a/b/index.html")), (0o755, 0o755, 0o644));
        return;
    }
    let root = child("modes_do_not_depend_on_the_umask").unwrap();
    let output = Output::open(&root, &root.join("public")).unwrap();
    stage(&output, &ONE);
    output.commit().unwrap();
}

#[test]
fn d3_places_that_are_no_output_are_refused() {
    let project = Project::new();
    let root = project.root();
    let at = |path: &str| root.join(path);
    fs::write(at("policy.toml"), "x").unwrap();
    fs::create_dir_all(at("home/me")).unwrap();
    fs::write(at("home/me/.bashrc"), "x").unwrap();
    fs::create_dir(at("real")).unwrap();
    symlink("real", at("link")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    let before = tree_without_links(&root);
    let cases = [
        (root.clone(), "it is the site's own folder"),
        (at("content/.."), "it has no name"),
        (at("../project"), "it is the site's own folder"),
        (project.0.path().to_path_buf(), "it holds the site's own folder"),
        (PathBuf::from("/"), "it has no name"),
        (at("policy.toml"), "it is a file"),
        (at("link"), "it is a symbolic link"),
        (at("dangling"), "it is a symbolic link"),
        (at("content"), "it is among the site's sources, in `content/`"),
        (at("content/public"), "it is among the site's sources, in `content/`"),
        (at("signatures"), "it is among the site's sources, in `signatures/`"),
        (at("keys/new/deeper"), "it is among the site's sources, in `keys/`"),
        (at("home/me"), "it has files and was not made by secsite"),
        (at("missing/../x"), "its path goes up from a folder that does not exist"),
    ];
    for (out, why) in cases {
        let told = refusal(Output::open(&root, &out));
        assert!(
            told.contains(why) && told.contains("help: choose another folder"),
            "{}: {told}",
            out.display()
        );
    }
    assert_eq!(tree_without_links(&root), before);
    // Such a path is the user's own way of saying `real/site`.
    drop(Output::open(&root, &at("link/site")).unwrap());
}

fn tree_without_links(root: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_output_may_be_empty_or_deep_in_new_folders() {
    let project = Project::new();
    fs::create_dir(project.out()).unwrap();
    project.publish(&ONE);
    let deep = project.0.path().join("x/y/site");
    let output = Output::open(&project.root(), &deep).unwrap();
    stage(&output, &ONE);
    output.commit().unwrap();
    assert_eq!(tree(&deep), tree(&project.out()));
}

#[test]
fn d3_a_manifest_of_others_is_none() {
    let project = Project::new();
    for text in ["{}", r#"{"format":"other/1","files":[]}"#, r#"{"format":"secsite-manifest/1","#] {
        let path = project.out().join(MANIFEST);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        assert!(refusal(project.open()).contains("is not one of secsite's"), "{text}");
    }
}

#[test]
fn d4_files_put_there_by_hand_are_kept_and_named() {
    let project = Project::new();
    project.publish(&ONE);
    for name in ["CNAME", "google123.html", "a/b/x", "e\u{1b}", "y", "z"] {
        fs::write(project.out().join(name), "mine").unwrap();
    }
    let before = tree(&project.out());
    let told = refusal(project.open());
    assert!(told.contains("`CNAME`, `e\\u{1b}`, `google123.html`, `y`, `z`, 1 more"), "{told}");
    assert!(told.contains("help: move it to `content/`"), "{told}");
    assert_eq!(tree(&project.out()), before);
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn d4_a_file_that_comes_during_the_build_survives() {
    let project = Project::new();
    project.publish(&ONE);
    let output = project.open().unwrap();
    stage(&output, &TWO);
    fs::write(project.out().join("CNAME"), "mine").unwrap();
    let leftover = output.commit().unwrap().leftover.unwrap();
    assert!(leftover.message().contains("`CNAME`"), "{leftover}");
    assert!(!project.out().join("CNAME").exists(), "nor is it published unsigned");
    assert_eq!(fs::read_to_string(leftover.path.join("CNAME")).unwrap(), "mine");
    // The next build still knows what is whose, and still deletes nothing of the user's.
    assert!(refusal(project.open()).contains("`CNAME`"));
    fs::remove_file(leftover.path.join("CNAME")).unwrap();
    project.publish(&ONE);
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn d6_a_file_that_has_another_name_outside_is_left_to_it() {
    let project = Project::new();
    project.publish(&ONE);
    let outside = project.0.path().join("outside");
    for path in ["index.html", "a/b/index.html"] {
        let _ = fs::remove_file(&outside);
        fs::hard_link(project.out().join(path), &outside).unwrap();
        let before = fs::read_to_string(&outside).unwrap();
        project.publish(if path == "index.html" { &TWO } else { &ONE });
        assert_eq!(fs::read_to_string(&outside).unwrap(), before);
        let (ours, theirs) =
            (fs::metadata(project.out().join(path)).unwrap(), fs::metadata(&outside).unwrap());
        assert_ne!(ours.ino(), theirs.ino(), "{path}: writing to the other name must not change the site");
    }
}

#[test]
fn d1_a_link_in_the_output_is_foreign() {
    let project = Project::new();
    project.publish(&ONE);
    let victim = project.0.path().join("victim");
    fs::create_dir(&victim).unwrap();
    fs::write(victim.join("index.html"), "mine").unwrap();
    fs::remove_file(project.out().join("a/b/index.html")).unwrap();
    fs::remove_dir(project.out().join("a/b")).unwrap();
    symlink(&victim, project.out().join("a/b")).unwrap();
    assert!(refusal(project.open()).contains("`a/b`"));
    assert_eq!(fs::read_to_string(victim.join("index.html")).unwrap(), "mine");
}

#[test]
fn a_moved_output_is_noticed() {
    let project = Project::new();
    project.publish(&ONE);
    let output = project.open().unwrap();
    stage(&output, &TWO);
    fs::rename(project.out(), project.root().join("moved")).unwrap();
    fs::create_dir(project.out()).unwrap();
    fs::write(project.out().join("mine"), "x").unwrap();
    assert!(output.commit().unwrap_err().message().contains("moved or replaced"));
    assert_eq!(tree(&project.out()).len(), 1);
}

#[test]
fn e5_a_second_build_is_told_at_once() {
    let project = Project::new();
    let first = project.open().unwrap();
    let told = refusal(project.open());
    let expected = format!("locked by another secsite build (process {})", std::process::id());
    assert!(told.contains(&expected), "{told}");
    stage(&first, &ONE);
    first.commit().unwrap();
    drop(project.open().unwrap());
    // What a killed process leaves is a file without a lock on it.
    fs::write(project.root().join(".public.secsite-lock"), "4711").unwrap();
    project.publish(&TWO);
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn e5_of_many_builds_each_wins_or_is_refused() {
    let project = Project::new();
    let won: usize = thread::scope(|scope| {
        let build = || {
            let mut won = 0;
            for round in 0..15 {
                match project.open() {
                    Ok(output) => {
                        stage(&output, if round % 2 == 0 { &ONE } else { &TWO });
                        output.commit().unwrap();
                        won += 1;
                    }
                    Err(error) => assert!(error.message().contains("locked by"), "{error}"),
                }
            }
            won
        };
        let builds: Vec<_> = (0..4).map(|_| scope.spawn(build)).collect();
        builds.into_iter().map(|build| build.join().unwrap()).sum()
    });
    assert!(won > 0);
    assert!([manifest(&ONE), manifest(&TWO)].contains(&tree(&project.out())[MANIFEST]));
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn debris_of_a_killed_build_is_cleared_away() {
    let project = Project::new();
    project.publish(&ONE);
    let before = tree(&project.out());
    let debris = project.root().join(".public.secsite-new-4711");
    fs::create_dir_all(debris.join("a/b")).unwrap();
    fs::write(debris.join("a/b/half"), "x").unwrap();
    symlink("/etc", debris.join("a/link")).unwrap();
    // Not ours: another output's, and names that only look alike.
    for name in [".other.secsite-new-1", ".public.secsite-new-x", ".public.secsite-new-"] {
        fs::create_dir(project.root().join(name)).unwrap();
    }
    drop(project.open().unwrap());
    assert_eq!(tree(&project.out()), before);
    let left = [".other.secsite-new-1", ".public.secsite-new-", ".public.secsite-new-x", "content"];
    assert_eq!(project.beside(), left);
}

#[test]
fn a_crash_between_two_renames_is_rolled_back() {
    let project = Project::new();
    project.publish(&ONE);
    let before = tree(&project.out());
    fs::rename(project.out(), project.root().join(".public.secsite-old-4711")).unwrap();
    drop(project.open().unwrap());
    assert_eq!(tree(&project.out()), before);
    assert_eq!(project.beside(), ["content"]);
}

#[test]
fn e3_a_full_disk_leaves_the_old_site() {
    let project = Project::new();
    let disk = project.0.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = ["-t", "tmpfs", "-o", "size=256k", "tmpfs"];
    let mounted = Command::new("mount").args(mount).arg(&disk).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!("skipped: mounting a small disk needs root");
        return;
    }
    let out = disk.join("public");
    let told = {
        let first = Output::open(&project.root(), &out).unwrap();
        stage(&first, &ONE);
        first.commit().unwrap();
        let second = Output::open(&project.root(), &out).unwrap();
        let big = vec![b'x'; 400 * 1024];
        let told = second.stage("big", &big).unwrap_err().to_string();
        drop(second);
        told
    };
    let site = tree(&out);
    let names = tree_without_links(&disk);
    let mount_point = refusal(Output::open(&project.root(), &disk));
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    assert!(
        told.contains("big`: no space left on device") && told.contains("help: free some space"),
        "{told}"
    );
    assert_eq!(site[MANIFEST], manifest(&ONE));
    assert_eq!(names, ["public"]);
    assert!(mount_point.contains("another disk is mounted there"), "{mount_point}");
}

#[test]
fn d7_a_folder_without_permission_is_named() {
    let project = Project::new();
    project.publish(&ONE);
    if rustix::process::geteuid().is_root() {
        println!("skipped: nothing is forbidden to root");
        return;
    }
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o555)).unwrap();
    let told = refusal(project.open());
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(told.contains("permission denied") && told.contains("writable"), "{told}");
}

#[test]
fn e1_a_kill_at_any_time_leaves_one_whole_site() {
    const NAME: &str = "e1_a_kill_at_any_time_leaves_one_whole_site";
    let many = |version: usize| -> Vec<(String, String)> {
        (0..300).map(|n| (format!("a/{n}/index.html"), format!("{}", n * (version % 2 + 1)))).collect()
    };
    let publish = |root: &Path, version: usize| {
        let files = many(version);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let output = Output::open(root, &root.join("public")).unwrap();
        files.par_iter().for_each(|(path, text)| output.stage(path, text.as_bytes()).unwrap());
        // The version in the manifest tells the sites apart.
        let text = manifest(&files).replace("\"files\"", &format!("\"version\":{},\"files\"", version % 2));
        output.stage(MANIFEST, text.as_bytes()).unwrap();
        output.commit().unwrap();
    };
    if let Some(root) = child(NAME) {
        (1..1_000_000).for_each(|version| publish(&root, version));
        return;
    }
    let project = Project::new();
    publish(&project.root(), 0);
    for kill in 0..20u64 {
        let mut child = spawn(NAME, &project.root(), "exec");
        // Spread over start, staging, swap and sweep; the child goes on until it is hit.
        thread::sleep(Duration::from_millis(5 + kill * 13 % 120));
        child.kill().unwrap();
        child.wait().unwrap();
        let site = tree(&project.out());
        let version = usize::from(site[MANIFEST].contains("\"version\":1"));
        let expected = many(version);
        assert_eq!(site.len(), expected.len() + 1);
        assert!(expected.iter().all(|(path, text)| site[path] == *text), "a mixture after kill {kill}");
    }
    publish(&project.root(), 0);
    assert_eq!(project.beside(), ["content"]);
}

/// The project a child process of a test works in; `None` in the test itself.
fn child(test: &str) -> Option<PathBuf> {
    (std::env::var("SECSITE_TEST_CHILD").ok()? == test).then_some(())?;
    std::env::var_os("SECSITE_TEST_ROOT").map(PathBuf::from)
}

/// Runs one test of this program as another process, from a shell that first does `before`.
fn spawn(test: &str, root: &Path, before: &str) -> std::process::Child {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{before} \"$0\" --exact {test}")).arg(program);
    command.env("SECSITE_TEST_CHILD", test).env("SECSITE_TEST_ROOT", root);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
