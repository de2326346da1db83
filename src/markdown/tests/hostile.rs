//! threats.md §4 B1 to B6 and B9: what an attacker writes is shown, reported, and never obeyed.

use super::*;

#[test]
fn raw_html_is_text() {
    for source in [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "a <iframe srcdoc='x'>",
        "<style>@import 'https://example.org'</style>",
        "<base href=https://example.org>",
        "<meta http-equiv=refresh>",
        "<![CDATA[ x ]]>",
        "a <![CDATA[ x ]]>",
        "<?x y?>",
        "a <?x y?>",
        "<!DOCTYPE x>",
        "a <b>c</b>",
        "- <div>\n  x\n",
    ] {
        let out = render(source, &PLAIN);
        assert!(out.problems.iter().any(|p| matches!(p.kind, ProblemKind::RawHtml(_))), "{source}");
        let tags = out
            .html
            .replace("<p>", "")
            .replace("</p>", "")
            .replace("<ul>", "")
            .replace("<li>", "")
            .replace("</li>", "")
            .replace("</ul>", "");
        assert!(!tags.contains('<'), "{source}: {}", out.html);
    }
    assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
}

#[test]
fn only_safe_schemes_become_links() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript%3Aalert(1)",
        "javascript&amp;colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/",
        "/\\\\example.org",
        "\\\\\\\\example.org",
        "https://u:p@example.org/",
        "https://u%40example.org",
        "https:///x",
        "https:example.org",
        "https://a%00b/",
        "https://[::g]/",
        "https://example.org:99999/",
        "mailto:a@example.org?subject=x%0aBcc:b",
        "mailto:",
        "ftp://example.org",
        "blob:x",
        "x:y",
        "https://example.org/&#x202e;",
        "%2f/example.org",
        "\u{feff}javascript:alert(1)",
    ] {
        for source in
            [format!("[x](<{target}>)"), format!("![x](<{target}>)"), format!("[x]\n\n[x]: <{target}>\n")]
        {
            let out = render(&source, &PLAIN);
            assert!(!out.html.contains("href") && !out.html.contains("src="), "{source}: {}", out.html);
            assert!(out.links.is_empty(), "{source}");
            assert!(
                matches!(out.problems[..], [Problem { kind: ProblemKind::BadLink { .. }, .. }]),
                "{source}: {:?}",
                out.problems
            );
        }
    }
    assert_eq!(html("<javascript:alert(1)>"), "<p>&lt;javascript:alert(1)&gt;</p>\n");
    for target in [
        "https://example.org:8080/a?b#c",
        "HTTP://example.org",
        "https://[::1]/",
        "https://bücher.example/",
        "mailto:a@example.org",
        "a/b.md?c#d",
        "/x",
        "../x:y",
        "./a:b",
        "?x",
        "a%20b",
    ] {
        let out = render(&format!("[x](<{target}>)"), &PLAIN);
        assert_eq!((out.links.len(), out.problems), (1, vec![]), "{target}");
    }
}

#[test]
fn images_are_never_loaded_from_elsewhere() {
    let out = render("![a *b*](https://example.org/i.png \"t\")", &PLAIN);
    assert_eq!(
        out.html,
        "<p><a href=\"https://example.org/i.png\" rel=\"noopener noreferrer\" title=\"t\">a b</a></p>\n"
    );
    assert_eq!(out.problems[0].kind, ProblemKind::RemoteImage("https://example.org/i.png".into()));
    assert_eq!(html("![a [b](c)](i.png)"), "<p><img src=\"i.png\" alt=\"a b\"></p>\n");
}

#[test]
fn attributes_are_closed_to_text() {
    assert_eq!(html("# h {onclick=alert(1)}"), "<h2 id=\"d-h-onclick-alert-1\">h {onclick=alert(1)}</h2>\n");
    assert_eq!(html("# h {#x style=a}"), "<h2 id=\"d-h-x-style-a\">h {#x style=a}</h2>\n");
    assert_eq!(html("```\"><img src=x onerror=1>\nx\n```"), "<pre tabindex=\"0\"><code>x\n</code></pre>\n");
    assert_eq!(html("$x$ $$y$$"), "<p>$x$ $$y$$</p>\n");
    let title = html("[x](https://example.org \"\\\"><script>alert(1)</script>\")");
    assert!(
        title.contains("title=\"&quot;&gt;&lt;script&gt;") || title.contains("title=\"&quot;><script>"),
        "{title}"
    );
    assert_eq!(html("![\\\"><b](i.png)").matches('"').count(), 4);
}

#[test]
fn invisible_characters_are_shown() {
    assert_eq!(html("a\u{202e}b"), "<p>a<span class=\"codepoint\">U+202E</span>b</p>\n");
    assert_eq!(html("`\u{2066}`"), "<p><code><span class=\"codepoint\">U+2066</span></code></p>\n");
    assert_eq!(html("![\u{202e}](i.png)"), "<p><img src=\"i.png\" alt=\"U+202E\"></p>\n");
    assert_eq!(
        html("\u{1b}]0;x\u{7}"),
        "<p><span class=\"codepoint\">U+001B</span>]0;x<span class=\"codepoint\">U+0007</span></p>\n"
    );
    assert_eq!(html("שלום — émoji 👩‍💻"), "<p>שלום — émoji 👩‍💻</p>\n");
}

#[test]
fn messages_are_one_short_line() {
    for problem in render("<b\nc> [x](java&#27;script:a) ![](//x) <!-- a", &PLAIN).problems {
        let message = problem.kind.message();
        assert!(!message.contains(char::is_control) && message.chars().count() < 150, "{message}");
        assert!(!message.ends_with('.') && !problem.kind.help().is_empty());
    }
    let long = ProblemKind::RawHtml(format!("<{}>", "é".repeat(500))).message();
    assert!(long.contains('…') && long.chars().count() < 100);
}
