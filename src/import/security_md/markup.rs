//! The markup of a file, by its ending. Headings, code blocks, tables of plain cells, links and emphasis of reStructuredText
//! and AsciiDoc become those of Markdown. The rest of their text stays as it is typed.

mod asciidoc;
mod inline;
mod rst;
mod table;

use std::ops::Range;

use super::report::Note;
use crate::security_md::NOTICE;
use table::{Found, Table};

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
    pub(super) fn to_markdown(self, text: &str, fenced: bool) -> Converted {
        if self == Self::Markdown || text.contains(NOTICE) {
            return Converted {
                text: text.to_owned(),
                lines: (1..=text.lines().count()).collect(),
                notes: Vec::new(),
            };
        }
        let lines: Vec<&str> = text.lines().collect();
        let mut styles: Vec<(char, bool)> = Vec::new();
        let mut out = Blocks { done: Converted::default(), body: Vec::new(), fenced };
        let (mut at, mut read, mut code) = (0, 0, false);
        let whole = if self == Self::Rst && !fenced { rst::whole(&lines) } else { None };
        while at < lines.len() {
            let line = lines[at];
            if whole == Some(at) {
                out.note(
                    at + 1,
                    "directive around the whole policy",
                    "taken away: the text inside is the policy, and Markdown",
                );
                for (offset, inner) in rst::inside(&lines[at + 1..]).iter().enumerate() {
                    out.line(inner, at + 2 + offset);
                }
                break;
            }
            // A table that is kept is not looked at again line by line.
            if !fenced
                && !code
                && at >= read
                && let Some(found) = self.table(&lines[at..])
            {
                match found {
                    Found::Table(table, used) => {
                        out.table(&table, at + 1);
                        out.note(
                            at + 1,
                            &format!("table of {}", self.name()),
                            "written as a table of Markdown",
                        );
                        at += used;
                        continue;
                    }
                    Found::Kept(used, why) => {
                        let outcome = format!("kept as text, and no fact is read from it: {why}");
                        out.note(at + 1, &format!("table of {}", self.name()), &outcome);
                        read = at + used;
                    }
                }
            }
            if !code
                && at >= read
                && let Some((level, title, used)) = self.heading(&lines[at..], &mut styles)
            {
                out.heading(level, title, at + 1);
                at += used;
                continue;
            }
            if self == Self::AsciiDoc
                && !fenced
                && !code
                && let Some(used) = asciidoc::comment(&lines[at..])
            {
                let inner = at + 1..at + used - 1;
                out.comment(at + 1..at + used, inner.map(|at| (lines[at], at + 1)));
                at += used;
                continue;
            }
            let apart = at == 0 || lines[at - 1].trim().is_empty();
            if self == Self::Rst
                && !fenced
                && apart
                && at >= read
                && let Some((used, headed)) = rst::comment(&lines[at..])
            {
                let words = headed.then(|| (lines[at].strip_prefix("..").unwrap_or_default().trim(), at + 1));
                let inner = (at + 1..at + used).map(|at| (lines[at].trim(), at + 1));
                out.comment(at + 1..at + used, words.into_iter().chain(inner));
                at += used;
                continue;
            }
            let delimiter =
                line.len() >= 4 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '.'));
            if self == Self::AsciiDoc && delimiter && !fenced {
                code = !code && lines[at + 1..].contains(&line);
                out.line("```", at + 1);
            } else if self == Self::AsciiDoc && !fenced && !code && is_comment(line) {
                out.line(&format!("<!-- {} -->", line[2..].trim()), at + 1);
            } else if self == Self::Rst
                && !fenced
                && at >= read
                && let Some(definition) = rst::definition(&lines, at)
            {
                out.line(&definition, at + 1);
            } else if is_rule(line) && !fenced {
                // Under a line of text it would be a heading of Markdown.
                out.line("", at + 1);
                out.line(line, at + 1);
            } else {
                out.line(line, at + 1);
            }
            at += 1;
        }
        out.close();
        if fenced || whole.is_some() {
            return out.done;
        }
        self.inline(out.done, &lines)
    }

    /// The links and the emphasis of a text whose blocks are Markdown's.
    fn inline(self, done: Converted, lines: &[&str]) -> Converted {
        let (mut done, first) = match self {
            Self::Markdown => return done,
            Self::Rst => {
                let mut targets = rst::Targets::of(lines);
                let literals = rst::literals(&done.text);
                inline::rewrite(done, &literals, &mut |words, at| targets.scan(words, at))
            }
            Self::AsciiDoc => inline::rewrite(done, &[], &mut asciidoc::scan),
        };
        if let Some(line) = first {
            let outcome =
                "written as those of Markdown, from here on; what is not clear stays as it is typed";
            done.notes.push(Note::new(line, &format!("links and emphasis of {}", self.name()), outcome));
        }
        done
    }

    fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Rst => "reStructuredText",
            Self::AsciiDoc => "AsciiDoc",
        }
    }

    /// A table at the beginning of `lines`.
    fn table(self, lines: &[&str]) -> Option<Found> {
        match self {
            Self::Markdown => None,
            Self::Rst => rst::table(lines),
            Self::AsciiDoc => asciidoc::table(lines),
        }
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

/// The character and length of a line under a heading.
fn underline(line: &str) -> Option<(char, usize)> {
    let first = line.chars().next().filter(|c| "=-~^\"'#*+:.`_".contains(*c))?;
    let length = line.trim_end().chars().count();
    (length >= 3 && line.trim_end().chars().all(|c| c == first)).then_some((first, length))
}

fn is_rule(line: &str) -> bool {
    !line.trim().is_empty() && line.trim().chars().all(|c| matches!(c, '-' | '='))
}

/// Whether a line is a comment of AsciiDoc that can be one of HTML.
fn is_comment(line: &str) -> bool {
    line.strip_prefix("//").is_some_and(|text| {
        !text.starts_with('/')
            && !text.contains("--")
            && !text.trim().starts_with('>')
            && !text.trim().is_empty()
    })
}

/// A text in Markdown.
#[derive(Debug, Default)]
pub(super) struct Converted {
    pub text: String,
    /// The line of the source that each of its lines comes from, both counted from 1.
    pub lines: Vec<usize>,
    /// What is not as it was.
    pub notes: Vec<Note>,
}

struct Blocks {
    done: Converted,
    /// The lines below the last heading, with their places.
    body: Vec<(String, usize)>,
    fenced: bool,
}

impl Blocks {
    fn line(&mut self, line: &str, at: usize) {
        self.body.push((line.to_owned(), at));
    }

    /// A comment of HTML from one line to another, with what is in it and where that stands.
    fn comment<'l>(&mut self, places: Range<usize>, inner: impl Iterator<Item = (&'l str, usize)>) {
        self.line("<!--", places.start);
        inner.for_each(|(line, at)| self.line(line, at));
        self.line("-->", places.end);
    }

    fn table(&mut self, table: &Table, at: usize) {
        self.line("", at);
        for (offset, line) in table.to_lines().iter().enumerate() {
            self.line(line, at + offset);
        }
        self.line("", at);
    }

    fn note(&mut self, at: usize, what: &str, outcome: &str) {
        self.done.notes.push(Note::new(at, what, outcome));
    }

    fn heading(&mut self, level: usize, title: &str, at: usize) {
        self.close();
        self.write(&format!("{} {title}", "#".repeat(level)), at);
        self.write("", at);
    }

    fn write(&mut self, line: &str, at: usize) {
        self.done.text.push_str(line);
        self.done.text.push('\n');
        self.done.lines.push(at);
    }

    fn close(&mut self) {
        let body = std::mem::take(&mut self.body);
        let blank = |(line, _): &(String, usize)| line.is_empty();
        if body.iter().all(|(line, _)| line.trim().is_empty()) {
            return;
        }
        let first = body.iter().position(|line| !blank(line)).unwrap_or(0);
        let last = body.iter().rposition(|line| !blank(line)).unwrap_or(0);
        let body = &body[first..=last];
        let longest = body.iter().flat_map(|(line, _)| line.split(|c| c != '`')).map(str::len).max();
        let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        if self.fenced {
            self.write(&format!("{fence}text"), body[0].1);
        }
        for (line, at) in body {
            self.write(line, *at);
        }
        let end = body[body.len() - 1].1;
        if self.fenced {
            self.write(&fence, end);
        }
        self.write("", end);
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn headings_become_headings() {
        let rst = "========\nSecurity\n========\n\nText.\n\nVersions\n--------\n\n- 1.0\n";
        assert_eq!(
            Markup::Rst.to_markdown(rst, false).text,
            "# Security\n\nText.\n\n## Versions\n\n- 1.0\n\n"
        );
        let adoc = "= Security\n\nText\n----\ncode\n----\n\n== Contact\nMail us.\n";
        assert_eq!(
            Markup::AsciiDoc.to_markdown(adoc, false).text,
            "# Security\n\nText\n```\ncode\n```\n\n## Contact\n\nMail us.\n\n"
        );
        assert!(Markup::AsciiDoc.to_markdown(adoc, true).text.contains("```text\nText\n----\ncode"));
    }
}
