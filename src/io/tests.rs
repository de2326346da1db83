use std::path::Path;

use super::*;

#[test]
fn a_foreign_name_stays_on_one_line() {
    let error = Error::refused(
        "read",
        "advisories/a\n\u{1b}]0;pwn\u{7}\u{202e}`.md",
        "it is a symbolic link",
        "move it",
    );
    assert_eq!(
        error.to_string(),
        "cannot read `advisories/a\\n\\u{1b}]0;pwn\\u{7}\\u{202e}\\u{60}.md`: it is a symbolic link\n  help: move it"
    );
}

#[test]
fn the_system_speaks_in_house_style() {
    let cause = std::io::Error::from_raw_os_error(2);
    let error = Error::system("read", "policy.toml", cause);
    assert!(error.message().starts_with("cannot read `policy.toml`: "), "{error}");
    assert!(!error.message().contains("os error"), "{error}");
    #[cfg(unix)]
    assert!(error.message().ends_with(": no such file or directory"), "{error}");
}

#[test]
fn a_long_name_keeps_both_ends() {
    let shown = escape::path(Path::new(&format!("first{}last", "x".repeat(5000))));
    assert!(shown.starts_with("first") && shown.ends_with("last") && shown.chars().count() < 200);
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_spelled_out() {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"a\xff\xfe.md");
    assert_eq!(escape::path(Path::new(name)), "a\\xff\\xfe.md");
}
