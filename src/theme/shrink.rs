//! The embedded style sheet without the white space and comments that only its authors need.

/// Drops comments, line breaks and the spaces around punctuation. Strings stay as they are; what stands in a selector
/// or a value keeps its single spaces, because there they mean something.
pub(super) fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        if c == '"' {
            let end = rest[1..].find('"').map_or(rest.len(), |at| at + 2);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c.is_whitespace() {
            let after = rest.trim_start().chars().next();
            let tight = out.ends_with(['{', '}', ';', ',', ':', ' '])
                || matches!(after, None | Some('{' | '}' | ';' | ','));
            if !tight && !out.is_empty() {
                out.push(' ');
            }
            continue;
        }
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn keeps_what_means_something() {
        let source = "/* why */\n:root {\n  --a: #fff; --b: 1px 2px;\n}\n.a > .b :hover, c d::before { content: \" · \"; width: calc(1px + 2px); }\n@media (min-width: 1rem) { a { b: c; } }\n";
        let small = ":root{--a:#fff;--b:1px 2px}.a > .b :hover,c d::before{content:\" · \";width:calc(1px + 2px)}@media (min-width:1rem){a{b:c}}";
        assert_eq!(css(source), small);
    }

    #[test]
    fn unclosed_pieces_end() {
        assert_eq!(css("a{content:\"x"), "a{content:\"x");
        assert_eq!(css("a{}/* x"), "a{}");
    }
}
