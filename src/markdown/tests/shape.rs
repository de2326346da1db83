//! What each construct looks like, for readers, keyboards and the checker.

use super::*;

#[test]
fn headings_start_at_the_top_level_and_never_skip() {
    let out = render("### A\n\n# B\n\n### C\n\n## D\n\n#### E\n", &PLAIN);
    let levels: Vec<_> = out.headings.iter().map(|h| (h.text.as_str(), h.level)).collect();
    assert_eq!(levels, [("A", 2), ("B", 2), ("C", 3), ("D", 3), ("E", 4)]);
    let deep = render("# a\n## a\n### a\n#### a\n##### a\n###### a\n", &Options { top_level: 4, ..PLAIN });
    assert_eq!(deep.headings.iter().map(|h| h.level).collect::<Vec<_>>(), [4, 5, 6, 6, 6, 6]);
}

#[test]
fn heading_ids_are_prefixed_and_unique() {
    let out = render("# A b\n# a-2\n# A `B`!\n# a\n# a\n# …\n# Ä ö\n", &PLAIN);
    let ids: Vec<_> = out.headings.iter().map(|h| h.id.as_str()).collect();
    assert_eq!(ids, ["d-a-b", "d-a-2", "d-a-b-2", "d-a", "d-a-3", "d-section", "d-ä-ö"]);
    assert!(out.html.starts_with("<h2 id=\"d-a-b\">A b</h2>\n"), "{}", out.html);
}

#[test]
fn empty_headings_are_dropped_and_their_images_kept() {
    assert_eq!(html("#\n\n# <!-- x -->\n\n# &nbsp;\n"), "");
    assert_eq!(html("# ![](a.png)\n"), "<p><strong><img src=\"a.png\" alt=\"\"></strong></p>\n");
    assert_eq!(html("# ![a](a.png)\n"), "<h2 id=\"d-a\"><img src=\"a.png\" alt=\"a\"></h2>\n");
}

#[test]
fn code_keeps_a_plain_language() {
    assert_eq!(
        html("```rust,no_run\na<b\n```\n"),
        "<pre tabindex=\"0\"><code class=\"language-rust\">a&lt;b\n</code></pre>\n"
    );
    assert_eq!(html("``` x\"y\na\n```"), "<pre tabindex=\"0\"><code>a\n</code></pre>\n");
    assert_eq!(html("    a\n"), "<pre tabindex=\"0\"><code>a\n</code></pre>\n");
    assert!(html("```c++\n```").contains("language-c++"));
}

#[test]
fn tables_scroll_and_name_their_columns() {
    let expected = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"table\"><table>\n<thead>\n<tr>\
        <th scope=\"col\" class=\"align-right\">a</th><td></td></tr>\n</thead>\n<tbody>\n<tr>\
        <td class=\"align-right\">1</td><td><code>2</code></td></tr>\n</tbody>\n</table></div>\n";
    assert_eq!(html("| a | |\n|--:|---|\n| 1 | `2` |\n"), expected);
    assert!(html("|a|\n|-|\n\n|b|\n|-|\n").contains("aria-label=\"table 2\""));
}

#[test]
fn tasks_are_words_and_signs() {
    let done =
        "<li><span aria-hidden=\"true\">☑ </span><span class=\"visually-hidden\">done: </span>a</li>\n";
    let open =
        "<li><span aria-hidden=\"true\">☐ </span><span class=\"visually-hidden\">open: </span>b</li>\n";
    assert_eq!(html("- [x] a\n- [ ] b\n"), format!("<ul>\n{done}{open}</ul>\n"));
}

#[test]
fn alerts_have_a_title() {
    let expected = "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>Do.</p>\n</div>\n";
    assert_eq!(html("> [!WARNING]\n> Do.\n"), expected);
    assert_eq!(html("> a\n"), "<blockquote>\n<p>a</p>\n</blockquote>\n");
}

#[test]
fn footnotes_go_there_and_back() {
    let out = html("a[^x] b[^y] c[^x]\n\n[^y]: why\n\n[^x]: ex\n\n[^z]: never\n");
    assert!(out.contains("a<sup class=\"footnote-ref\" id=\"d-fnref_1\"><a href=\"#d-fn_1\" aria-label=\"footnote 1\">1</a></sup>"), "{out}");
    assert!(out.contains("<li id=\"d-fn_1\"><p>ex <a class=\"footnote-back\" href=\"#d-fnref_1\" aria-label=\"back to reference 1\">↩</a> <a class=\"footnote-back\" href=\"#d-fnref_1_2\" aria-label=\"back to reference 1-2\">↩</a></p></li>"), "{out}");
    assert!(out.contains("<li id=\"d-fn_3\"><p>never</p></li>"), "{out}");
}

#[test]
fn bare_addresses_are_links_without_the_sentence() {
    let link = |url: &str| format!("<a href=\"{url}\" rel=\"noopener noreferrer\">{url}</a>");
    let url = "https://example.org/a_b_(c)/d_e";
    assert_eq!(html(&format!("See ({url}).")), format!("<p>See ({}).</p>\n", link(url)));
    assert_eq!(
        html("**https://example.org/**, x"),
        format!("<p><strong>{}</strong>, x</p>\n", link("https://example.org/"))
    );
    for text in [
        "git+https://example.org",
        "https://",
        "https://u:p@example.org/",
        "xhttps://example.org",
        "`https://example.org`",
    ] {
        assert!(!html(text).contains("<a "), "{text}");
        assert_eq!(kinds(text), [], "{text}");
    }
    let out = render("x https://example.org/?a=1&b=2 y", &PLAIN);
    assert_eq!(
        out.html,
        "<p>x <a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">https://example.org/?a=1&amp;b=2</a> y</p>\n"
    );
    assert_eq!(out.links[0].range, 2..30);
}

#[test]
fn links_always_have_words_and_never_nest() {
    assert_eq!(
        html("[](https://example.org)"),
        "<p><a href=\"https://example.org\" rel=\"noopener noreferrer\">https://example.org</a></p>\n"
    );
    assert_eq!(html("[x]()"), "<p>x</p>\n");
    assert_eq!(html("[https://example.com](https://example.org)").matches("<a ").count(), 1);
    assert_eq!(html("[![a](https://example.com/i.png)](https://example.org)").matches("<a ").count(), 1);
    assert_eq!(
        html("<mail@example.org>"),
        "<p><a href=\"mailto:mail@example.org\">mail@example.org</a></p>\n"
    );
}

#[test]
fn the_site_says_where_relative_links_lead() {
    let resolve = |path: &str| match path {
        "a.md" => Target::Href("../a/".into()),
        "b.md" => Target::Missing { help: "write `a.md`".into() },
        "evil.md" => Target::Href("javascript:alert(1)".into()),
        _ => Target::Unchanged,
    };
    let options = Options { resolve: &resolve, ..PLAIN };
    let out = render("[a](a.md) [b](b.md) [c](</c d>) [e](evil.md)", &options);
    assert_eq!(out.html, "<p><a href=\"../a/\">a</a> b <a href=\"/c%20d\">c</a> e</p>\n");
    assert_eq!(out.problems.len(), 2);
    assert_eq!(out.problems[0].kind.help(), "write `a.md`");
    assert_eq!(out.problems[0].range, 10..19);
}

#[test]
fn fragments_lead_to_headings_of_the_text() {
    let out = render("[a](#Known-Issues) [b](#none)\n\n# Known issues\n", &PLAIN);
    assert!(out.html.contains("<a href=\"#d-known-issues\">a</a>"), "{}", out.html);
    assert_eq!(
        out.problems.iter().map(|p| p.kind.clone()).collect::<Vec<_>>(),
        [ProblemKind::MissingHeading("none".into())]
    );
}

#[test]
fn comments_vanish_and_marks_are_replaced() {
    assert_eq!(html("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf\n"), "<p>a  c</p>\n<p>f</p>\n");
    let insert = |name: &str| (name == "support product=core").then(|| "<div>T</div>".to_owned());
    let options = Options { markers: Some(&insert), ..PLAIN };
    let out = render(
        "a\n\n<!-- secsite:support product=core -->\n<!-- secsite:nope -->\nb <!-- secsite:support product=core -->\n",
        &options,
    );
    assert_eq!(out.html, "<p>a</p>\n<div>T</div>\n<p>b </p>\n");
    assert_eq!(
        out.problems.into_iter().map(|p| p.kind).collect::<Vec<_>>(),
        [
            ProblemKind::UnknownMarker("nope".into()),
            ProblemKind::MisplacedMarker("support product=core".into())
        ]
    );
    assert_eq!(html("<!-- secsite:support product=core -->"), "");
    assert_eq!(kinds("<!-- gone\n\n# Impact\n"), [ProblemKind::UnclosedComment]);
    assert!(html("<!-- gone\n\n# Impact\n").contains("# Impact"));
}

#[test]
fn titles_are_what_their_author_wrote() {
    for title in [
        "</title><script>alert(1)</script>",
        "]]>",
        "&lt;script&gt;",
        "# x",
        "- x",
        "1. x",
        "[a](b)",
        "Vec<T>",
        "a_b_c",
        "<!-- x -->",
        "https://example.org",
    ] {
        assert_eq!(plain(title), title);
    }
    assert_eq!(
        inline_html("Use-after-free in `Pool<T>::drop`"),
        "Use-after-free in <code>Pool&lt;T&gt;::drop</code>"
    );
    assert_eq!(
        inline_html("*a* __b__ <i> &amp; [`c`](d) \\*"),
        "<em>a</em> <strong>b</strong> &lt;i&gt; &amp;amp; [`c`](d) *"
    );
    assert_eq!(plain("*a*\n`b`"), "a b");
}

#[test]
fn whole_texts_lose_their_markup() {
    let source = "# A\n\nb *c* <!-- x -->\n`d`\n\n- e\n- f\n  - g\n\n```\nh\n```\n\n<!-- i -->\n\n|j|k|\n|-|-|\n|l|m|\n\nend[^1]\n\n[^1]: n";
    assert_eq!(plain_block(source), "A\n\nb c \nd\n\ne\nf\ng\n\nh\n\nj\tk\nl\tm\n\nend\n\nn");
}
