//! Findings as a compiler prints them: what, where, the line itself, and what to do.
//!
//! This is the only file that knows the excerpt renderer.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use rayon::prelude::*;

use super::escape::{COLUMNS, is_hazard, looks_secret, short, visible};
use super::{Diagnostic, Findings, Label, Level};
use crate::source::{Sources, Span, text};
use crate::value::share::SHARE;

/// How findings are shown.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// With colours.
    pub color: bool,
    /// Files whose text must not be shown: drafts, where others read along.
    pub withhold: &'a dyn Withhold,
}

/// Decides whose text is not shown.
pub trait Withhold: std::fmt::Debug + Sync {
    /// Whether nothing of this file may be quoted.
    fn withholds(&self, span: Span) -> bool;
}

/// All findings, each followed by an empty line.
pub fn render(findings: &Findings, sources: &Sources, style: Style<'_>) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(COLUMNS);
    let each = findings.list.par_iter().with_max_len(SHARE);
    each.map(|(level, finding)| render_one(*level, finding, sources, style, &renderer) + "\n\n").collect()
}

/// The message of a finding, or what may be said of one in a draft.
pub fn message(finding: &Diagnostic, withhold: &dyn Withhold) -> String {
    let secret = finding.labels.iter().any(|label| withhold.withholds(label.span));
    // A key that was pasted into the wrong place must not be quoted as a bad value.
    if secret || looks_secret(&finding.message) {
        finding.rule.summary.to_owned()
    } else {
        short(&finding.message, COLUMNS)
    }
}

/// The help of a finding; it may quote the value, so it is withheld with it.
pub fn help<'f>(finding: &'f Diagnostic, withhold: &dyn Withhold) -> Option<&'f str> {
    let secret = finding.labels.iter().any(|label| withhold.withholds(label.span));
    finding.help.as_deref().filter(|help| !secret && !looks_secret(help))
}

fn render_one(
    level: Level,
    finding: &Diagnostic,
    sources: &Sources,
    style: Style<'_>,
    renderer: &Renderer,
) -> String {
    let title = match level {
        Level::Deny => Title::ERROR,
        Level::Warn => Title::WARNING,
        Level::Note | Level::Allow => Title::NOTE,
    };
    let message = message(finding, style.withhold);
    let mut group = title.primary_title(message).id(finding.rule.id).elements(Vec::<Origin<'_>>::new());
    for (at, label) in finding.labels.iter().enumerate() {
        group = place(group, label, at == 0, sources, style);
    }
    let clause = finding.rule.clause;
    if !clause.is_empty() {
        group = group.element(Title::NOTE.message(clause));
    }
    if let Some(help) = help(finding, style.withhold) {
        group = group.element(Title::HELP.message(short(help, COLUMNS)));
    }
    renderer.render(&[group])
}

fn place<'a>(
    group: Group<'a>,
    label: &'a Label,
    primary: bool,
    sources: &'a Sources,
    style: Style<'_>,
) -> Group<'a> {
    let path = visible(&sources.file(label.span.file).path);
    let position = sources.position(label.span);
    match excerpt(label.span, sources) {
        Some((line, range)) if !style.withhold.withholds(label.span) => {
            let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(range);
            let annotation =
                if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) };
            group.element(Snippet::source(line).line_start(position.line).path(path).annotation(annotation))
        }
        _ => group.element(Origin::path(path).line(position.line).char_column(position.column)),
    }
}

/// The first line of a span, made fit for a terminal, and where the span lies in it; `None` where the line must not or
/// cannot be shown.
fn excerpt(span: Span, sources: &Sources) -> Option<(String, Range<usize>)> {
    let bytes = &sources.file(span.file).bytes;
    let text = text::lenient(bytes);
    let (start, end) = (span.start as usize, span.end as usize);
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let line = &text[line_start..line_end];
    if text::is_utf16(bytes)
        || looks_secret(line)
        || line[..start - line_start].chars().count() > COLUMNS - 40
    {
        return None;
    }
    let (mut shown, mut from, mut to) = (String::with_capacity(line.len()), None, None);
    for (column, (at, c)) in line.char_indices().enumerate() {
        if column >= COLUMNS - 20 {
            shown.push('…');
            break;
        }
        if line_start + at >= start {
            from.get_or_insert(shown.len());
        }
        if line_start + at >= end {
            to.get_or_insert(shown.len());
        }
        shown.push(if c == '\t' {
            ' '
        } else if is_hazard(c) {
            '\u{fffd}'
        } else {
            c
        });
    }
    let from = from.unwrap_or(shown.len());
    let to = to.unwrap_or(shown.len()).max(from);
    Some((shown, from..to))
}
