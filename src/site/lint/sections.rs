//! The outline of the policy page: sections that say something, under headings that lead down step by step.

use super::Subject;
use super::prose::Text;
use super::words::MOST;
use crate::diag::escape::short;
use crate::diag::{Diagnostics, Rule};
use crate::markdown::{self, BlockKind};
use crate::model::policy::Policy;
use crate::model::policy::section::{Section, SectionText};
use crate::rules::text as rules;
use crate::site::prose::Marker;
use crate::source::{Span, Spanned};

/// All rules about sections.
pub(super) fn check(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let sections = &subject.policy.sections;
    let mut above = 1;
    for (at, section) in sections.iter().enumerate() {
        heading(section, above, diags);
        above = section.level;
        // A heading may stand for the sections below it.
        let has_children = sections.get(at + 1).is_some_and(|next| next.level > section.level);
        if !has_children {
            empty_section(section, subject, diags);
        }
        if let Some((text, place)) = text(section, subject) {
            fenced_section(text, place, diags);
        }
    }
    if let Some(intro) = subject.policy.document.intro.as_ref().filter(|_| sections.is_empty()) {
        heading_none(intro, diags);
    }
}

/// A section's Markdown, and the place to report about it as a whole.
fn text<'a>(section: &'a Section, subject: &Subject<'a>) -> Option<(&'a str, Span)> {
    match &section.text {
        SectionText::Body(body) => Some((body.as_str(), section.title.span)),
        SectionText::File(file) => {
            subject.fragments.get(file.as_str()).map(|text| (text.as_str(), file.span))
        }
        SectionText::Empty => Some(("", section.title.span)),
    }
}

/// A section's heading: `heading-level` and `heading-many-h1`.
fn heading(section: &Section, above: u8, diags: &mut Diagnostics) {
    let Some((rule, message)) = misplaced(section.title.as_str(), section.level, above) else { return };
    let help = match section.level {
        1 => "write `level = 2`; the document's title is the first".to_owned(),
        _ => format!("write `level = {}`", above + 1),
    };
    diags.push(rule.at(section.title.span, message).help(help));
}

/// The headings within a text of the policy, which SECURITY.md shows as they are written.
pub(super) fn inner_headings(text: &Text<'_>, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let mut above = text.level;
    let mut found = 0;
    for block in markdown::blocks(text.source) {
        let BlockKind::Heading(level) = block.kind else { continue };
        if let Some((rule, message)) = misplaced(text.source[block.range.clone()].trim(), level, above) {
            let help = match level {
                1 => "write it with two `#`; the document's title is the first".to_owned(),
                _ => format!("write it with {} `#`", above + 1),
            };
            diags.push(rule.at(text.span(block.range, subject), message).help(help));
            found += 1;
        }
        if found == MOST {
            return;
        }
        above = level;
    }
}

/// What is wrong with a heading below one of level `above`, if anything is.
fn misplaced(words: &str, level: u8, above: u8) -> Option<(&'static Rule, String)> {
    let words = short(words, 60);
    if level == 1 {
        Some((&rules::HEADING_MANY_H1, format!("`{words}` is a second heading of level 1")))
    } else if level > above + 1 {
        Some((&rules::HEADING_LEVEL, format!("`{words}` is of level {level}, below one of level {above}")))
    } else {
        None
    }
}

/// One paragraph needs no heading, and what the tables say has its own.
fn heading_none(intro: &Spanned<String>, diags: &mut Diagnostics) {
    let blocks = markdown::blocks(intro);
    let heading = blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
    if blocks.len() > 1 && !heading {
        let help = "give each subject a [[section]] with a `title`";
        let message = "the text of this policy has no heading";
        diags.push(rules::HEADING_NONE.at(intro.span, message).help(help));
    }
}

fn empty_section(section: &Section, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let Some((text, place)) = text(section, subject) else { return };
    let mut markers = Vec::new();
    let mut rest = String::new();
    let mut after = text;
    while let Some((before, comment)) = after.split_once("<!--") {
        rest.push_str(before);
        let Some((inside, more)) = comment.split_once("-->") else { return };
        markers.extend(inside.trim().strip_prefix("secsite:").map(str::trim));
        after = more;
    }
    rest.push_str(after);
    let stands_for_something = |text: &&str| {
        // One that means nothing is a finding of its own.
        Marker::parse(text, subject.policy).is_none_or(|marker| holds(&marker, subject))
    };
    if !rest.trim().is_empty() || markers.iter().any(stands_for_something) {
        return;
    }
    let title = short(section.title.as_str(), 60);
    let (message, help) = match markers.first() {
        None => (format!("`{title}` has no text"), "write it, or remove the section".to_owned()),
        Some(marker) => (
            format!("`{title}` shows nothing, for `secsite:{}` has nothing to show", short(marker, 40)),
            "fill its table, or remove the section".to_owned(),
        ),
    };
    diags.push(rules::EMPTY_SECTION.at(place, message).help(help));
}

/// Whether the tables behind a marker hold anything.
fn holds(marker: &Marker<'_>, subject: &Subject<'_>) -> bool {
    let policy: &Policy = subject.policy;
    let disclosure = policy.disclosure.as_ref();
    match marker.name {
        "support" => policy.products.iter().any(|product| {
            marker.product.is_none_or(|id| product.id.as_str() == id)
                && (!product.support.is_empty() || product.rule.is_some())
        }),
        "include" => !policy.reporting.include.is_empty(),
        "exclude" => !policy.reporting.exclude.is_empty(),
        "response" => !policy.promises.is_empty(),
        "disclosure" => disclosure.is_some(),
        "phases" => disclosure.is_some_and(|disclosure| !disclosure.phases.is_empty()),
        "severity" => !policy.severities.is_empty(),
        "scope" => policy.scope.is_some(),
        "safe-harbor" => policy.safe_harbor.is_some(),
        "bounty" => policy.bounty.is_some(),
        "credit" => policy.credit.is_some(),
        "keys" => !policy.keys.is_empty(),
        "hall-of-fame" => {
            !policy.thanks.is_empty() || subject.advisories.iter().any(|file| !file.front.credits.is_empty())
        }
        "limitations" => !policy.limitations.is_empty(),
        "audits" => !policy.audits.is_empty(),
        "embargo" => policy.embargo.is_some(),
        // Contacts are required, and a list of advisories says so when it is empty.
        _ => true,
    }
}

fn fenced_section(text: &str, place: Span, diags: &mut Diagnostics) {
    let text = text.trim();
    let Some(fence) = ["````", "```", "~~~"].into_iter().find(|fence| text.starts_with(fence)) else {
        return;
    };
    let (first, inside) = text.split_once('\n').unwrap_or((text, ""));
    let language = first.trim_start_matches(['`', '~']).trim();
    let Some(inside) = inside.strip_suffix(fence).map(str::trim_end) else { return };
    let markdown = ["markdown", "md", "gfm"].iter().any(|name| language.eq_ignore_ascii_case(name));
    // An example between two fences of its own is one block of several.
    if markdown && !inside.lines().any(|line| line.trim_end() == fence) {
        let help = "remove the first and the last line of the text";
        diags.push(rules::FENCED_SECTION.at(place, "the whole text is in a code fence").help(help));
    }
}
