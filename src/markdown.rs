//! Untrusted Markdown becomes HTML that cannot harm: no raw HTML, no script, no remote load, no id of the page's own.
//!
//! In goes the text of one advisory, page or policy section; out come the HTML, its headings, its links and everything
//! that was refused, each with its place in the source. Nothing here fails, reads a file or decides how grave a
//! problem is: what is refused is still shown, as text, and the caller's rules choose between a warning and an error.
//!
//! The dialect is CommonMark with GitHub's tables, strikethrough, task lists, footnotes, alerts and bare `https://` links.

mod absolute;
mod autolink;
mod blocks;
mod code;
mod comment;
mod destination;
mod escape;
mod footnotes;
mod ids;
mod limits;
mod problem;
mod tame;
#[cfg(test)]
mod tests;
mod text;
mod writer;

use std::ops::Range;

pub use absolute::absolute;
pub use blocks::{Block, BlockKind, blocks};
pub use code::without_code;
pub use limits::{MAX_BYTES, MAX_DEPTH, check_limits};
pub use problem::{Problem, ProblemKind, Refusal};
pub use tame::tame;
pub use text::{inline_html, plain, plain_block};

/// How one text is to fit into the page around it.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Goes before every id, such as `d-`, so that no heading of the text takes an id of the page.
    pub id_prefix: &'a str,
    /// The level of the text's outermost headings, 1 to 6. Deeper ones follow without a gap, `h6` at most.
    pub top_level: u8,
    /// Where a link or image within the site leads. Called for relative destinations alone, never for a bare fragment.
    pub resolve: &'a dyn Fn(&str) -> Target,
    /// What replaces `<!-- secsite:NAME … -->` on a line of its own; it is given `NAME …`, its HTML is trusted.
    /// Without it such comments vanish like all others.
    pub markers: Option<&'a Markers<'a>>,
}

/// What an insertion mark stands for; `None` when it names nothing.
pub type Markers<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What a relative destination turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It is written so in the output.
    Href(String),
    /// It is right as the author wrote it.
    Unchanged,
    /// Nothing is there.
    Missing {
        /// What to write instead, as a full imperative phrase.
        help: String,
    },
}

/// A text made safe, and what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Flow content, valid within any `div`, `section` or `article`.
    pub html: String,
    /// In the order of the text; headings of footnotes are not among them.
    pub headings: Vec<Heading>,
    /// In the order of the text.
    pub problems: Vec<Problem>,
    /// Every destination that became an `href` or a `src`.
    pub links: Vec<Link>,
}

/// One heading as it was written to the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The level in the output.
    pub level: u8,
    /// Its words without markup.
    pub text: String,
    /// Its id, prefix included.
    pub id: String,
    /// Its bytes in the source.
    pub range: Range<usize>,
}

/// One destination as it was written to the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The value of the attribute before escaping for HTML.
    pub target: String,
    /// The whole link or image in the source.
    pub range: Range<usize>,
}

/// Turns a text into HTML. Beyond the limits of [`check_limits`] nothing is parsed: the source is shown as it is.
pub fn render(source: &str, options: &Options) -> Rendered {
    match check_limits(source) {
        None => writer::Writer::new(source, options).run(),
        Some(problem) => {
            let mut html = String::from("<pre tabindex=\"0\"><code>");
            escape::text(&mut html, source);
            html.push_str("</code></pre>\n");
            Rendered { html, problems: vec![problem], ..Rendered::default() }
        }
    }
}

/// Emphasis within emphasis beyond this is shown without: a browser gives up on trees 512 deep.
const MAX_EMPHASIS: usize = 16;

/// The dialect, in one place. Heading attributes, smart punctuation, math and metadata blocks stay off.
fn dialect() -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Cmark;
    Cmark::ENABLE_TABLES
        | Cmark::ENABLE_FOOTNOTES
        | Cmark::ENABLE_STRIKETHROUGH
        | Cmark::ENABLE_TASKLISTS
        | Cmark::ENABLE_GFM
}
