//! A published advisory, with what follows from its facts: severity, ranges, dates, HTML.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

mod memo;

pub use memo::Memo;
use memo::{Answer, Question};

use super::links::Links;
use super::lint::Anchor;
use super::{prose, support};
use crate::diag::{Diagnostic, Diagnostics};
use crate::markdown::{self, Heading};
use crate::model::advisory::affected::{Affected as AffectedText, AffectedStatus, What};
use crate::model::advisory::{Advisory as Front, Cvss, Status};
use crate::model::parsed::File;
use crate::model::policy::Policy;
use crate::model::policy::product::Product;
use crate::rules::{advisory as rules, input};
use crate::source::body::Body;
use crate::source::{FileId, Span, Spanned};
use crate::value::comparators::Comparators;
use crate::value::cvss::CvssVersion;
use crate::value::date::When;
use crate::value::ecosystem;
use crate::value::id::AdvisoryId;
use crate::value::purl::Purl;
use crate::value::range::{End, Range, Ranges};
use crate::value::scheme::Scheme;
use crate::value::severity::Severity;
use crate::value::share::SHARE;

/// A published advisory.
#[derive(Debug)]
pub struct Advisory {
    /// Its id.
    pub id: AdvisoryId,
    /// Which file it is from.
    pub file: FileId,
    /// The front matter as written; its `affected` has moved to the field of that name.
    pub front: Front,
    /// The title without markup, as nearly every format has it.
    pub title: Box<str>,
    /// Since when it is public.
    pub published: When,
    /// When its content last changed: `modified`, else the newest of what is dated.
    pub modified: When,
    /// The severity that lists show: of the newest CVSS version's highest vector, else the word.
    pub severity: Option<Severity>,
    /// Which of `front.cvss` gave it.
    pub leading_vector: Option<usize>,
    /// What is hit and what is not.
    pub affected: Vec<Affected>,
    /// History of the document, oldest first; at least one entry.
    pub revisions: Vec<Revision>,
    /// The body's Markdown.
    pub body: Body,
    /// The body as HTML, with links for pages of this site.
    pub html: String,
    /// The body's headings.
    pub headings: Box<[Heading]>,
    /// The body's links to headings of other pages.
    pub anchors: Box<[Anchor]>,
}

/// A revision, written or derived.
#[derive(Debug, Clone)]
pub struct Revision {
    /// `1.0.0` or `1`.
    pub version: String,
    /// When.
    pub date: When,
    /// What changed.
    pub summary: String,
}

/// One thing that an advisory speaks of.
#[derive(Debug)]
pub struct Affected {
    /// What it is.
    pub target: Target,
    /// The package URL of a package whose registry has them; a product's stands in the policy.
    registered: Option<Purl>,
    /// How its versions compare.
    pub scheme: Scheme,
    /// Versions that are hit, sorted.
    pub ranges: Ranges,
    /// Versions that are said not to be hit.
    pub unaffected: Vec<Comparators>,
    /// The rest, as written; its `versions` have moved to `ranges`.
    pub text: AffectedText,
}

/// A product of the policy, or a package outside of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Index into `policy.products`.
    Product(usize),
    /// Name and OSV ecosystem.
    Package {
        /// Name.
        name: String,
        /// OSV name of the ecosystem.
        ecosystem: String,
    },
}

impl Affected {
    /// The package URL, without a version: the policy's, or that of the package's registry.
    pub fn purl<'a>(&'a self, policy: &'a Policy) -> Option<&'a Purl> {
        match &self.target {
            Target::Product(at) => policy.products[*at].purl.as_ref(),
            Target::Package { .. } => self.registered.as_ref(),
        }
    }

    /// Versions that are hit, without those that are said not to be.
    pub fn hit(&self) -> Cow<'_, Ranges> {
        if self.unaffected.is_empty() {
            return Cow::Borrowed(&self.ranges);
        }
        Cow::Owned(self.ranges.without(&self.unaffected))
    }
}

impl Advisory {
    /// The CVSS entry that lists show.
    pub fn vector(&self) -> Option<&Cvss> {
        self.leading_vector.map(|at| &self.front.cvss[at])
    }

    /// Whether it was taken back.
    pub fn is_withdrawn(&self) -> bool {
        self.front.withdrawn.is_some() || self.front.status.value == Status::Rejected
    }

    /// Whether something is hit that no release mends.
    pub fn is_unfixed(&self) -> bool {
        let hit = |a: &&Affected| a.text.status.value == AffectedStatus::Affected && !a.ranges.is_empty();
        !self.is_withdrawn() && self.affected.iter().filter(hit).any(|a| !a.ranges.all_fixed())
    }
}

/// Ids are their file names and unique; drafts count, so that two of one id are seen before either is published.
pub fn check_ids(files: &[Arc<File<Front>>], policy: Option<&Policy>, diags: &mut Diagnostics) {
    let prefix = policy.and_then(|policy| policy.advisories.prefix.as_ref());
    let prefix = prefix.map(|prefix| format!("{}-", prefix.as_str()));
    // Asked, never listed.
    let mut seen: HashMap<String, Span> = HashMap::with_capacity(files.len());
    for file in files {
        let id = &file.front.id;
        let stem = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or_default();
        if stem != id.as_str() {
            let message = format!("the id `{}` is not the file name", id.value);
            let help = format!("name the file `{}.md`, or correct the id", id.value);
            diags.push(rules::ID_FILE_NAME.at(id.span, message).help(help));
        }
        if let Some(first) = seen.insert(id.key(), id.span) {
            let message = format!("the id `{}` is taken", id.value);
            let finding = rules::DUPLICATE_ID.at(id.span, message).and(first, "first here");
            diags.push(
                finding.help(
                    "ids are unique, also when case is ignored; `secsite new advisory` finds a free one",
                ),
            );
        }
        let foreign = prefix.as_ref().filter(|prefix| !id.as_str().starts_with(prefix.as_str()));
        if let Some(prefix) = foreign
            && file.front.status.value != Status::Draft
            && !is_imported(id.as_str())
        {
            let message = format!("`{}` does not begin with `{prefix}`", id.value);
            diags.push(
                rules::FOREIGN_PREFIX
                    .at(id.span, message)
                    .help("correct the prefix; where ids of others are kept, allow this rule"),
            );
        }
    }
}

/// Ids of the well-known databases are imported ones; nobody mistypes a prefix into one of these.
pub fn is_imported(id: &str) -> bool {
    ["CVE-", "GHSA-", "RUSTSEC-", "PYSEC-", "GO-", "OSV-", "HSEC-", "JLSEC-", "CURL-"]
        .iter()
        .any(|p| id.starts_with(p))
}

/// What an advisory is seen against.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Where links may lead.
    pub links: &'a Links,
    /// The day that stands in for the date of one that has none; `None` where such a one is left out.
    pub undated: Option<When>,
}

/// Resolves all, newest first. Findings come in the order of files whatever the number of threads.
pub fn resolve_all(
    files: Vec<Arc<File<Front>>>,
    around: &Around<'_>,
    memo: Option<&mut Memo>,
    diags: &mut Diagnostics,
) -> Vec<Arc<Advisory>> {
    let mut advisories = Vec::with_capacity(files.len());
    match memo {
        Some(memo) => memo.resolve_all(&files, around, &mut advisories, diags),
        None => {
            let resolved: Vec<_> = files
                .into_par_iter()
                .with_max_len(SHARE)
                .map(|file| {
                    let mut diags = Diagnostics::default();
                    (resolve(file, around, &|_, _| {}, &mut diags).map(Arc::new), diags)
                })
                .collect();
            for (advisory, found) in resolved {
                diags.append(found);
                advisories.extend(advisory);
            }
        }
    }
    // Days become instants once, not in every comparison.
    let mut dated: Vec<_> = advisories.into_iter().map(|it| (it.published.timestamp(), it)).collect();
    dated.par_sort_by(|(a, left), (b, right)| b.cmp(a).then_with(|| right.id.cmp(&left.id)));
    dated.into_iter().map(|(_, advisory)| advisory).collect()
}

/// Resolves one. `heard` learns of each question about the rest of the site, and of the answer.
fn resolve(
    file: Arc<File<Front>>,
    around: &Around<'_>,
    heard: &dyn Fn(Question<'_>, &Answer),
    diags: &mut Diagnostics,
) -> Option<Advisory> {
    let Around { policy, links, undated } = *around;
    // Nobody else holds it, unless it is kept for the next time: then it is copied.
    let file = Arc::unwrap_or_clone(file);
    let mut front = file.front;
    // `visibility::published` lets none pass without a date, unless drafts are shown.
    let published = front.published.as_ref().map(|when| when.value).or(undated)?;
    check_dates(&front, published, diags);
    let has = |id: &str| {
        let answer = Answer::Is(links.has_advisory(id));
        heard(Question::Advisory(id), &answer);
        answer == Answer::Is(true)
    };
    check_references(&front, policy, &has, diags);
    prose::check_placeholder(front.title.as_str(), front.title.span, diags);
    let (severity, leading_vector) = severity(&front, diags);
    let texts = std::mem::take(&mut front.affected);
    let named_something = !texts.is_empty();
    // An entry is large, and a list that grows by itself begins with room for four.
    let mut affected = Vec::with_capacity(texts.len());
    affected.extend(texts.into_iter().filter_map(|text| resolve_affected(text, policy, diags)));
    for cvss in &front.cvss {
        if let Some(product) = &cvss.product {
            find_product(product, policy, diags);
        }
    }
    if front.informational.is_none() && !matches!(front.status.value, Status::Rejected) {
        if severity.is_none() && file.sound {
            let help = "add a [[cvss]] with a `vector`, or `severity`";
            diags.push(rules::MISSING_SEVERITY.at(front.id.span, "no severity is given").help(help));
        }
        if !named_something && file.sound {
            let help = "add an [[affected]] with `product` and `versions`";
            diags
                .push(rules::MISSING_AFFECTED.at(front.id.span, "nothing is said to be affected").help(help));
        }
    }
    check_vectors(&front, diags);
    let context = prose::Context { file: file.id, path: &file.path, offset: file.body_offset };
    let leads = |target: &str| {
        let found = links.resolve(&file.path, target);
        heard(Question::Link(target), &Answer::Leads(found.clone()));
        found
    };
    let mut rendered = prose::render(&file.body, &context, "d-", 2, &leads, diags);
    rendered.html.shrink_to_fit();
    let anchors = Anchor::of(&rendered, |part| context.span(part));
    let revisions = revisions(&front, published);
    let modified = modified(&front, published);
    Some(Advisory {
        id: front.id.value.clone(),
        file: file.id,
        published,
        modified,
        severity,
        leading_vector,
        affected,
        revisions,
        html: rendered.html,
        headings: rendered.headings.into(),
        anchors: anchors.into(),
        body: file.body,
        title: markdown::plain(front.title.as_str()).into(),
        front,
    })
}

/// CSAF 2.0 has no place for a vector of version 4: its readers would see no score at all.
fn check_vectors(front: &Front, diags: &mut Diagnostics) {
    let stands = front.informational.is_none() && front.withdrawn.is_none();
    let newest_alone = front.cvss.iter().all(|cvss| cvss.vector.version() == CvssVersion::V40);
    if let Some(cvss) = front.cvss.first()
        && stands
        && newest_alone
        && front.status.value != Status::Rejected
    {
        let message = "CSAF 2.0 has no place for a CVSS 4.0 vector, and there is no other";
        let help = "add a [[cvss]] with a vector of version 3.1 beside it";
        diags.push(rules::MISSING_CSAF_SCORE.at(cvss.vector.span, message).help(help));
    }
}

fn check_dates(front: &Front, published: When, diags: &mut Diagnostics) {
    let mut after = |when: &Spanned<When>, name: &str| {
        if before(when.value, published) {
            let message = format!("`{name}` ({}) lies before `published` ({published})", when.value);
            diags.push(rules::DATE_ORDER.at(when.span, message).help("correct one of them"));
        }
    };
    if let Some(modified) = &front.modified {
        after(modified, "modified");
    }
    if let Some(withdrawn) = &front.withdrawn {
        after(&withdrawn.date, "withdrawn.date");
    }
    for pair in front.revisions.windows(2) {
        if before(pair[1].date.value, pair[0].date.value) {
            let message = format!("revision `{}` is older than the one before it", pair[1].version.as_str());
            let finding =
                rules::DATE_ORDER.at(pair[1].date.span, message).and(pair[0].date.span, "the one before");
            diags.push(finding.help("write revisions oldest first"));
        }
        let order = Scheme::Numeric.compare(pair[0].version.as_str(), pair[1].version.as_str());
        if order != Some(Ordering::Less) {
            let message = format!(
                "revision `{}` does not come after `{}`",
                pair[1].version.as_str(),
                pair[0].version.as_str()
            );
            diags
                .push(rules::DATE_ORDER.at(pair[1].version.span, message).help("versions of revisions rise"));
        }
    }
}

/// A bare day is not before an instant within it.
fn before(a: When, b: When) -> bool {
    match (a, b) {
        (When::Instant(a), When::Instant(b)) => a < b,
        _ => a.day() < b.day(),
    }
}

fn check_references(
    front: &Front,
    policy: &Policy,
    has_advisory: &dyn Fn(&str) -> bool,
    diags: &mut Diagnostics,
) {
    let prefix = policy.advisories.prefix.as_ref().map(|prefix| format!("{}-", prefix.as_str()));
    let mut own = |id: &str, span: Span| {
        if prefix.as_ref().is_some_and(|prefix| id.starts_with(prefix.as_str())) && !has_advisory(id) {
            diags.push(unknown_advisory(id, span));
        }
    };
    for alias in front.related.iter().chain(&front.upstream) {
        own(alias.as_str(), alias.span);
    }
    let superseded = front.withdrawn.as_ref().and_then(|withdrawn| withdrawn.superseded_by.as_ref());
    if let Some(id) = superseded
        && !has_advisory(id.as_str())
    {
        diags.push(unknown_advisory(id.as_str(), id.span));
    }
    if let Some(id) = superseded
        && id.value == front.id.value
    {
        let message = format!("`{}` cannot take the place of itself", id.as_str());
        diags.push(
            input::BAD_VALUE.at(id.span, message).help("name the other advisory, or remove `superseded_by`"),
        );
    }
}

/// Says the same of an advisory that never was and of one that is a draft: the difference is a secret.
pub fn unknown_advisory(id: &str, span: Span) -> Diagnostic {
    let message = format!("there is no published advisory `{}`", crate::diag::escape::short(id, 64));
    rules::UNKNOWN_ADVISORY
        .at(span, message)
        .help("correct the id, or remove it until that advisory is published")
}

fn severity(front: &Front, diags: &mut Diagnostics) -> (Option<Severity>, Option<usize>) {
    let rank = |cvss: &Cvss| (cvss.vector.version_rank(), (cvss.vector.score() * 10.0).round() as u32);
    let leading = (0..front.cvss.len()).max_by_key(|at| (rank(&front.cvss[*at]), std::cmp::Reverse(*at)));
    let by_vector = leading.map(|at| front.cvss[at].vector.severity());
    if let (Some(word), Some(by_vector)) = (&front.severity, by_vector)
        && !front.cvss.iter().any(|cvss| cvss.vector.severity() == word.value)
    {
        let message =
            format!("`{}` disagrees with the CVSS vector, which says `{}`", word.label(), by_vector.label());
        let mut finding = rules::SEVERITY_MISMATCH.at(word.span, message);
        if let Some(at) = leading {
            finding = finding.and(front.cvss[at].vector.span, "the vector");
        }
        diags.push(finding.help("remove `severity`; the vector gives it"));
    }
    (by_vector.or(front.severity.as_ref().map(|word| word.value)), leading)
}

fn find_product(
    id: &Spanned<crate::value::line::Line>,
    policy: &Policy,
    diags: &mut Diagnostics,
) -> Option<usize> {
    let found = policy.products.iter().position(|product| product.id.as_str() == id.as_str());
    if found.is_none() {
        let shown = crate::diag::escape::short(id.as_str(), 60);
        let known: Vec<&str> = policy.products.iter().map(|product| product.id.as_str()).collect();
        let help = match crate::source::fields::nearest(id.as_str(), known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => {
                "policy.toml has no [[product]]; add one, or write `package` and `ecosystem`".into()
            }
            None => format!("the products are {}", crate::source::fields::list(&known)),
        };
        diags.push(
            rules::UNKNOWN_PRODUCT.at(id.span, format!("policy.toml has no product `{shown}`")).help(help),
        );
    }
    found
}

fn resolve_affected(text: AffectedText, policy: &Policy, diags: &mut Diagnostics) -> Option<Affected> {
    let (target, scheme) = match &text.what {
        What::Product(id) => {
            let at = find_product(id, policy, diags)?;
            (Target::Product(at), policy.products[at].scheme)
        }
        What::Package { name, ecosystem } => {
            let target =
                Target::Package { name: name.as_str().to_owned(), ecosystem: ecosystem.as_str().to_owned() };
            (target, support::scheme_of(ecosystem.as_str()))
        }
    };
    check_justification(&text, diags);
    let mut ranges = Vec::with_capacity(text.versions.len());
    for range in &text.versions {
        let end = match (&range.fixed, &range.last_affected) {
            (Some(fixed), None) => End::Fixed(fixed.as_str().to_owned()),
            (None, Some(last)) => End::LastAffected(last.as_str().to_owned()),
            (None, None) => End::Open,
            (Some(_), Some(last)) => {
                let help = "`fixed` is the first version that is safe, `last_affected` the last that is not: keep one";
                diags.push(rules::BAD_RANGE.at(last.span, "both `fixed` and `last_affected`").help(help));
                return None;
            }
        };
        ranges.push(Range { introduced: range.introduced.as_str().to_owned(), end });
    }
    let ranges = match Ranges::new(ranges, scheme) {
        Ok(ranges) => ranges,
        Err(problems) => {
            for (at, problem) in problems {
                let span = text.versions.get(at).map_or(text.span, |range| range.span);
                diags.push(rules::BAD_RANGE.at(span, problem.message).help(problem.help));
            }
            return None;
        }
    };
    if let Target::Product(at) = target {
        check_fixes(&text, &policy.products[at], scheme, diags);
    }
    let mut unaffected = Vec::with_capacity(text.unaffected.len());
    for line in &text.unaffected {
        match Comparators::parse(line.as_str()).and_then(|list| list.check(scheme).map(|()| list)) {
            Ok(list) => unaffected.push(list),
            Err(problem) => diags.push(rules::BAD_RANGE.at(line.span, problem.message).help(problem.help)),
        }
    }
    let registered = match &target {
        Target::Product(_) => None,
        Target::Package { name, ecosystem } => ecosystem::purl_of(ecosystem, name),
    };
    // `ranges` tells them now, and at a hundred thousand advisories a second copy is felt.
    let text = AffectedText { versions: Vec::new(), ..text };
    Some(Affected { target, registered, scheme, ranges, unaffected, text })
}

/// A fix is one of the product's releases, if those are listed. One that comes after all of them may be on its way.
fn check_fixes(text: &AffectedText, product: &Product, scheme: Scheme, diags: &mut Diagnostics) {
    if product.releases.is_empty() {
        return;
    }
    for fixed in text.versions.iter().filter_map(|range| range.fixed.as_ref()) {
        let releases =
            product.releases.iter().map(|release| scheme.compare(release.as_str(), fixed.as_str()));
        // Where the order is not known, neither is whether the list has ended before it.
        let orders: Option<Vec<_>> = releases.collect();
        let never = |orders: &Vec<Ordering>| {
            !orders.contains(&Ordering::Equal) && orders.contains(&Ordering::Greater)
        };
        if orders.as_ref().is_some_and(never) {
            let id = product.id.as_str();
            let shown = crate::diag::escape::short(fixed.as_str(), 60);
            let message = format!("`{id}` has no release `{shown}`, and a later one is known");
            let help = format!("correct `fixed`, or add the release to `releases` of `{id}` in policy.toml");
            diags.push(rules::BAD_RANGE.at(fixed.span, message).help(help));
        }
    }
}

fn check_justification(text: &AffectedText, diags: &mut Diagnostics) {
    let not_affected = text.status.value == AffectedStatus::NotAffected;
    if let Some(justification) = &text.justification
        && !not_affected
    {
        let message = "`justification` explains why something is not affected, and this is affected";
        let help = "set `status = \"not-affected\"`, or remove it";
        diags.push(rules::STRAY_JUSTIFICATION.at(justification.span, message).help(help));
    }
    if not_affected && text.justification.is_none() && text.statement.is_none() {
        let help = "add `justification`, or `statement` in words";
        diags.push(rules::MISSING_JUSTIFICATION.at(text.status.span, "no reason is given").help(help));
    }
    if not_affected && !text.versions.is_empty() {
        let help = "remove `versions`, or the status";
        diags.push(
            input::BAD_VALUE.at(text.status.span, "`not-affected` with affected `versions`").help(help),
        );
    }
}

/// The written history, or the one that follows from the dates.
fn revisions(front: &Front, published: When) -> Vec<Revision> {
    if !front.revisions.is_empty() {
        let revision = |r: &crate::model::advisory::history::Revision| Revision {
            version: r.version.as_str().to_owned(),
            date: r.date.value,
            summary: r.summary.as_str().to_owned(),
        };
        return front.revisions.iter().map(revision).collect();
    }
    let mut revisions =
        vec![Revision { version: "1.0.0".into(), date: published, summary: "First published.".into() }];
    let modified = modified(front, published);
    if before(published, modified) {
        let summary = if front.withdrawn.is_some() { "Withdrawn." } else { "Updated." };
        revisions.push(Revision { version: "1.1.0".into(), date: modified, summary: summary.into() });
    }
    revisions
}

/// When the content last changed.
fn modified(front: &Front, published: When) -> When {
    let dated = front.modified.iter().map(|when| when.value);
    let dated = dated.chain(front.revisions.iter().map(|revision| revision.date.value));
    let dated = dated.chain(front.withdrawn.iter().map(|withdrawn| withdrawn.date.value));
    dated.fold(published, |latest, when| if before(latest, when) { when } else { latest })
}

/// The body as HTML with addresses that work outside of the site, for feeds.
pub fn absolute_html(advisory: &Advisory, links: &Links) -> String {
    let resolve = |target: &str| links.resolve_absolute(target);
    let options = markdown::Options { id_prefix: "d-", top_level: 2, resolve: &resolve, markers: None };
    markdown::render(&advisory.body, &options).html
}
