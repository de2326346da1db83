//! Links from one page of the site to a heading of another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::markdown::{Heading, Rendered};
use crate::routes;
use crate::rules::markdown as rules;
use crate::site::advisory::Advisory;
use crate::site::pages::Page;
use crate::source::Span;
use crate::value::url::BaseUrl;

/// A link within the site that names a heading.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The address within the host, with `#` and the id.
    pub href: String,
    /// Where the link stands.
    pub span: Span,
}

impl Anchor {
    /// The links of a rendered text that name a heading of another; `place` tells where bytes of the text stand.
    pub fn of(rendered: &Rendered, place: impl Fn(std::ops::Range<usize>) -> Span) -> Vec<Self> {
        let across = |target: &str| target.starts_with('/') && target.contains('#');
        let links = rendered.links.iter().filter(|link| across(&link.target));
        links.map(|link| Self { href: link.target.clone(), span: place(link.range.clone()) }).collect()
    }
}

/// `broken-anchor`: pages of `content/` and of advisories are asked, since their headings are the author's.
pub(super) fn check(
    advisories: &[Arc<Advisory>],
    pages: &[Page],
    policy: &[Anchor],
    base: &BaseUrl,
    diags: &mut Diagnostics,
) {
    let anchors = pages.iter().flat_map(|page| &page.anchors);
    let anchors = anchors.chain(advisories.iter().flat_map(|advisory| &advisory.anchors)).chain(policy);
    let mut anchors = anchors.peekable();
    if anchors.peek().is_none() {
        return;
    }
    let ids = |headings: &[Heading]| -> BTreeSet<String> {
        headings.iter().map(|heading| heading.id.clone()).collect()
    };
    let mut known: BTreeMap<String, BTreeSet<String>> =
        pages.iter().map(|page| (page.route.encoded().into_owned(), ids(&page.headings))).collect();
    known.extend(
        advisories
            .iter()
            .map(|advisory| (routes::advisory(&advisory.id).encoded().into_owned(), ids(&advisory.headings))),
    );
    for anchor in anchors {
        let Some((path, id)) = anchor.href.strip_prefix(base.path()).and_then(|href| href.split_once('#'))
        else {
            continue;
        };
        let path = path.split('?').next().unwrap_or_default();
        let Some(headings) = known.get(path).filter(|headings| !headings.contains(id) && !id.is_empty())
        else {
            continue;
        };
        let bare = |id: &str| id.split_once('-').map_or(id, |(_, rest)| rest).to_owned();
        let message = format!("no heading of `/{}` has the id `{}`", short(path, 80), short(&bare(id), 60));
        let all: Vec<String> = headings.iter().map(|id| bare(id)).collect();
        let help = crate::source::fields::nearest(&bare(id), all.iter().map(String::as_str)).map_or_else(
            || {
                "write the heading's words in lower case, joined by `-`, or leave out what follows `#`"
                    .to_owned()
            },
            |near| format!("did you mean `#{near}`?"),
        );
        diags.push(rules::BROKEN_ANCHOR.at(anchor.span, message).help(help));
    }
}
