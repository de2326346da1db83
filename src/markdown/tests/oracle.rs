//! A second opinion: a sanitiser that knows our allow-list finds nothing to change, whatever the input.

use ammonia::Builder;
use proptest::prelude::*;

use super::sanitiser::sanitiser;
use super::*;

fn check(sanitiser: &Builder, source: &str) -> Result<(), TestCaseError> {
    let out = render(source, &PLAIN);
    let clean = sanitiser.clean(&out.html).to_string();
    prop_assert_eq!(&clean, &out.html, "source {:?}", source);
    let clean = sanitiser.clean(&inline_html(source)).to_string();
    prop_assert_eq!(&clean, &inline_html(source), "title {:?}", source);
    for problem in out.problems {
        prop_assert!(source.get(problem.range).is_some());
    }
    // No id twice.
    let mut ids: Vec<&str> =
        out.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    prop_assert_eq!(ids.len(), count, "ids of {:?}", source);
    // Nothing that must have words is empty.
    for tag in ["<a ", "<p>", "<h2", "<h3", "<h4", "<th"] {
        for rest in out.html.split(tag).skip(1) {
            let content =
                if tag.ends_with('>') { rest } else { rest.split_once('>').map_or("", |(_, rest)| rest) };
            prop_assert!(!content.starts_with("</"), "{} in {:?}", tag, out.html);
        }
    }
    Ok(())
}

/// The words of an attacker's alphabet.
const WORDS: [&str; 92] = [
    "a",
    "b c",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "#",
    "# ",
    "## ",
    "### x\n",
    "---\n",
    "===\n",
    "- ",
    "* ",
    "1. ",
    "7) ",
    "> ",
    "> [!NOTE]\n",
    "> [!WARNING]\n> ",
    "- [x] ",
    "- [ ] ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "```\n",
    "```rust\n",
    "~~~ \"><x\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](https://example.org)",
    "](javascript:alert(1))",
    "](#x)",
    "](x.md)",
    "]()",
    "](<",
    "[a]: /b\n",
    "[a]",
    "[^1]",
    "[^1]: ",
    "[^1]: # h\n\n    x\n",
    "|",
    "|a|b|\n|-|:-:|\n",
    "||\n",
    "\n|x|",
    "<",
    ">",
    "</",
    "<b>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<!-- secsite:x -->",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<img src=x onerror=alert(1)>",
    "<div>\n",
    "<a@example.org>",
    "<https://example.org>",
    "<javascript:x>",
    "https://example.org/a_b",
    "http://x)",
    "://",
    "&",
    "&lt;",
    "&#106;",
    "&#10;",
    "&nbsp;",
    "&#13;",
    "\"",
    "'",
    "\\",
    "\u{202e}",
    "\u{a0}",
    "\0",
    "\u{c}",
    "é",
    "\u{fffe}",
    "![](i.png)",
    "![](https://example.org/i)",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_nothing_in_combined_markup(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..40)) {
        check(&sanitiser(), &words.concat())?;
    }

    #[test]
    fn tamed_texts_hold_nothing_refused(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..12)) {
        let tamed = tame(&words.concat());
        for problem in render(&tamed, &PLAIN).problems {
            prop_assert!(matches!(problem.kind, ProblemKind::MissingHeading(_) | ProblemKind::MissingAlt(_)), "{:?} in {:?}", problem, tamed);
        }
    }

    #[test]
    fn finds_nothing_in_any_text(text in any::<String>()) {
        check(&sanitiser(), &text)?;
    }
}

#[test]
fn finds_nothing_in_pairs_and_triples() {
    let sanitiser = sanitiser();
    for first in WORDS {
        for second in WORDS {
            check(&sanitiser, &format!("{first}{second}x")).expect(first);
            check(&sanitiser, &format!("[{first}x{second}]({second})")).expect(first);
        }
    }
}
