//! Every folder `tests/cases/<group>/<case>/` is one test of the real program.
//!
//! `site/` goes in. `case.toml` may set `args` (default `["build", "--unsigned"]`), `date` (default 2026-11-22) and
//! `exit` (default: 1 if `diagnostics.txt` holds an error, else 0). What must come out: standard error equal to
//! `diagnostics.txt` where that exists, each file of `expected/`, and, where `expected/FILES` exists, exactly the paths
//! that it lists. `UPDATE=1` rewrites what exists of these; git shows the review.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "a test reads its cases"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut trials = Vec::new();
    for group in folders(&root) {
        for case in folders(&group) {
            let name = case.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            trials.push(Trial::test(name, move || run(&case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// What `case.toml` says.
struct Case {
    args: Vec<String>,
    date: String,
    exit: Option<i32>,
}

fn read_case(case: &Path) -> Case {
    let text = fs::read_to_string(case.join("case.toml")).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap();
    let args = table.get("args").map_or_else(
        || vec!["build".to_owned(), "--unsigned".to_owned()],
        |args| args.as_array().unwrap().iter().map(|arg| arg.as_str().unwrap().to_owned()).collect(),
    );
    let date = table.get("date").map_or("2026-11-22T00:00:00Z", |date| date.as_str().unwrap()).to_owned();
    let exit = table.get("exit").map(|exit| i32::try_from(exit.as_integer().unwrap()).unwrap());
    Case { args, date, exit }
}

fn run(path: &Path) -> Result<(), Failed> {
    let case = read_case(path);
    let site = path.join("site");
    let out = tempfile::tempdir()?;
    let public = out.path().join("public");
    let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.arg("--root").arg(&site).args(&case.args);
    let builds = case.args.iter().any(|arg| arg == "build");
    if builds {
        command.arg("--output-dir").arg(&public);
    }
    if builds || case.args.iter().any(|arg| arg == "check") {
        command.arg("--date").arg(&case.date);
    }
    let output = command.output()?;
    let stderr = talk(&String::from_utf8_lossy(&output.stderr), &site);
    let update = std::env::var_os("UPDATE").is_some();
    let diagnostics = path.join("diagnostics.txt");
    let expected = fs::read_to_string(&diagnostics).ok();
    let errors = expected.as_ref().is_some_and(|text| text.contains("error[") || text.starts_with("error:"));
    let exit = case.exit.unwrap_or(i32::from(errors));
    if update && expected.is_some() {
        fs::write(&diagnostics, &stderr)?;
    } else if let Some(expected) = &expected
        && *expected != stderr
    {
        return Err(format!(
            "standard error differs from diagnostics.txt\n--- is\n{stderr}\n--- should be\n{expected}"
        )
        .into());
    }
    if !update && output.status.code() != Some(exit) {
        return Err(format!("exit {:?}, not {exit}\n{stderr}", output.status.code()).into());
    }
    if !update && exit != 0 && public.exists() {
        return Err("something was written in spite of the errors".into());
    }
    compare(&path.join("expected"), &public, update)
}

/// The findings, without the closing line that holds times and paths.
fn talk(stderr: &str, site: &Path) -> String {
    let stderr = stderr.replace(&format!("{}/", site.display()), "");
    let lines = stderr.lines().filter(|line| !line.starts_with("built ") && !line.starts_with("checked "));
    lines.map(|line| format!("{line}\n")).collect()
}

fn compare(expected: &Path, public: &Path, update: bool) -> Result<(), Failed> {
    if !expected.is_dir() {
        return Ok(());
    }
    for path in files(expected) {
        if path == "FILES" {
            let is: String = files(public).into_iter().map(|path| format!("{path}\n")).collect();
            if update {
                fs::write(expected.join("FILES"), &is)?;
            } else if is != fs::read_to_string(expected.join("FILES"))? {
                return Err(format!("the output has other files than expected/FILES:\n{is}").into());
            }
            continue;
        }
        let is = fs::read(public.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        if update {
            fs::write(expected.join(&path), &is)?;
        } else if is != fs::read(expected.join(&path))? {
            return Err(format!("{path} differs:\n{}", String::from_utf8_lossy(&is)).into());
        }
    }
    Ok(())
}

fn files(root: &Path) -> BTreeSet<String> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(root, root, &mut found);
    found
}
