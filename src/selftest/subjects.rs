//! The products and packages that an advisory speaks of, and the names by which files know them.

use crate::site::Site;
use crate::site::advisory::{Advisory, Affected, Target};
use crate::value::purl::Purl;
use crate::value::scheme::Scheme;

/// One product or package, or several that no name tells apart.
#[derive(Debug)]
pub(super) struct Subject<'s> {
    names: Vec<Names<'s>>,
    /// Products of the policy among them.
    pub products: Vec<usize>,
    /// How their versions compare; `None` where that differs among them.
    pub scheme: Option<Scheme>,
    /// Their known releases.
    pub releases: Vec<&'s str>,
    /// Whether versions are said not to be hit.
    pub spared: bool,
}

#[derive(Debug)]
struct Names<'s> {
    name: &'s str,
    ecosystem: Option<&'s str>,
    purl: Option<String>,
}

/// All that an advisory speaks of.
#[derive(Debug, Default)]
pub(super) struct Subjects<'s>(Vec<Subject<'s>>);

impl<'s> Subjects<'s> {
    pub(super) fn of(site: &'s Site, advisory: &'s Advisory) -> Self {
        let mut all: Vec<Subject<'s>> = Vec::new();
        for (at, affected) in advisory.affected.iter().enumerate() {
            let mut subject = Subject::of(site, affected);
            // Others of the same name are one with it: which of them a file means cannot be told. Most advisories speak
            // of one thing in every entry, so names are compared only once.
            let again = at > 0 && advisory.affected[at - 1].target == affected.target;
            match all.last_mut().filter(|_| again) {
                Some(last) => last.spared |= subject.spared,
                None => {
                    while let Some(at) = all.iter().position(|other| other.shares_a_name(&subject)) {
                        subject.join(all.remove(at));
                    }
                    all.push(subject);
                }
            }
        }
        Self(all)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Subject<'s>)> {
        self.0.iter().enumerate()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Subject<'s>> {
        self.0.get(at)
    }

    /// Which one a file means: by its package URL, else by its name and what it calls the place where it is from.
    pub(super) fn find(&self, purl: Option<&str>, name: &str, place: Option<&str>) -> Result<usize, String> {
        let by =
            |is: &dyn Fn(&Names<'_>) -> bool| self.0.iter().position(|subject| subject.names.iter().any(is));
        // A version is what stands between the name and the qualifiers.
        let bare = purl.map(|purl| purl.split(['@', '?', '#']).next().unwrap_or(purl));
        bare.and_then(|bare| by(&|it| it.purl.as_deref() == Some(bare)))
            .or_else(|| by(&|it| it.name == name && it.ecosystem.is_some() && it.ecosystem == place))
            .or_else(|| by(&|it| it.name == name && it.ecosystem.is_none()))
            .or_else(|| by(&|it| it.name == name && place.is_none()))
            .ok_or_else(|| {
                let shown = crate::diag::escape::short(purl.unwrap_or(name), 60);
                format!("it speaks of `{shown}`, of which the advisory says nothing")
            })
    }
}

impl<'s> Subject<'s> {
    fn of(site: &'s Site, affected: &'s Affected) -> Self {
        let purl = affected.purl(&site.policy).map(Purl::without_version);
        let (name, ecosystem, product) = match &affected.target {
            Target::Product(at) => (site.policy.products[*at].name.as_str(), None, Some(*at)),
            Target::Package { name, ecosystem } => (name.as_str(), Some(ecosystem.as_str()), None),
        };
        let releases = product.map(|at| &site.policy.products[at].releases).into_iter().flatten();
        Self {
            names: vec![Names { name, ecosystem, purl }],
            products: product.into_iter().collect(),
            scheme: Some(affected.scheme),
            releases: releases.map(|release| release.as_str()).collect(),
            spared: !affected.unaffected.is_empty(),
        }
    }

    /// What people call it.
    pub(super) fn name(&self) -> &'s str {
        self.names.first().map_or("", |names| names.name)
    }

    fn shares_a_name(&self, other: &Self) -> bool {
        let same = |a: &Names<'_>, b: &Names<'_>| {
            (a.purl.is_some() && a.purl == b.purl) || (a.name == b.name && a.ecosystem == b.ecosystem)
        };
        self.names.iter().any(|a| other.names.iter().any(|b| same(a, b)))
    }

    fn join(&mut self, other: Self) {
        self.scheme = if self.scheme == other.scheme { self.scheme } else { None };
        self.names.extend(other.names);
        self.products.extend(other.products);
        self.releases.extend(other.releases);
        self.spared |= other.spared;
    }
}
