//! Markdown of authors: rendered the same way everywhere, its problems turned into findings with places.

use std::collections::BTreeMap;
use std::ops::Range;

use super::links::Links;
use super::lint::Anchor;
use crate::diag::{Diagnostics, Rule};
use crate::markdown::{self, Options, ProblemKind, Rendered, Target};
use crate::model::policy::Policy;
use crate::model::policy::reporting::Item;
use crate::model::policy::section::SectionText;
use crate::rules::{advisory, markdown as rules, policy as policy_rules};
use crate::source::{self, FileId, Sources, Span, Spanned};
use crate::value::placeholder;

/// Where a text stands, for links and for places of findings.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Its file.
    pub file: FileId,
    /// The file's path.
    pub path: &'a str,
    /// Where the text begins in the file.
    pub offset: usize,
}

impl Context<'_> {
    /// Where a part of the text stands in its file.
    pub fn span(&self, part: Range<usize>) -> Span {
        Span::new(self.file, part.start + self.offset..part.end + self.offset)
    }
}

/// The tables and lists that `<!-- secsite:NAME -->` may stand for.
pub const MARKERS: &[&str] = &[
    "support",
    "contacts",
    "report",
    "include",
    "exclude",
    "response",
    "disclosure",
    "phases",
    "severity",
    "scope",
    "safe-harbor",
    "bounty",
    "credit",
    "keys",
    "hall-of-fame",
    "limitations",
    "audits",
    "embargo",
    "advisories",
];

/// An insertion marker: its name, and the product it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker<'a> {
    /// One of [`MARKERS`].
    pub name: &'a str,
    /// `product=…`, where given.
    pub product: Option<&'a str>,
    /// `told`: the text around says it in its own words, so nothing is inserted here, nor at the end of the page.
    pub told: bool,
}

impl<'a> Marker<'a> {
    /// Reads what follows `secsite:`; `None` where it means nothing.
    pub fn parse(text: &'a str, policy: &'a Policy) -> Option<Self> {
        let mut words = text.split_whitespace();
        let name = words.next().filter(|name| MARKERS.contains(name))?;
        let (mut product, mut told) = (None, false);
        for word in words {
            if word == "told" {
                told = true;
                continue;
            }
            let id = word.strip_prefix("product=")?;
            product = Some(policy.products.iter().find(|product| product.id.as_str() == id)?.id.as_str());
        }
        Some(Self { name, product, told })
    }
}

/// Renders a text and reports what is wrong with it. `resolve` tells where its links lead.
pub fn render(
    text: &str,
    context: &Context<'_>,
    id_prefix: &str,
    top_level: u8,
    resolve: &dyn Fn(&str) -> Target,
    diags: &mut Diagnostics,
) -> Rendered {
    let options = Options { id_prefix, top_level, resolve, markers: None };
    let rendered = markdown::render(text, &options);
    report(&rendered, context, diags);
    for range in placeholders_in_prose(text) {
        report_placeholder(&text[range.clone()], context.span(range), diags);
    }
    rendered
}

fn report(rendered: &Rendered, context: &Context<'_>, diags: &mut Diagnostics) {
    for problem in &rendered.problems {
        let span = context.span(problem.range.clone());
        diags.push(match &problem.kind {
            ProblemKind::MissingTarget { target, .. } if Links::means_advisory(target) => {
                super::advisory::unknown_advisory(target, span)
            }
            kind => rule_of(kind).at(span, kind.message()).help(kind.help()),
        });
    }
}

fn rule_of(kind: &ProblemKind) -> &'static Rule {
    match kind {
        ProblemKind::RawHtml(_) | ProblemKind::UnclosedComment => &rules::RAW_HTML,
        ProblemKind::BadLink { .. } => &rules::BAD_LINK,
        ProblemKind::RemoteImage(_) => &rules::REMOTE_IMAGE,
        ProblemKind::MissingAlt(_) => &rules::MISSING_ALT,
        ProblemKind::MissingTarget { .. } | ProblemKind::MissingHeading(_) => &rules::BROKEN_LINK,
        ProblemKind::UnknownMarker(_) | ProblemKind::MisplacedMarker(_) => &policy_rules::UNKNOWN_MARKER,
        ProblemKind::TooLong(_) | ProblemKind::TooDeep => &rules::UNBOUNDED_MARKDOWN,
    }
}

/// Reports a placeholder in one field.
pub fn check_placeholder(text: &str, span: Span, diags: &mut Diagnostics) {
    if let Some(range) = placeholder::find(text) {
        report_placeholder(&text[range], span, diags);
    }
}

/// The placeholders outside of code: what stands in an example is meant to be replaced by its reader.
fn placeholders_in_prose(text: &str) -> Vec<Range<usize>> {
    /// To look for each takes a walk over the rest of the text.
    const MOST: usize = 20;
    // Hardly any text has one, so the second look costs nothing.
    match placeholder::find(text) {
        Some(_) => placeholder::find_all(&markdown::without_code(text), MOST),
        None => Vec::new(),
    }
}

fn report_placeholder(text: &str, span: Span, diags: &mut Diagnostics) {
    let message = format!("`{}` looks like a placeholder", crate::diag::escape::short(text, 40));
    diags.push(advisory::PLACEHOLDER_TEXT.at(span, message).help("write what is meant, or remove it"));
}

/// Checks every text of the policy, and the files that its sections include. What comes out are their links to
/// headings of other pages.
pub fn check(
    policy: &Policy,
    fragments: &BTreeMap<String, String>,
    links: &Links,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let mut check = |text: &Spanned<String>| anchors.extend(check_value(text, policy, links, sources, diags));
    policy.document.intro.iter().for_each(&mut check);
    let lists = policy.scope.iter().flat_map(|scope| scope.included.iter().chain(&scope.excluded));
    let lists = lists.chain(policy.safe_harbor.iter().flat_map(|harbor| &harbor.conditions));
    lists.chain(&policy.reporting.include).filter_map(|item: &Item| item.text.as_ref()).for_each(&mut check);
    policy.reporting.exclude.iter().chain(&policy.reporting.ai).for_each(&mut check);
    policy.safe_harbor.iter().filter_map(|harbor| harbor.statement.as_ref()).for_each(&mut check);
    policy.disclosure.iter().flat_map(|disclosure| &disclosure.steps).for_each(&mut check);
    policy.limitations.iter().flat_map(|l| l.text.iter().chain(&l.mitigation)).for_each(&mut check);
    for section in &policy.sections {
        if let SectionText::Body(body) = &section.text {
            check(body);
        }
    }
    for section in &policy.sections {
        let SectionText::File(file) = &section.text else { continue };
        let found = sources.find(file.as_str()).zip(fragments.get(file.as_str()));
        // The text of a page is checked with the page; a file that is missing has been reported.
        let found = found.filter(|((_, source), _)| !source::text::lenient(&source.bytes).starts_with("+++"));
        let Some(((id, _), text)) = found else { continue };
        let context = Context { file: id, path: file.as_str(), offset: 0 };
        let markers = |name: &str| Marker::parse(name, policy).map(|_| String::new());
        let resolve = |target: &str| links.resolve(file.as_str(), target);
        let options = Options { id_prefix: "s-", top_level: 2, resolve: &resolve, markers: Some(&markers) };
        let rendered = markdown::render(text, &options);
        anchors.extend(Anchor::of(&rendered, |part| context.span(part)));
        report(&rendered, &context, diags);
    }
    anchors
}

/// A text inside of `policy.toml`.
fn check_value(
    text: &Spanned<String>,
    policy: &Policy,
    links: &Links,
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Vec<Anchor> {
    let markers = |name: &str| Marker::parse(name, policy).map(|_| String::new());
    let resolve = |target: &str| links.resolve("policy.toml", target);
    let options = Options { id_prefix: "s-", top_level: 2, resolve: &resolve, markers: Some(&markers) };
    let rendered = markdown::render(text, &options);
    let anchors = Anchor::of(&rendered, |part| within(text, part, sources));
    for problem in rendered.problems {
        let span = within(text, problem.range, sources);
        diags.push(rule_of(&problem.kind).at(span, problem.kind.message()).help(problem.kind.help()));
    }
    for range in placeholders_in_prose(text) {
        report_placeholder(&text[range.clone()], within(text, range, sources), diags);
    }
    anchors
}

/// Where a part of a value stands in its file. Escapes of TOML shift offsets, so the part is searched for, and is the same
/// of its likes there as in the value; where that does not tell, it is the value as a whole.
pub(super) fn within(value: &Spanned<String>, part: Range<usize>, sources: &Sources) -> Span {
    let file = source::text::lenient(&sources.file(value.span.file).bytes);
    let (start, end) = (value.span.start as usize, value.span.end as usize);
    let (Some(words), Some(written)) =
        (value.get(part.clone()).filter(|part| !part.is_empty()), file.get(start..end))
    else {
        return value.span;
    };
    let before = value.match_indices(words).take_while(|(at, _)| *at < part.start).count();
    let alike = written.matches(words).count() == value.matches(words).count();
    match written.match_indices(words).nth(before).filter(|_| alike) {
        Some((at, _)) => Span::new(value.span.file, start + at..start + at + words.len()),
        None => value.span,
    }
}
