//! `_headers`, in the syntax of Netlify and Cloudflare Pages. GitHub Pages reads no such file; there the `<meta>` of each
//! page has to do.

/// What a page may do. The same as in the `<meta>` of every page, and that nobody may frame it, which a `<meta>` cannot say.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Paths, and the headers of what lies there. Of several paths that match, all count; none sets a header of another.
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
    ("/.well-known/security.txt", &[("Content-Type", "text/plain; charset=utf-8")]),
    // Web clients of mail programs ask from another origin.
    (
        "/.well-known/openpgpkey/*",
        &[("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/octet-stream")],
    ),
    ("/.well-known/csaf/*", &[("Access-Control-Allow-Origin", "*")]),
    ("/osv/*", &[("Access-Control-Allow-Origin", "*")]),
    ("/support/*.json", &[("Access-Control-Allow-Origin", "*")]),
    (
        "/*.atom",
        &[("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/atom+xml; charset=utf-8")],
    ),
    (
        "/*.rss",
        &[("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/rss+xml; charset=utf-8")],
    ),
    ("/feed.json", &[("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/feed+json")]),
    ("/feeds/*.json", &[("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/feed+json")]),
    ("/support.ics", &[("Content-Type", "text/calendar; charset=utf-8")]),
    ("/renewals.ics", &[("Content-Type", "text/calendar; charset=utf-8")]),
    ("/keys/*.asc", &[("Content-Type", "application/pgp-keys")]),
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
    use super::POLICY;
    use crate::theme::view::global::CSP;

    #[test]
    fn header_and_pages_have_one_policy() {
        assert_eq!(POLICY, format!("{CSP}; frame-ancestors 'none'"));
    }
}
