//! `_headers`, in the syntax of Netlify and Cloudflare Pages. GitHub Pages reads no such file; there the `<meta>` of each
//! page has to do.

/// What a page may do. The same as in the `<meta>` of every page, and that nobody may frame it, which a `<meta>` cannot say.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What programs in browsers may read from another origin. Nothing here is for some people and not for others.
const OPEN: (&str, &str) = ("Access-Control-Allow-Origin", "*");

/// Paths, and the headers of what lies there. Of several paths that match, all count. None sets a header of
/// another: the values would be joined by a comma, and `*, *` lets nobody in. A path has one `*`, as Cloudflare asks.
const HEADERS: &[(&str, &[(&str, &str)])] = &[
    (
        "/*",
        &[
            ("Content-Security-Policy", POLICY),
            ("Referrer-Policy", "no-referrer"),
            ("Strict-Transport-Security", "max-age=31536000"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    ),
    // RFC 9116 §3: text/plain with the charset utf-8.
    ("/.well-known/security.txt", &[OPEN, ("Content-Type", "text/plain; charset=utf-8")]),
    // Web clients of mail programs ask from another origin, and so do readers of all that is below.
    ("/.well-known/openpgpkey/*", &[OPEN, ("Content-Type", "application/octet-stream")]),
    ("/.well-known/csaf/*", &[OPEN]),
    ("/.well-known/secsite/*", &[OPEN]),
    ("/SHA256SUMS", &[OPEN, ("Content-Type", "text/plain; charset=utf-8")]),
    ("/SHA256SUMS.asc", &[OPEN]),
    ("/csaf/*", &[OPEN]),
    ("/osv/*", &[OPEN]),
    ("/cve/*", &[OPEN]),
    ("/vex/*", &[OPEN]),
    ("/support/*.json", &[OPEN]),
    ("/*.atom", &[OPEN, ("Content-Type", "application/atom+xml; charset=utf-8")]),
    ("/*.rss", &[OPEN, ("Content-Type", "application/rss+xml; charset=utf-8")]),
    ("/feed.json", &[OPEN, ("Content-Type", "application/feed+json")]),
    ("/feeds/*.json", &[OPEN, ("Content-Type", "application/feed+json")]),
    ("/support.ics", &[("Content-Type", "text/calendar; charset=utf-8")]),
    ("/renewals.ics", &[("Content-Type", "text/calendar; charset=utf-8")]),
    ("/keys/*.asc", &[OPEN, ("Content-Type", "application/pgp-keys")]),
];

/// The file.
pub(super) fn text() -> String {
    let mut out = String::new();
    for (path, headers) in HEADERS {
        out.push_str(path);
        out.push('\n');
        for (name, value) in *headers {
            out.push_str(&format!("  {name}: {value}\n"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{HEADERS, POLICY};
    use crate::theme::view::global::CSP;

    #[test]
    fn header_and_pages_have_one_policy() {
        assert_eq!(POLICY, format!("{CSP}; frame-ancestors 'none'"));
    }

    /// The headers of a path, as both hosts find them. A header that is set twice has both values.
    fn of(path: &str) -> BTreeMap<&str, Vec<&str>> {
        let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (pattern, headers) in HEADERS {
            let matches = match pattern.split_once('*') {
                Some((before, after)) => {
                    path.len() >= before.len() + after.len()
                        && path.starts_with(before)
                        && path.ends_with(after)
                }
                None => path == *pattern,
            };
            for (name, value) in headers.iter().filter(|_| matches) {
                found.entry(name).or_default().push(value);
            }
        }
        found
    }

    #[test]
    fn no_file_gets_a_header_twice() {
        for (path, media_type, open) in [
            ("/", None, false),
            ("/policy/", None, false),
            ("/.well-known/security.txt", Some("text/plain; charset=utf-8"), true),
            (
                "/.well-known/openpgpkey/hu/t5s8ztdbon8yzntexy6oz5y48etqsnbb",
                Some("application/octet-stream"),
                true,
            ),
            ("/.well-known/openpgpkey/example.org/policy", Some("application/octet-stream"), true),
            ("/.well-known/csaf/provider-metadata.json", None, true),
            ("/.well-known/secsite/manifest.json.asc", None, true),
            ("/SHA256SUMS", Some("text/plain; charset=utf-8"), true),
            ("/csaf/white/2026/example-2026-0001.json.sha512", None, true),
            ("/csaf/white/csaf-feed-tlp-white.json", None, true),
            ("/osv/all.json", None, true),
            ("/cve/CVE-2026-12345.json", None, true),
            ("/vex/core.openvex.json", None, true),
            ("/support/", None, false),
            ("/support/core.json", None, true),
            ("/support.ics", Some("text/calendar; charset=utf-8"), false),
            ("/feed.atom", Some("application/atom+xml; charset=utf-8"), true),
            ("/feed.json", Some("application/feed+json"), true),
            ("/feeds/product/core.rss", Some("application/rss+xml; charset=utf-8"), true),
            ("/feeds/severity/high.json", Some("application/feed+json"), true),
            ("/feeds/severity/high.json.asc", None, false),
            ("/keys/E9C059EC0D3264FAB35F94AD465BF9F6F8EB475A.asc", Some("application/pgp-keys"), true),
        ] {
            let headers = of(path);
            assert!(headers.values().all(|values| values.len() == 1), "{path}: {headers:?}");
            assert_eq!(headers.get("Content-Type").map(|it| it[0]), media_type, "{path}");
            assert_eq!(headers.contains_key("Access-Control-Allow-Origin"), open, "{path}");
            assert!(headers.contains_key("X-Content-Type-Options"), "{path}");
        }
        assert!(HEADERS.iter().all(|(pattern, _)| pattern.matches('*').count() <= 1));
    }
}
