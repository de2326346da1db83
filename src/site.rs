//! The portal as a value: everything that is published, and nothing that is not.
//!
//! [`resolve`] looks across files: ids are unique, references exist, dates are in order, ranges hold, certificates are
//! the ones named. Drafts and embargoed advisories leave here, so no format can leak one (guarantee G1). What comes out
//! is what `--preview` may still show when there are findings, and what `build` signs when there are none.

pub mod active;
pub mod advisory;
pub mod aliases;
pub mod fragments;
pub mod keys;
pub mod links;
pub mod lint;
pub mod pages;
pub mod policy;
pub mod products;
pub mod prose;
pub mod secrets;
pub mod support;
pub mod tagged;
pub mod thanks;
pub mod visibility;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::Diagnostics;
use crate::model::parsed::Parsed;
use crate::model::policy::Policy;
use crate::openpgp::Certificate;
use crate::source::Sources;
use crate::theme::Theme;
use crate::value::date::When;
use crate::value::url::BaseUrl;

use advisory::{Advisory, Memo};
use keys::Key;
use links::Links;
use pages::{Asset, Page};
use thanks::Year;
use visibility::Held;

/// What a build is, as every page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Signed by the owner's key: nothing is said.
    Signed,
    /// Without signatures.
    Unsigned,
    /// Signed by a key that is thrown away.
    DevKey,
    /// To be looked at, not published.
    Preview,
    /// To be looked at while it is written: what `serve` shows.
    Serve,
}

impl Mark {
    /// Whether it is made in spite of findings, to be looked at.
    pub fn is_preview(self) -> bool {
        matches!(self, Self::Preview | Self::Serve)
    }
}

/// What the command line says about a build.
#[derive(Debug, Clone)]
pub struct Options {
    /// Another base URL than the policy's.
    pub base_url: Option<BaseUrl>,
    /// What the build is.
    pub mark: Mark,
    /// The throwaway certificate of `--dev-key`.
    pub dev_certificate: Option<Certificate>,
    /// Warn about all that ends within so many days, support of versions too; without it about reviews and keys, within
    /// [`NOTICE_DAYS`].
    pub days: Option<u16>,
    /// Show drafts and embargoed advisories, marked as such: on the author's own screen and nowhere else. `serve` alone
    /// sets it.
    pub drafts: bool,
}

/// How many days before its end a review, a key or a manifest is warned about, where nobody asks for more or less.
pub const NOTICE_DAYS: u16 = 30;

impl Options {
    /// How many days ahead ends are warned about.
    pub fn notice(&self) -> u16 {
        self.days.unwrap_or(NOTICE_DAYS)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { base_url: None, mark: Mark::Unsigned, dev_certificate: None, days: None, drafts: false }
    }
}

/// A portal.
#[derive(Debug)]
pub struct Site {
    /// The policy as written.
    pub policy: Policy,
    /// Where the portal lives.
    pub base: BaseUrl,
    /// The date of the build.
    pub date: Timestamp,
    /// What the build is.
    pub mark: Mark,
    /// Published advisories, newest first.
    pub advisories: Vec<Arc<Advisory>>,
    /// Those among them that no build would publish, by id, and why. Empty but in `serve`.
    pub held: BTreeMap<String, Held>,
    /// Advisories by their other ids; several may share one. It is asked, never listed.
    pub aliases: HashMap<String, Vec<usize>>,
    /// Keys that are shown, the signing one among them.
    pub keys: Vec<Key>,
    /// The hall of fame, newest year first.
    pub thanks: Vec<Year>,
    /// Further pages, by route.
    pub pages: Vec<Page>,
    /// Files that are copied.
    pub assets: Vec<Asset>,
    /// The Markdown of files that sections include, by path.
    pub fragments: BTreeMap<String, String>,
    /// Where links within the site may lead.
    pub links: Links,
    /// Templates and static files.
    pub theme: Theme,
}

impl Site {
    /// The address of a route, with scheme and host.
    pub fn url(&self, route: &crate::routes::Route) -> String {
        self.base.join(&route.encoded())
    }

    /// The address of a route within its host, for links on pages.
    pub fn href(&self, route: &crate::routes::Route) -> String {
        [self.base.path(), &route.encoded()].concat()
    }

    /// The key whose owner signs the site, if it is signed; the first of them, if several do.
    pub fn signing_key(&self) -> Option<&Key> {
        self.signing_keys().next()
    }

    /// The keys whose owners sign the site; none, if it is not signed.
    pub fn signing_keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(|key| key.signs)
    }

    /// The certificates of those keys, as far as they are published.
    pub fn signing_certificates(&self) -> Vec<Certificate> {
        self.signing_keys().filter_map(|key| key.certificate.clone()).collect()
    }

    /// The date of the build as a day, UTC.
    pub fn today(&self) -> jiff::civil::Date {
        When::Instant(self.date).day()
    }

    /// The day from which the policy's facts are told: that of the last review, else that of the build.
    pub fn dated(&self) -> jiff::civil::Date {
        self.policy.document.attested().unwrap_or_else(|| self.today())
    }

    /// The advisories that are shown, newest first.
    pub fn shown(&self) -> impl Iterator<Item = &Advisory> {
        self.advisories.iter().map(|advisory| &**advisory)
    }

    /// The advisory of an id.
    pub fn find(&self, id: &str) -> Option<&Advisory> {
        self.shown().find(|advisory| advisory.id.as_str() == id)
    }
}

/// Makes the portal, or `None` where the policy could not be read. Findings of level deny in `diags` mean that it is
/// not fit to be published.
pub fn resolve(
    sources: &Sources,
    parsed: Parsed,
    options: &Options,
    diags: &mut Diagnostics,
) -> Option<Site> {
    resolve_again(sources, parsed, options, None, diags)
}

/// The same, with what is known from the last time: an advisory whose file and whose surroundings are what they were
/// is not looked at again.
pub fn resolve_again(
    sources: &Sources,
    parsed: Parsed,
    options: &Options,
    memo: Option<&mut Memo>,
    diags: &mut Diagnostics,
) -> Option<Site> {
    let Parsed { policy, advisories, pages, fragments, assets, .. } = parsed;
    let mut of_ids = Diagnostics::default();
    rayon::join(
        || secrets::check(sources, diags),
        // Ids are checked with or without a policy, so that one run shows every mistake.
        || advisory::check_ids(&advisories, policy.as_ref(), &mut of_ids),
    );
    diags.append(of_ids);
    let mut held = BTreeMap::new();
    let mut visible = visibility::published(advisories, options, sources, &mut held, diags);
    let mut policy = policy?;
    let base = options.base_url.clone().unwrap_or_else(|| policy.site.base_url.value.clone());
    policy::check(&policy, &base, sources, options, diags);
    // What shares an id has been reported; the first of each stays, so that no address has two owners.
    keep_first(&mut policy.products, |product| product.id.as_str().to_lowercase());
    for product in &mut policy.products {
        keep_first(&mut product.releases, |release| release.as_str().to_owned());
    }
    keep_first(&mut policy.keys, |key| key.id.as_str().to_lowercase());
    keep_first(&mut visible, |file| file.front.id.key());

    let (fragments, pages) = fragments::sort(fragments, pages, &policy);
    let subject = lint::Subject {
        policy: &policy,
        fragments: &fragments,
        pages: &pages,
        advisories: &visible,
        sources,
    };
    let ((), links) = rayon::join(
        || lint::check(&subject, diags),
        || Links::collect(&base, &visible, &pages, &assets, sources),
    );
    let undated = options.drafts.then(|| When::Day(When::Instant(sources.date).day()));
    let around = advisory::Around { policy: &policy, links: &links, undated };
    let advisories = advisory::resolve_all(visible, &around, memo, diags);
    let mut of_aliases = Diagnostics::default();
    let (aliases, (keys, pages, assets, thanks, theme)) = rayon::join(
        || aliases::collect(&advisories, &policy, &mut of_aliases),
        || {
            let keys = keys::resolve(&policy, sources, options, diags);
            let pages = pages::resolve(pages, &links, diags);
            let assets = pages::assets(&assets, sources, diags);
            let thanks = thanks::collect(&policy, &advisories);
            let anchors = prose::check(&policy, &fragments, &links, sources, diags);
            lint::check_rendered(&advisories, &pages, &anchors, &base, diags);
            (keys, pages, assets, thanks, Theme::load(sources, &policy.site.theme, diags))
        },
    );
    diags.append(of_aliases);
    let mut site = Site {
        base,
        date: sources.date,
        mark: options.mark,
        advisories,
        held,
        aliases,
        keys,
        thanks,
        pages,
        assets,
        fragments,
        links,
        theme,
        policy,
    };
    let globals = crate::theme::view::global::Global::of(&site);
    site.theme.set_globals(&globals, diags);
    Some(site)
}

fn keep_first<T>(list: &mut Vec<T>, id: impl Fn(&T) -> String) {
    // Asked, never listed.
    let mut seen = HashSet::new();
    list.retain(|item| seen.insert(id(item)));
}

#[cfg(test)]
pub(crate) mod sample;
