use proptest::prelude::*;

use super::{BaseUrl, WebUrl};

fn check(text: &str, expect: &str) {
    let got = match WebUrl::parse(text) {
        Ok(url) => url.to_string(),
        Err(invalid) => invalid.message.rsplit(": ").next().unwrap().to_owned(),
    };
    assert_eq!(got, expect, "{text:?}");
}

#[test]
fn reads_addresses() {
    check("https://example.org", "https://example.org");
    check("HTTPS://Example.ORG/A?b=c#d", "https://example.org/A?b=c#d");
    check("http://example.org:8080/", "http://example.org:8080/");
    check("https://[::1]:9116/x", "https://[::1]:9116/x");
    check("https://127.0.0.1/", "https://127.0.0.1/");
    check("https://example.org/größe", "https://example.org/gr%C3%B6%C3%9Fe");
    check("https://example.net/~he", "https://example.net/~he");
    check("https://example.org/a%20b", "https://example.org/a%20b");
    let url = WebUrl::parse("http://security.example.org:8080/x").unwrap();
    assert_eq!(
        (url.host(), url.authority(), url.after_authority()),
        ("security.example.org", "security.example.org:8080", "/x")
    );
    assert!(url.is_reserved_example() && !url.is_https());
}

#[test]
fn refuses_what_must_not_be_a_link() {
    let (space, host) =
        ("it has a space, a quote or a bracket that must be percent-encoded", "its host is malformed");
    check("example.org", "it has no `https://`");
    check("javascript:alert(1)", "it has no `https://`");
    check("javascript://example.org/%0aalert(1)", "it is neither `https` nor `http`");
    check("data://example.org", "it is neither `https` nor `http`");
    check("https://user:pass@example.org/", "it has a user name before the host");
    check("https://example.org@evil.example/", "it has a user name before the host");
    check("https://", host);
    check("https:///path", host);
    check("https://example.org:99999/", host);
    check("https://example.org:+80/", host);
    check("https://exa mple.org/", host);
    check("https://exаmple.org/", "its host is not ASCII; write the `xn--` form");
    check("https://example.org/a b", space);
    check("https://example.org/\"><script>", space);
    check("https://example.org/%zz", space);
    check("https://example.org/%é", space);
    check("https://example.org/#a#b", space);
    check("https://example.org/\u{202e}", "the invisible character U+202E (direction override)");
}

#[test]
fn reads_bases() {
    let base = BaseUrl::parse("https://example.org/project").unwrap();
    assert_eq!(base.as_str(), "https://example.org/project/");
    assert_eq!(
        (base.host(), base.path(), base.origin()),
        ("example.org", "/project/", "https://example.org")
    );
    assert_eq!(base.join("advisories/X/"), "https://example.org/project/advisories/X/");
    assert!(!base.is_root());
    assert_eq!(BaseUrl::parse("https://example.org").unwrap(), BaseUrl::example());
    assert_eq!(BaseUrl::example().path(), "/");
    assert!(BaseUrl::parse("http://127.0.0.1:9116/").is_ok());
    for text in [
        "http://example.org/",
        "https://example.org/?a",
        "https://example.org/#a",
        "https://example.org//",
        "https://example.org/a//b/",
        "https://example.org/../",
        "https://example.org/a b/",
        "https://example.org/%20/",
        "security.example.org",
    ] {
        assert!(BaseUrl::parse(text).is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_parses_is_plain_and_stable(text in "https?://[a-z.\\[\\]:@0-9]{0,12}[/?#%é<\"a-z ]{0,8}") {
        if let Ok(url) = WebUrl::parse(&text) {
            prop_assert!(url.as_str().bytes().all(|b| b.is_ascii_graphic() && !b"<>\"".contains(&b)));
            prop_assert_eq!(&WebUrl::parse(url.as_str()).unwrap(), &url);
        }
    }
}
