//! Any text as Markdown: a sanitiser that knows the allow-list finds nothing to take away, and the HTML stays small.
#![no_main]

use std::cell::LazyCell;

use libfuzzer_sys::fuzz_target;
use secsite::markdown::{Options, Target, inline_html, render};

#[path = "../../src/markdown/tests/sanitiser.rs"]
mod sanitiser;

thread_local! {
    static SANITISER: LazyCell<ammonia::Builder<'static>> = LazyCell::new(sanitiser::sanitiser);
}

/// What a byte may become: a control character is shown as `<span class="codepoint">U+0001</span>`, 37 bytes.
const GROWTH: usize = 40;

/// What a text may grow by whatever it says, in bytes: the elements around a single character.
const FRAME: usize = 512;

fuzz_target!(|text: &str| {
    let options = Options { id_prefix: "d-", top_level: 2, resolve: &|_| Target::Unchanged, markers: None };
    let out = render(text, &options);
    assert!(out.html.len() <= GROWTH * text.len() + FRAME, "{} bytes of {}", out.html.len(), text.len());
    for problem in &out.problems {
        assert!(text.get(problem.range.clone()).is_some(), "a problem lies beside the text");
    }
    SANITISER.with(|sanitiser| {
        assert_eq!(sanitiser.clean(&out.html).to_string(), out.html);
        let title = inline_html(text);
        assert_eq!(sanitiser.clean(&title).to_string(), title);
    });
});
