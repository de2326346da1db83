//! Every folder `tests/cases/<group>/<case>/` is one test of the real program.
//!
//! `site/` goes in. `case.toml` may set `args` (default `["build", "--unsigned"]`), `date` (default 2026-11-22) and
//! `exit` (default: 1 if `diagnostics.txt` holds an error, else 0); its `[files]` stand in the site too, for what no
//! repository can hold, such as another's `.git`. What must come out: standard error equal to
//! `diagnostics.txt` where that exists, each file of `expected/`, and, where `expected/FILES` exists, exactly the paths
//! that it lists. `UPDATE=1` rewrites what exists of these; git shows the review.
//!
//! A case of a rule has a near miss beside it, `quiet.toml`: the few edits after which the rule has nothing to say, with the
//! reason as a comment. `date` may set another day, and `also` names the rules that speak then and did not before.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "a test reads its cases"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut trials = Vec::new();
    for group in folders(&root) {
        for case in folders(&group) {
            let name = case.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            if case.join("quiet.toml").exists() {
                let case = case.clone();
                trials.push(Trial::test(format!("{name} (quiet)"), move || run_quiet(&case)));
            }
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
    files: Vec<(String, String)>,
}

impl Case {
    /// Whether it is about what an import finds: nothing is written then, and findings of errors stop nothing.
    fn imports(&self) -> bool {
        self.args.iter().any(|arg| arg == "import")
    }
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
    let files = table.get("files").and_then(toml::Value::as_table).into_iter().flatten();
    let files = files.map(|(path, text)| (path.clone(), text.as_str().unwrap().to_owned())).collect();
    Case { args, date, exit, files }
}

fn run(path: &Path) -> Result<(), Failed> {
    let case = read_case(path);
    let out = tempfile::tempdir()?;
    let site = if case.files.is_empty() { path.join("site") } else { copied(path, &case, out.path())? };
    let public = out.path().join("public");
    let output = start(&case, &site, &public)?;
    let stderr = talk(&said(&case, &output), &site);
    let update = std::env::var_os("UPDATE").is_some();
    let diagnostics = path.join("diagnostics.txt");
    let expected = fs::read_to_string(&diagnostics).ok();
    let errors = expected.as_ref().is_some_and(|text| text.contains("error[") || text.starts_with("error:"));
    let exit = case.exit.unwrap_or(i32::from(errors && !case.imports()));
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

/// The program, with what the case says.
fn start(case: &Case, site: &Path, public: &Path) -> std::io::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secsite"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.current_dir(site).arg("--root").arg(site).args(&case.args);
    let builds = case.args.iter().any(|arg| arg == "build");
    if builds {
        command.arg("--output-dir").arg(public);
    }
    if builds || case.args.iter().any(|arg| arg == "check") {
        command.arg("--date").arg(&case.date);
    }
    command.output()
}

/// What the program said: standard error, and before it the loss report of an import.
fn said(case: &Case, output: &Output) -> String {
    let report = if case.imports() { String::from_utf8_lossy(&output.stdout) } else { Default::default() };
    format!("{report}{}", String::from_utf8_lossy(&output.stderr))
}

/// The near miss of a rule: with these edits it has nothing to say, and nobody else has more to say than before.
fn run_quiet(path: &Path) -> Result<(), Failed> {
    let rule = path.file_name().unwrap().to_str().unwrap();
    let quiet: toml::Table = fs::read_to_string(path.join("quiet.toml"))?.parse()?;
    let mut case = read_case(path);
    if let Some(date) = quiet.get("date") {
        date.as_str().unwrap().clone_into(&mut case.date);
    }
    let copy = tempfile::tempdir()?;
    let site = copied(path, &case, copy.path())?;
    for edit in quiet.get("edit").into_iter().flat_map(|edits| edits.as_array().unwrap()) {
        apply(edit.as_table().unwrap(), &site, path.parent().unwrap())?;
    }
    let output = start(&case, &site, &copy.path().join("out"))?;
    let stderr = talk(&said(&case, &output), &site);
    let before = fs::read_to_string(path.join("diagnostics.txt"))?;
    let also = quiet.get("also").map(|also| also.as_array().unwrap().as_slice()).unwrap_or_default();
    let mut allowed: BTreeSet<&str> = also.iter().map(|rule| rule.as_str().unwrap()).collect();
    allowed.extend(found(&before));
    allowed.remove(rule);
    let more: Vec<&str> = found(&stderr).into_iter().filter(|rule| !allowed.contains(rule)).collect();
    if !more.is_empty() || stderr.contains("error: ") {
        return Err(format!("{more:?} should be quiet\n{stderr}").into());
    }
    Ok(())
}

/// The site of a copy of the case, with the files that only `case.toml` holds.
fn copied(path: &Path, case: &Case, to: &Path) -> std::io::Result<PathBuf> {
    for file in files(path) {
        put(&to.join(&file), &fs::read(path.join(&file))?)?;
    }
    let site = to.join("site");
    for (file, text) in &case.files {
        put(&site.join(file), text.as_bytes())?;
    }
    Ok(site)
}

/// One edit: another file in a file's place, no file, or other words in it.
fn apply(edit: &toml::Table, site: &Path, cases: &Path) -> Result<(), Failed> {
    let text = |key: &str| edit.get(key).map(|value| value.as_str().unwrap());
    let file = site.join(text("file").unwrap());
    if edit.contains_key("remove") {
        fs::remove_file(&file)?;
    } else if let Some(other) = text("copy") {
        put(&file, &fs::read(cases.join(other))?)?;
    } else if let Some(whole) = text("text") {
        put(&file, whole.as_bytes())?;
    } else {
        let (find, write) = (text("find").unwrap(), text("write").unwrap());
        let before = fs::read_to_string(&file)?;
        if !before.contains(find) {
            return Err(format!("{}: there is no `{find}`", file.display()).into());
        }
        put(&file, before.replacen(find, write, 1).as_bytes())?;
    }
    Ok(())
}

fn put(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(file.parent().unwrap())?;
    fs::write(file, bytes)
}

/// The rules that findings name.
fn found(findings: &str) -> BTreeSet<&str> {
    // A loss report begins its lines with the line of the source.
    let unnumbered =
        |line: &'_ str| line.len() - line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).len();
    let rule = |line: &'_ str| {
        ["error[", "warning[", "note["].iter().any(|level| line.starts_with(level)).then(|| {
            let start = line.find('[').unwrap() + 1;
            start..line.find(']').unwrap()
        })
    };
    let lines = findings.lines().map(|line| &line[unnumbered(line)..]);
    lines.filter_map(|line| Some(&line[rule(line)?])).collect()
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
