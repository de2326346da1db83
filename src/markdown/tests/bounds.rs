//! threats.md §4 C1 and C2: what a text may cost. Work is bounded by refusing it; one smoke test holds a clock to it.

use super::*;

fn refused(source: &str) -> Option<ProblemKind> {
    check_limits(source).map(|problem| problem.kind)
}

#[test]
fn deep_nesting_is_refused_before_parsing() {
    let n = 80_000;
    assert_eq!(refused(&format!("{}a\n{}", ">".repeat(n), "a\n".repeat(n / 2))), Some(ProblemKind::TooDeep));
    assert_eq!(refused(&"- ".repeat(65)), None, "a thematic break");
    for source in [
        "> ".repeat(65),
        format!("{}a", "- ".repeat(65)),
        format!("{}a", "1. ".repeat(65)),
        format!("x\n\n{}a", "[^a]: > ".repeat(40)),
        format!("a\r{}", ">".repeat(65)),
    ] {
        assert_eq!(refused(&source), Some(ProblemKind::TooDeep), "{source:.40}");
    }
    let stairs: String =
        (0..2000).map(|depth| format!("{}- a\n", "  ".repeat(depth % 300))).take(300).collect();
    assert_eq!(refused(&stairs), Some(ProblemKind::TooDeep));
    assert_eq!(refused(&"x".repeat(MAX_BYTES + 1)), Some(ProblemKind::TooLong(MAX_BYTES + 1)));
}

#[test]
fn honest_texts_pass() {
    let long_list: String = (1..500).map(|n| format!("{n}. a\n\n   b\nlazy\n")).collect();
    let code = "```\n".to_owned() + &"* a * b * c\n".repeat(500) + "```\n";
    let diff = "- removed\n+ added\n".repeat(500);
    for source in [
        long_list,
        code,
        diff,
        "> - a\n>   - b\n".repeat(500),
        "-".repeat(500),
        "* ".repeat(40),
        "| - | - |\n".repeat(500),
    ] {
        assert_eq!(refused(&source), None, "{source:.40}");
    }
}

#[test]
fn the_output_is_never_deeper_than_the_limit() {
    // A line that cannot interrupt a paragraph hides open lists from the estimate.
    let mut source = String::new();
    for step in 0..4 {
        source.push_str(&format!("{}{}a\n7. b\n", " ".repeat(step * 80), "- ".repeat(40)));
    }
    let out = render(&source, &PLAIN).html;
    assert!(out.matches("<ul>").count() <= MAX_DEPTH && out.contains("b"), "{out}");
    let emphasis = html(&format!("{}a{}", "*_".repeat(1000), "_*".repeat(1000)));
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in emphasis.split('<') {
        match tag.as_bytes() {
            [b'e' | b's', ..] => depth += 1,
            [b'/', b'e' | b's', ..] => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    assert!(deepest <= MAX_EMPHASIS, "{deepest}");
}

#[test]
fn refused_texts_are_shown_whole() {
    let source = format!("{}<b>", "> ".repeat(70));
    let out = render(&source, &PLAIN);
    assert_eq!(out.html, format!("<pre tabindex=\"0\"><code>{}&lt;b&gt;</code></pre>\n", "&gt; ".repeat(70)));
    assert_eq!(out.problems.len(), 1);
}

#[test]
fn every_accepted_bomb_ends() {
    let full = |unit: &str| unit.repeat(MAX_BYTES / unit.len());
    let mut bombs: Vec<String> = [
        "[a](b",
        "[^a]: ",
        "[^a]: b\n",
        "[^a] ",
        "[",
        "](",
        "![",
        "*a_",
        "a**b",
        "<",
        "<!--",
        "<?",
        "<![CDATA[",
        "&",
        "\\",
        "- a\n",
        "|",
        "|\n",
        "http://",
        "http://@",
        "https://a/(",
        "https://a/)",
        "https://a ",
        "# a\n",
        "# a\n# a-2\n",
        "<b>",
        "a:",
        "[a](#b)",
        "![a](b)",
        "\u{202e}",
        "\u{a0}",
        "*a*",
        "<!-- -->",
        "<!-- -->\n",
    ]
    .map(full)
    .into();
    bombs.push((1..720).map(|n| "`".repeat(n) + " ").collect());
    bombs.push(format!("{}a\n{}", ">".repeat(64), "a\n".repeat(100_000)));
    bombs.push(format!("{}a\n{}", "- ".repeat(64), "<a\n".repeat(80_000)));
    bombs.push(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    bombs.push(format!("{}\n{}\n{}", "|a".repeat(20_000), "|-".repeat(20_000), "|\n".repeat(80_000)));
    bombs.push(format!("[^a]: x\n\n{}", "[^a]".repeat(60_000)));
    bombs.push(
        (0..13_000)
            .map(|n| format!("[^{n}]: a\n[^{n}] "))
            .collect::<String>()
            .chars()
            .take(250_000)
            .collect(),
    );
    for bomb in bombs {
        let started = clock();
        let out = render(&bomb, &PLAIN);
        assert!(started.elapsed().as_secs() < 5, "{bomb:.30}");
        // The output is bounded by the input, a page's worth of markup a construct.
        assert!(out.html.len() < 64 * MAX_BYTES, "{bomb:.30}: {}", out.html.len());
    }
}

#[expect(clippy::disallowed_methods, reason = "the smoke test is about time")]
fn clock() -> std::time::Instant {
    std::time::Instant::now()
}
