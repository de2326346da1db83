//! Names of hosts, for addresses and URLs.
//!
//! In goes a host, out comes whether it is one, and whether it is one of those that RFC 2606 and RFC 6761 keep for
//! examples. Nothing is resolved.

/// Whether `host` is a domain name of at least two labels: letters, digits and hyphens, at most 253 bytes.
pub fn is_domain(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(label)
        && top.contains(|c: char| c.is_ascii_alphabetic())
}

/// Whether the host is this machine itself.
pub fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// Whether `host` is reserved for examples and tests, and so reaches nobody.
pub fn is_reserved_example(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    ["example.com", "example.net", "example.org", "example", "test", "invalid"].iter().any(|reserved| {
        host.strip_suffix(reserved).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_domain, is_reserved_example};

    #[test]
    fn knows_examples_from_real_hosts() {
        for host in
            ["example.org", "security.example.com", "EXAMPLE.net", "portal.test", "a.invalid", "acme.example"]
        {
            assert!(is_domain(host) && is_reserved_example(host), "{host}");
        }
        for host in ["example.io", "notexample.org", "contest", "example.org.evil.io"] {
            assert!(!is_reserved_example(host), "{host}");
        }
        for host in [
            "",
            "localhost",
            "a..b",
            "-a.b",
            "a-.b",
            "1.2.3.4",
            "ex ample.org",
            "bücher.de",
            "a_b.c",
            ".a",
            "a.",
        ] {
            assert!(!is_domain(host), "{host}");
        }
    }
}
