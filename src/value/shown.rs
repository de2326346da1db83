//! Foreign text made fit for a message: control characters escaped, length cut, in backticks.
//!
//! In goes any string, out comes one line that a terminal and a log can show. Nothing is judged here.

use crate::value::line::is_hidden;

/// Longest excerpt of a foreign value, in characters.
const LONGEST: usize = 60;

/// `value` in backticks, at most [`LONGEST`] characters of it, each hidden character as `U+XXXX`.
pub(crate) fn shown(value: &str) -> String {
    let mut text = String::from("`");
    for (count, character) in value.chars().enumerate() {
        if count == LONGEST {
            text.push('…');
            break;
        }
        if is_hidden(character) {
            text.push_str(&format!("U+{:04X}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text.push('`');
    text
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn escapes_and_cuts() {
        assert_eq!(shown("a\u{202e}b\n"), "`aU+202EbU+000A`");
        assert_eq!(shown(&"x".repeat(99)), format!("`{}…`", "x".repeat(60)));
    }
}
