//! A policy in Markdown that somebody put into a document of reStructuredText: `.. code-block:: md` around all of it. In go
//! the lines of the document, out come the directive's place and the text inside.

/// The most lines that may stand before the directive: a title, a date, a word that leads to it.
const BEFORE: usize = 6;

/// The line of a directive that holds the whole policy.
///
/// Only its first lines may be indented: pages are made so by programs that indent what they paste but once. What follows
/// is the policy then, unless it is reStructuredText.
pub(in super::super) fn whole(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().position(|line| is_directive(line))?;
    let said = lines[..at].iter().filter(|line| !line.trim().is_empty()).count();
    let rest = &lines[at + 1..];
    let headed = inside(rest).iter().any(|line| line.starts_with("# ") || line.starts_with("## "));
    let option = rest.first().is_some_and(|line| line.trim().starts_with(':'));
    let first = rest.iter().find(|line| !line.trim().is_empty())?;
    let markdown = rest.iter().all(|line| !line.starts_with(".. "));
    (said <= BEFORE && headed && markdown && !option && first.starts_with(' ')).then_some(at)
}

fn is_directive(line: &str) -> bool {
    let language = line.strip_prefix(".. code-block::").or_else(|| line.strip_prefix(".. code::"));
    language.is_some_and(|language| matches!(language.trim(), "md" | "markdown"))
}

/// The lines below a directive, without the indentation of the first.
pub(in super::super) fn inside(lines: &[&str]) -> Vec<String> {
    let first = lines.iter().find(|line| !line.trim().is_empty()).copied().unwrap_or_default();
    let indent = &first[..first.len() - first.trim_start_matches(' ').len()];
    lines.iter().map(|line| line.strip_prefix(indent).unwrap_or(line).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{inside, whole};

    #[test]
    fn only_what_holds_all_of_it_is_taken_away() {
        let at = |text: &str| whole(&text.lines().collect::<Vec<_>>());
        let title = "SECURITY.md\n===========\n\nContents:\n\n";
        assert_eq!(at(&format!("{title}.. code-block:: md\n\n    # Policy\n\n    Text.\n")), Some(5));
        assert_eq!(
            at(&format!("{title}.. code-block:: md\n\n    ## Versions\n\nText.\n\n## More\n")),
            Some(5)
        );
        for text in [
            format!("{title}.. code-block:: md\n\n    Text.\n"),
            format!("{title}.. code-block:: md\n\n    # Title\n\n.. note:: more\n"),
            format!("{title}.. code-block:: text\n\n    # Policy\n"),
            format!("{title}a\n\nb\n\nc\n\nd\n\n.. code-block:: md\n\n    # Report\n"),
        ] {
            assert_eq!(at(&text), None, "{text}");
        }
        assert_eq!(inside(&["", "    # a", "b", "      c"]), ["", "# a", "b", "  c"]);
    }
}
