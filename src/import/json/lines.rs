//! The line of every value of a JSON text, in the order in which they begin.
//!
//! Only for text that a JSON reader took already: nothing is checked, and names of members are no values.

/// Lines, counted from 1: a list or object first, then what is in it.
pub(super) fn of(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut lines, mut line, mut at) = (Vec::new(), 1, 0);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\n' => line += 1,
            b' ' | b'\t' | b'\r' | b',' | b':' | b'}' | b']' => {}
            b'{' | b'[' => lines.push(line),
            b'"' => {
                while let Some(&byte) = bytes.get(at) {
                    at += if byte == b'\\' { 2 } else { 1 };
                    if byte == b'"' {
                        break;
                    }
                }
                let rest = bytes.get(at..).unwrap_or_default();
                let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
                if next != Some(&b':') {
                    lines.push(line);
                }
            }
            _ => {
                lines.push(line);
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
                    .count();
            }
        }
    }
    lines
}
