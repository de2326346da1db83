//! A URL's part in an advisory: in goes the URL, out comes the kind of reference it most likely is.
//! A guess from the spelling alone; nothing is fetched.

/// The OSV reference type, in lower case, that the URL's host and path speak for: `fix`, `report`, `advisory`,
/// `package`, or `web` where nothing speaks. `None` where the URL is not one of `http` or `https`, or holds a
/// character that no URL may hold (RFC 3986 §2).
#[must_use]
pub fn kind(url: &str) -> Option<&'static str> {
    let scheme_end = url.find("://")?;
    if !["http", "https"].iter().any(|scheme| url[..scheme_end].eq_ignore_ascii_case(scheme)) {
        return None;
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`')) {
        return None;
    }
    let rest = &url[scheme_end + 3..];
    let authority_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..authority_end].to_ascii_lowercase();
    // A query or fragment may quote any other URL; only the path tells what this one is.
    let path = rest[authority_end..].split(['?', '#']).next().unwrap_or_default();
    if host.is_empty() {
        return None;
    }
    Some(match host.trim_start_matches("www.") {
        "nvd.nist.gov" | "cve.org" | "cve.mitre.org" | "osv.dev" | "rustsec.org" => "advisory",
        "github.com" if path.starts_with("/advisories/") => "advisory",
        _ if path.contains("/security/advisories/") => "advisory",
        _ if path.starts_with("/crates/") => "package",
        host if host.starts_with("bugzilla.") => "report",
        _ if ["/commit/", "/commits/", "/pull/", "/merge_requests/"]
            .iter()
            .any(|part| path.contains(part)) =>
        {
            "fix"
        }
        _ if path.contains("/issues/") => "report",
        _ => "web",
    })
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_url_speaks_by_host_and_path() {
        for (url, expected) in [
            ("https://github.com/example/example/commit/4e2b52b5f7", Some("fix")),
            ("https://github.com/example/example/pull/7", Some("fix")),
            ("https://gitlab.example.org/a/b/-/merge_requests/3", Some("fix")),
            ("https://github.com/example/example/issues/9#issuecomment-1", Some("report")),
            ("https://github.com/example/example/security/advisories/GHSA-aaaa-bbbb-cccc", Some("advisory")),
            ("https://github.com/advisories/GHSA-aaaa-bbbb-cccc", Some("advisory")),
            ("https://nvd.nist.gov/vuln/detail/CVE-2026-12345", Some("advisory")),
            ("https://registry.example.org/crates/example", Some("package")),
            ("http://example.org", Some("web")),
            ("https://example.org/?from=https://example.com/issues/1", Some("web")),
            ("HTTPS://example.org/x", Some("web")),
            ("https:///nowhere", None),
            ("javascript:alert(1)", None),
            ("ftp://example.org/x", None),
            ("https://example.org/a b", None),
            ("", None),
        ] {
            assert_eq!(kind(url), expected, "{url}");
        }
    }
}
