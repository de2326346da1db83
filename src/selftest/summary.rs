//! What stays of an advisory once its own files are compared: as much as others repeat.

use super::compare::File;
use super::facts::Entry;
use super::moment::Moment;
use super::subjects::Subjects;
use crate::value::scheme::Scheme;

/// An advisory in brief.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub published: Option<Moment<'static>>,
    pub modified: Option<Moment<'static>>,
    /// When its CSAF document changed, which may be some seconds later.
    pub document: Option<Moment<'static>>,
    pub withdrawn: Option<bool>,
    /// Whether it has a record of OSV.
    pub record: bool,
    pub products: Vec<Product>,
}

/// What it says of a product of the policy.
#[derive(Debug)]
pub(super) struct Product {
    pub product: usize,
    pub scheme: Scheme,
    pub entries: Vec<Entry<'static>>,
}

impl Summary {
    /// Of files that agree.
    pub(super) fn of(files: Vec<File<'_>>, subjects: &Subjects<'_>) -> Self {
        let mut summary = Self::default();
        let mut spoken = Vec::new();
        for (path, facts) in files {
            if path.starts_with("csaf/") {
                summary.document = facts.modified.map(Moment::into_owned);
            } else {
                // Seconds before days: the page comes last.
                summary.modified = summary.modified.or(facts.modified.map(Moment::into_owned));
            }
            summary.record |= path.starts_with("osv/");
            summary.published = summary.published.or(facts.published.map(Moment::into_owned));
            summary.withdrawn = summary.withdrawn.or(facts.withdrawn);
            spoken.extend(facts.entries.map(|entries| (entries, facts.mute)));
        }
        for (at, subject) in subjects.iter() {
            // Of several products that no name tells apart, files say one thing and OpenVEX another of each.
            let ([product], Some(scheme)) = (subject.products.as_slice(), subject.scheme) else { continue };
            let own =
                spoken.iter_mut().rev().filter(|(_, mute)| !mute.contains(&at)).find_map(|(entries, _)| {
                    let own: Vec<_> = entries.extract_if(.., |entry| entry.subject == at).collect();
                    (!own.is_empty()).then_some(own)
                });
            let entries = own.unwrap_or_default().into_iter().map(Entry::into_owned).collect();
            summary.products.push(Product { product: *product, scheme, entries });
        }
        summary
    }
}
