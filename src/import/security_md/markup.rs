//! The markup of a file, by its ending. Headings and code blocks of reStructuredText and AsciiDoc become those of Markdown;
//! the rest of their text stays as it is typed.

/// The markups that policies are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Markdown,
    Rst,
    AsciiDoc,
}

impl Markup {
    /// By the ending of the name.
    pub(super) fn of(path: &str) -> Self {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "rst" | "rest" => Self::Rst,
            "adoc" | "asciidoc" => Self::AsciiDoc,
            _ => Self::Markdown,
        }
    }

    /// The text as Markdown. With `fenced`, what stands below each heading is one block of code: nothing of it can be
    /// taken for markup that it is not.
    pub(super) fn to_markdown(self, text: &str, fenced: bool) -> String {
        if self == Self::Markdown || text.contains(WRITTEN) {
            return text.to_owned();
        }
        let lines: Vec<&str> = text.lines().collect();
        let mut styles: Vec<(char, bool)> = Vec::new();
        let mut out = Blocks { text: String::new(), body: String::new(), fenced };
        let mut at = 0;
        while at < lines.len() {
            if let Some((level, title, used)) = self.heading(&lines[at..], &mut styles) {
                out.heading(level, title);
                at += used;
                continue;
            }
            let line = lines[at];
            let delimiter =
                line.len() >= 4 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '.'));
            if self == Self::AsciiDoc && delimiter && !fenced {
                out.line("```");
            } else if is_rule(line) && !fenced {
                // Under a line of text it would be a heading of Markdown.
                out.line("");
                out.line(line);
            } else {
                out.line(line);
            }
            at += 1;
        }
        out.close();
        out.text
    }

    /// A heading at the beginning of `lines`: its level, its title, and the lines that it takes.
    fn heading<'l>(
        self,
        lines: &[&'l str],
        styles: &mut Vec<(char, bool)>,
    ) -> Option<(usize, &'l str, usize)> {
        if self == Self::AsciiDoc {
            let marks = lines[0].len() - lines[0].trim_start_matches('=').len();
            let title = lines[0][marks..].strip_prefix(' ')?.trim();
            return ((1..=6).contains(&marks) && !title.is_empty()).then_some((marks, title, 1));
        }
        let over = underline(lines[0]);
        let (title, rule, used) = match over {
            Some(_) => (lines.get(1)?, lines.get(2)?, 3),
            None => (lines.first()?, lines.get(1)?, 2),
        };
        let rule = underline(rule)?;
        let (title, plain) = (title.trim(), !title.starts_with("..") && underline(title).is_none());
        let fits =
            rule.1 >= title.chars().count().min(rule.1.max(3)) && over.is_none_or(|over| over.0 == rule.0);
        if title.is_empty() || !plain || !fits || rule.1 + 2 < title.chars().count() {
            return None;
        }
        let style = (rule.0, over.is_some());
        let level = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
            styles.push(style);
            styles.len() - 1
        });
        Some(((level + 1).min(6), title, used))
    }
}

/// What only a file has that secsite wrote: it is Markdown, whatever its name.
const WRITTEN: &str = "<!-- Made from policy.toml:";

/// The character and length of a line under a heading.
fn underline(line: &str) -> Option<(char, usize)> {
    let first = line.chars().next().filter(|c| "=-~^\"'#*+:.`_".contains(*c))?;
    let length = line.trim_end().chars().count();
    (length >= 3 && line.trim_end().chars().all(|c| c == first)).then_some((first, length))
}

fn is_rule(line: &str) -> bool {
    !line.trim().is_empty() && line.trim().chars().all(|c| matches!(c, '-' | '='))
}

struct Blocks {
    text: String,
    body: String,
    fenced: bool,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }

    fn heading(&mut self, level: usize, title: &str) {
        self.close();
        self.text.push_str(&format!("{} {title}\n\n", "#".repeat(level)));
    }

    fn close(&mut self) {
        let body = std::mem::take(&mut self.body);
        let body = body.trim_matches('\n');
        if body.trim().is_empty() {
            return;
        }
        if self.fenced {
            let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2);
            let fence = "`".repeat(longest + 1);
            self.text.push_str(&format!("{fence}text\n{body}\n{fence}\n\n"));
        } else {
            self.text.push_str(&format!("{body}\n\n"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn headings_become_headings() {
        let rst = "========\nSecurity\n========\n\nText.\n\nVersions\n--------\n\n- 1.0\n";
        assert_eq!(Markup::Rst.to_markdown(rst, false), "# Security\n\nText.\n\n## Versions\n\n- 1.0\n\n");
        let adoc = "= Security\n\nText\n----\ncode\n----\n\n== Contact\nMail us.\n";
        assert_eq!(
            Markup::AsciiDoc.to_markdown(adoc, false),
            "# Security\n\nText\n```\ncode\n```\n\n## Contact\n\nMail us.\n\n"
        );
        assert!(Markup::AsciiDoc.to_markdown(adoc, true).contains("```text\nText\n----\ncode"));
    }
}
