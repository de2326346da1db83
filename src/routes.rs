//! The only place where an output path or an address is spelled.
//!
//! A [`Route`] is what stands after the portal's base URL: `advisories/EXAMPLE-2026-0001/`. One that is empty or ends
//! in `/` is a page, and its file is the folder's `index.html`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::value::id::{AdvisoryId, Alias};

/// An address within the portal, without a leading slash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route(String);

impl Route {
    /// A route that is spelled out; only this module and tests do that.
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path after the base URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as it stands in a URL (RFC 3986 §3.3): what is not allowed there is percent-encoded. Only pages and files
    /// of `content/` and of themes can have such names.
    pub fn encoded(&self) -> Cow<'_, str> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/');
        let allowed = |byte: &u8| plain(*byte) || b"~!$&'()*+,;=:@".contains(byte);
        if self.0.bytes().all(|byte| allowed(&byte)) {
            return Cow::Borrowed(&self.0);
        }
        let mut out = String::with_capacity(self.0.len() * 3);
        for byte in self.0.bytes() {
            if allowed(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        Cow::Owned(out)
    }

    /// The file that a host serves for it.
    pub fn file(&self) -> OutPath {
        let index = self.0.is_empty() || self.0.ends_with('/');
        OutPath(if index { [&self.0, "index.html"].concat().into() } else { self.0.as_str().into() })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the output, relative, with `/` between its parts and never `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// A path that somebody else wrote, such as a manifest's; `None` where it is absolute, climbs out of its folder, or
    /// is no file's path on every system.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| c != '\\' && !c.is_control();
        let drive = text.as_bytes().get(1) == Some(&b':');
        let whole = text.split('/').all(|part| !matches!(part, "" | "." | ".."));
        (whole && !drive && text.chars().all(plain)).then(|| Self(text.into()))
    }

    /// The path as it stands in the manifest.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The route of the page that this file is, if it is one.
    pub fn page(&self) -> Option<Route> {
        let folder = self.0.strip_suffix("index.html")?;
        (folder.is_empty() || folder.ends_with('/')).then(|| Route(folder.to_owned()))
    }

    /// The version of the former manifest that this file is or signs.
    pub fn history_version(&self) -> Option<u64> {
        let name = self.0.strip_suffix(".asc").unwrap_or(&self.0);
        let version = name.strip_prefix(HISTORY)?.strip_suffix(".json")?.parse().ok()?;
        (history(version).as_str() == name).then_some(version)
    }

    /// The number of the statement of succession that this file is or signs.
    pub fn succession_number(&self) -> Option<u32> {
        let name = self.0.strip_suffix(".asc").unwrap_or(&self.0);
        let number = name.strip_prefix(SUCCESSIONS)?.strip_suffix(".json")?.parse().ok()?;
        (succession(number).as_str() == name).then_some(number)
    }

    /// Whether it tells of the past: a former manifest, a statement of succession, or a signature over one. It comes from
    /// release to release, and whoever signed it may be gone by now.
    pub fn tells_of_the_past(&self) -> bool {
        self.history_version().is_some() || self.succession_number().is_some()
    }

    /// A file that lies beside this one: `feed.atom` and `feed.atom.asc`.
    #[must_use]
    pub fn with(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.0).into())
    }

    /// Two paths with the same key are one file on half of the world's file systems.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const HISTORY: &str = ".well-known/secsite/history/";
const CSAF: &str = "csaf/white/";
const SUCCESSIONS: &str = ".well-known/secsite/signers/";

macro_rules! fixed {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        $($(#[$doc])* pub fn $name() -> Route { Route::new($path) })+
    };
}

fixed! {
    /// The home page.
    home = "";
    /// How to report.
    report = "report/";
    /// The policy.
    policy = "policy/";
    /// The list of advisories, first page.
    advisories = "advisories/";
    /// Supported versions.
    support = "support/";
    /// OpenPGP keys.
    keys = "keys/";
    /// Hall of fame.
    thanks = "thanks/";
    /// What can be subscribed to.
    feeds = "feeds/";
    /// How to verify the portal.
    verify = "verify/";
    /// What a host shows for an address that is not there.
    not_found = "404.html";
    /// RFC 9116.
    security_txt = ".well-known/security.txt";
    /// Every other file with its size and hash.
    manifest = ".well-known/secsite/manifest.json";
    /// For `sha256sum -c`.
    checksums = "SHA256SUMS";
    /// End dates of support, as a calendar.
    support_calendar = "support.ics";
    /// Everything that ends, as a calendar.
    renewals_calendar = "renewals.ics";
    /// Ids of all OSV records, with the date of each one's last change.
    osv_list = "osv/all.json";
    /// All OSV records.
    osv_archive = "osv/all.zip";
    /// For search engines.
    sitemap = "sitemap.xml";
    /// For crawlers.
    robots = "robots.txt";
    /// Tells GitHub Pages to serve folders that begin with a dot.
    nojekyll = ".nojekyll";
    /// Tells GitHub Pages the host name.
    cname = "CNAME";
    /// Response headers, for hosts that read them.
    headers = "_headers";
    /// Who publishes CSAF documents here, and where (CSAF 2.0 §7.1.9).
    csaf_provider = ".well-known/csaf/provider-metadata.json";
    /// All CSAF documents, as ROLIE (CSAF 2.0 §7.1.15).
    csaf_feed = "csaf/white/csaf-feed-tlp-white.json";
    /// The ROLIE feeds there are (CSAF 2.0 §7.1.16).
    csaf_service = "csaf/service.json";
    /// The categories of entries in the ROLIE feed (CSAF 2.0 §7.1.17).
    csaf_category = "csaf/category.json";
    /// All CSAF documents, one path a line (CSAF 2.0 §7.1.12).
    csaf_index = "csaf/white/index.txt";
    /// The same with the date of the last change (CSAF 2.0 §7.1.13).
    csaf_changes = "csaf/white/changes.csv";
    /// The legacy address that disclosure schemes ask for.
    disclosure_policy = "vulnerability-disclosure-policy/";
}

/// The folders of files that go from release to release; no other file may lie in them.
pub fn carried() -> [OutPath; 2] {
    [HISTORY, SUCCESSIONS].map(|folder| OutPath(folder.trim_end_matches('/').into()))
}

/// A manifest that was in force before.
pub fn history(version: u64) -> Route {
    Route::new(format!("{HISTORY}{version}.json"))
}

/// The statement by which signers hand over to others; they count from 1.
pub fn succession(number: u32) -> Route {
    Route::new(format!("{SUCCESSIONS}{number}.json"))
}

/// One of the sitemaps of a portal with more pages than one file may hold; they count from 1.
pub fn sitemap_part(part: usize) -> Route {
    Route::new(format!("sitemap-{part}.xml"))
}

/// One page of a paged list; pages count from 1, and the first is the list itself.
pub fn paged(list: &Route, page: usize) -> Route {
    if page <= 1 { list.clone() } else { Route::new(format!("{list}page/{page}/")) }
}

/// An advisory's page.
pub fn advisory(id: &AdvisoryId) -> Route {
    Route::new(["advisories/", id.as_str(), "/"].concat())
}

/// A CSAF document, by the year of its first release, UTC.
pub fn csaf_document(id: &AdvisoryId, year: i16) -> Route {
    let mut path = String::with_capacity(CSAF.len() + 16 + id.as_str().len());
    path.push_str(CSAF);
    push_csaf_path(&mut path, id, year);
    Route::new(path)
}

/// The same relative to [`csaf_index`], as the lists name it.
pub fn csaf_path(id: &AdvisoryId, year: i16) -> String {
    let mut path = String::with_capacity(16 + id.as_str().len());
    push_csaf_path(&mut path, id, year);
    path
}

fn push_csaf_path(path: &mut String, id: &AdvisoryId, year: i16) {
    path.push_str(&year.to_string());
    path.push('/');
    push_csaf_name(path, id.as_str());
}

/// The file name of a document: CSAF 2.0 §5.1.
fn push_csaf_name(path: &mut String, id: &str) {
    let start = path.len();
    // Nearly every id.
    if id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-')) {
        path.push_str(id);
        path[start..].make_ascii_lowercase();
    } else {
        for c in id.to_lowercase().chars() {
            if c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '+' | '-') {
                path.push(c);
            } else if !path[start..].ends_with('_') {
                path.push('_');
            }
        }
    }
    path.push_str(".json");
}

/// Advisories of one severity: `none` to `critical`, or `unknown`.
pub fn by_severity(severity: &str) -> Route {
    Route::new(format!("advisories/severity/{severity}/"))
}

/// Advisories published in one year, UTC.
pub fn by_year(year: i16) -> Route {
    Route::new(format!("advisories/year/{year}/"))
}

/// Advisories about one product of the policy.
pub fn by_product(product: &str) -> Route {
    Route::new(format!("advisories/product/{product}/"))
}

/// Advisories in one state.
pub fn by_state(state: &str) -> Route {
    Route::new(format!("advisories/state/{state}/"))
}

/// What hits one release of a product.
pub fn version(product: &str, version: &str) -> Route {
    Route::new(format!("versions/{product}/{}/", segment(version)))
}

/// All known releases of a product.
pub fn versions(product: &str) -> Route {
    Route::new(format!("versions/{product}/"))
}

/// Leads from another id of an advisory to its page.
pub fn alias(alias: &Alias) -> Route {
    Route::new(format!("{}/", segment(alias.as_str())))
}

/// A page of `content/`: `content/docs/keys.md` is `docs/keys/`, an `index.md` its folder.
pub fn content_page(path: &str) -> Route {
    let inner = path.strip_prefix("content/").unwrap_or(path);
    let stem = inner.strip_suffix(".md").unwrap_or(inner);
    match stem.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => Route::new(folder),
        _ => Route::new(format!("{stem}/")),
    }
}

/// Another file of `content/`, copied.
pub fn content_file(path: &str) -> Route {
    Route::new(path.strip_prefix("content/").unwrap_or(path))
}

/// A file of the theme's `static/`.
pub fn theme_file(path: &str) -> Route {
    Route::new(format!("assets/{path}"))
}

/// A certificate, armored.
pub fn certificate(fingerprint: &str) -> Route {
    Route::new(format!("keys/{fingerprint}.asc"))
}

/// The Web Key Directory's policy file; `domain` for the advanced layout.
pub fn wkd_policy(domain: Option<&str>) -> Route {
    Route::new(match domain {
        Some(domain) => format!(".well-known/openpgpkey/{domain}/policy"),
        None => ".well-known/openpgpkey/policy".to_owned(),
    })
}

/// A key in the Web Key Directory; `domain` for the advanced layout.
pub fn wkd_key(domain: Option<&str>, hash: &str) -> Route {
    Route::new(match domain {
        Some(domain) => format!(".well-known/openpgpkey/{domain}/hu/{hash}"),
        None => format!(".well-known/openpgpkey/hu/{hash}"),
    })
}

/// A feed of the whole site; `kind` is `atom`, `rss` or `json`.
pub fn feed(kind: &str) -> Route {
    Route::new(format!("feed.{kind}"))
}

/// A feed of one product.
pub fn product_feed(product: &str, kind: &str) -> Route {
    Route::new(format!("feeds/product/{product}.{kind}"))
}

/// A feed of one severity.
pub fn severity_feed(severity: &str, kind: &str) -> Route {
    Route::new(format!("feeds/severity/{severity}.{kind}"))
}

/// A product's lifecycle as data.
pub fn support_data(product: &str) -> Route {
    Route::new(format!("support/{product}.json"))
}

/// An OSV record, by its own id.
pub fn osv(id: &str) -> Route {
    Route::new(["osv/", id, ".json"].concat())
}

/// The record of a CVE id.
pub fn cve(id: &Alias) -> Route {
    Route::new(format!("cve/{}.json", segment(id.as_str())))
}

/// What is known of a product's releases, as OpenVEX.
pub fn vex(product: &str) -> Route {
    Route::new(format!("vex/{product}.openvex.json"))
}

/// One part of a path from a foreign string: what is unsafe anywhere becomes `_`.
fn segment(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    let text = text.replace(|c| !safe(c), "_");
    if text.bytes().all(|b| b == b'.') { format!("_{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        let encoded = |path: &str| Route::new(path).encoded().into_owned();
        assert_eq!(encoded("docs/a b%ü/"), "docs/a%20b%25%C3%BC/");
        assert_eq!(encoded("docs/a?b#c/"), "docs/a%3Fb%23c/");
        assert_eq!(encoded("advisories/EXAMPLE-2026-0001/"), "advisories/EXAMPLE-2026-0001/");
    }

    #[test]
    fn what_is_carried_is_known_by_its_name() {
        let history = |path: &str| OutPath::parse(path).and_then(|path| path.history_version());
        assert_eq!(history(".well-known/secsite/history/7.json"), Some(7));
        assert_eq!(history(".well-known/secsite/history/7.json.asc"), Some(7));
        for odd in ["07.json", "+7.json", "7.json.asc.asc", "7", "7.txt", "x/7.json"] {
            assert_eq!(history(&format!(".well-known/secsite/history/{odd}")), None, "{odd}");
        }
        assert_eq!(succession(3).file().with(".asc").succession_number(), Some(3));
        assert_eq!(history(".well-known/secsite/signers/3.json"), None);
    }

    #[test]
    fn csaf_names() {
        let name = |id: &str| {
            let mut path = "x_".to_owned();
            push_csaf_name(&mut path, id);
            path
        };
        assert_eq!(name("2022_#01-A"), "x_2022_01-a.json");
        assert_eq!(name("#Example+2019-1.5 \u{e9}\u{e9}x"), "x__example+2019-1_5_x.json");
        let id = AdvisoryId::parse("EXAMPLE-2026-0001").unwrap();
        assert_eq!(csaf_document(&id, 2026).as_str(), "csaf/white/2026/example-2026-0001.json");
        assert!(csaf_index().as_str().starts_with(CSAF) && csaf_changes().as_str().starts_with(CSAF));
    }

    #[test]
    fn files_of_routes() {
        assert_eq!(home().file().as_str(), "index.html");
        assert_eq!(report().file().as_str(), "report/index.html");
        assert_eq!(not_found().file().as_str(), "404.html");
        assert_eq!(paged(&advisories(), 1).as_str(), "advisories/");
        assert_eq!(paged(&advisories(), 3).as_str(), "advisories/page/3/");
    }

    #[test]
    fn foreign_segments_are_tame() {
        assert_eq!(version("core", "1:2.0~rc/1").as_str(), "versions/core/1_2.0_rc_1/");
        assert_eq!(version("core", "..").as_str(), "versions/core/_../");
    }

    #[test]
    fn content_routes() {
        assert_eq!(content_page("content/docs/index.md").as_str(), "docs/");
        assert_eq!(content_page("content/docs/reindex.md").as_str(), "docs/reindex/");
        assert_eq!(content_page("content/faq.md").as_str(), "faq/");
    }
}
