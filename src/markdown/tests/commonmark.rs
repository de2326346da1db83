//! CommonMark as its readers know it: one case for each kind of block and inline.

use super::html;

#[test]
fn blocks_and_inlines() {
    for (source, expected) in [
        ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>\n"),
        ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>\n"),
        ("a\r\nb\r\n", "<p>a\nb</p>\n"),
        ("```\r\na\r\nb\r\n```\r\n", "<pre tabindex=\"0\"><code>a\nb\n</code></pre>\n"),
        ("*a* **b** ~~c~~ `d  e`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d  e</code></p>\n"),
        ("***", "<hr>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
        ("- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
        ("1. a", "<ol>\n<li>a</li>\n</ol>\n"),
        ("7) a", "<ol start=\"7\">\n<li>a</li>\n</ol>\n"),
        ("> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"),
        ("A\n===", "<h2 id=\"d-a\">A</h2>\n"),
        ("\\*a\\* &copy; &#35; &amp; \"q\" -- ...", "<p>*a* © # &amp; \"q\" -- ...</p>\n"),
        ("[a]\n\n[a]: /b 'c'", "<p><a href=\"/b\" title=\"c\">a</a></p>\n"),
        ("![a](b.png)", "<p><img src=\"b.png\" alt=\"a\"></p>\n"),
        ("a < b > c & d", "<p>a &lt; b &gt; c &amp; d</p>\n"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>\n"),
        ("", ""),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
}
