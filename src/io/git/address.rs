//! Addresses of remotes: in goes what git or the user says, out comes what may be shown: never a password.

/// An address without who logs in with which password. What is no URL has none.
pub fn redacted(address: &str) -> String {
    match span_of_login(address, 0) {
        Some((from, to)) => format!("{}…{}", &address[..from], &address[to..]),
        None => address.to_owned(),
    }
}

/// Whether an address has a password in it, which stands in every list of processes.
pub fn has_password(address: &str) -> bool {
    span_of_login(address, 0)
        .is_some_and(|(from, to)| !address.starts_with("ssh") || address[from..to].contains(':'))
}

/// A text in which no address has a login.
pub fn scrubbed(text: &str) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    while let Some((from, to)) = span_of_login(text, done) {
        out.push_str(&text[done..from]);
        out.push('…');
        done = to;
    }
    out.push_str(&text[done..]);
    out
}

/// Where the first login of an address after `from` stands: between `://` and the last `@` before path and blank.
fn span_of_login(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut from = from;
    loop {
        let start = from + text[from..].find("://")? + "://".len();
        let rest = &text[start..];
        let end = rest.find(|c: char| c == '/' || c.is_whitespace() || c == '\'').unwrap_or(rest.len());
        if let Some(at) = rest[..end].rfind('@') {
            return Some((start, start + at));
        }
        from = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(redacted("https://me:s3cret@example.org/a.git"), "https://…@example.org/a.git");
        assert_eq!(redacted("https://token@example.org/a.git"), "https://…@example.org/a.git");
        assert_eq!(redacted("git@example.org:a.git"), "git@example.org:a.git");
        assert_eq!(redacted("/srv/a@b.git"), "/srv/a@b.git");
        assert_eq!(redacted("https://example.org/a@b"), "https://example.org/a@b");
        let said =
            "fatal: unable to access 'https://a:b@example.org/': see http://x:y@z and https://example.net/";
        let shown = scrubbed(said);
        assert_eq!(
            shown,
            "fatal: unable to access 'https://…@example.org/': see http://…@z and https://example.net/"
        );
    }

    #[test]
    fn a_name_alone_is_no_password_where_keys_log_in() {
        assert!(has_password("https://token@example.org/a.git"));
        assert!(has_password("ssh://me:pass@example.org/a.git"));
        assert!(!has_password("ssh://git@example.org/a.git"));
        assert!(!has_password("https://example.org/a.git"));
    }
}
