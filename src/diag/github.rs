//! Findings as GitHub's workflow commands, which become annotations on the changed lines.

use std::fmt::Write;

use super::escape::visible;
use super::human::{Withhold, help, message};
use super::{Findings, Level};
use crate::source::Sources;

/// One `::error file=…,line=…,col=…::…` a line. `root` is the site's folder from where the run began, empty or with `/`
/// at its end: the runner knows files from there.
pub fn render(findings: &Findings, sources: &Sources, withhold: &dyn Withhold, root: &str) -> String {
    let mut out = String::new();
    for (level, finding) in &findings.list {
        let word = match level {
            Level::Deny => "error",
            Level::Warn => "warning",
            Level::Note | Level::Allow => "notice",
        };
        let mut properties = format!("title={}", property(finding.rule.id));
        if let Some(span) = finding.place() {
            let position = sources.position(span);
            let file = property(&format!("{root}{}", sources.file(span.file).path));
            // Writing to a String cannot fail.
            let _ = write!(properties, ",file={file},line={},col={}", position.line, position.column);
        }
        let help = help(finding, withhold).map(|help| format!(" ({help})")).unwrap_or_default();
        let text = data(&format!("{}{help}", message(finding, withhold)));
        let _ = writeln!(out, "::{word} {properties}::{text}");
    }
    out
}

/// One command about no place in a file.
pub fn command(word: &str, title: &str, text: &str) -> String {
    format!("::{word} title={}::{}\n", property(title), data(text))
}

/// The runner reads `%`, and line ends, as its own.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Inside of properties also `:` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_breaks_out_of_its_place() {
        assert_eq!(data("50% a\n::error::b"), "50%25 a\\u{a}::error::b");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
