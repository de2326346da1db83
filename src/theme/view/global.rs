//! What every page sees: the variable `site`.

use serde::Serialize;

use super::day::Day;
use super::link::Link;
use crate::routes;
use crate::site::{Mark, Site, policy};
use crate::value::date::When;

/// What pages may load: their own style sheets and images. No script, no frame, no form.
pub(crate) const CSP: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// The variable `site`.
#[derive(Debug, Serialize)]
pub struct Global {
    /// The project's name.
    pub name: String,
    /// What the portal is called: the name and "security".
    pub title: String,
    /// Title of the policy.
    pub policy_title: String,
    /// BCP 47.
    pub lang: String,
    /// Whether the language is written from right to left.
    pub rtl: bool,
    /// The portal's address, ending in `/`.
    pub base_url: String,
    /// Content of the Content Security Policy element.
    pub csp: &'static str,
    /// `signed`, `unsigned`, `dev-key`, `preview` or `serve`.
    pub mark: &'static str,
    /// The date of the build.
    pub built: Day,
    /// When a person last attested that the policy holds; absent if nobody has yet.
    pub reviewed: Option<Day>,
    /// Who did; may be empty.
    pub reviewed_by: String,
    /// By when it must be done again; absent if it was never done.
    pub review_due: Option<Day>,
    /// Whether that day had passed when the site was built.
    pub review_overdue: bool,
    /// `secsite` and its version.
    pub generator: &'static str,
    /// The menu.
    pub nav: Vec<Entry>,
    /// The feeds of the whole portal.
    pub feeds: [Link; 3],
    /// Addresses of the fixed pages and files.
    pub url: Urls,
}

/// One entry of the menu.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Compared with `page.section`.
    pub id: String,
    /// Its address.
    pub href: String,
    /// Its words.
    pub label: String,
}

/// The variable `site.url`.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "each is the address of the page or file of its name")]
pub struct Urls {
    pub home: String,
    pub report: String,
    pub policy: String,
    pub advisories: String,
    pub support: String,
    pub keys: String,
    pub thanks: String,
    pub feeds: String,
    pub verify: String,
    /// Absent where none can be made: no contact has been confirmed, or the review has run out.
    pub security_txt: Option<String>,
    pub atom: String,
    pub rss: String,
    pub json_feed: String,
    pub css: String,
    pub favicon: String,
    /// `static/custom.css` of the site's theme, where there is one.
    pub custom_css: Option<String>,
}

impl Global {
    /// Gathers it.
    pub fn of(site: &Site) -> Self {
        let policy = &site.policy;
        let document = &policy.document;
        let name = policy.project.name.as_str();
        let reviewers: Vec<&str> =
            document.reviewed_by.iter().map(crate::value::line::Line::as_str).collect();
        let due = document.attested().and_then(|_| policy::expires(policy));
        Self {
            name: name.to_owned(),
            title: format!("{name} security"),
            policy_title: document.title.as_str().to_owned(),
            lang: document.language.as_str().to_owned(),
            rtl: document.language.direction() == "rtl",
            base_url: site.base.as_str().to_owned(),
            csp: CSP,
            mark: match site.mark {
                Mark::Signed => "signed",
                Mark::Unsigned => "unsigned",
                Mark::DevKey => "dev-key",
                Mark::Preview => "preview",
                Mark::Serve => "serve",
            },
            built: site.date.into(),
            reviewed: document.attested().map(Day::from),
            reviewed_by: super::prose::and(&reviewers),
            review_due: due.map(Day::from),
            review_overdue: due.is_some_and(|due| due < When::Instant(site.date).day()),
            generator: concat!("secsite ", env!("CARGO_PKG_VERSION")),
            nav: nav(site),
            feeds: [("atom", "Atom"), ("rss", "RSS"), ("json", "JSON Feed")]
                .map(|(kind, label)| Link::to(site, &routes::feed(kind), label)),
            url: Urls::of(site),
        }
    }
}

fn nav(site: &Site) -> Vec<Entry> {
    let fixed = [
        ("advisories", routes::advisories(), "Advisories"),
        ("support", routes::support(), "Support"),
        ("keys", routes::keys(), "Keys"),
        ("policy", routes::policy(), "Policy"),
    ];
    let fixed =
        fixed.map(|(id, route, label)| Entry { id: id.into(), href: site.href(&route), label: label.into() });
    let pages = site.pages.iter().filter(|page| page.front.menu).map(|page| {
        let href = site.href(&page.route);
        Entry { id: href.clone(), href, label: page.front.title.as_str().to_owned() }
    });
    fixed.into_iter().chain(pages).collect()
}

fn has_security_txt(site: &Site) -> bool {
    let fresh = policy::expires(&site.policy).is_some_and(|end| end > site.today());
    fresh && !policy::reporting_contacts(&site.policy).is_empty()
}

impl Urls {
    fn of(site: &Site) -> Self {
        let custom = site.theme.files().contains_key("custom.css");
        Self {
            home: site.href(&routes::home()),
            report: site.href(&routes::report()),
            policy: site.href(&routes::policy()),
            advisories: site.href(&routes::advisories()),
            support: site.href(&routes::support()),
            keys: site.href(&routes::keys()),
            thanks: site.href(&routes::thanks()),
            feeds: site.href(&routes::feeds()),
            verify: site.href(&routes::verify()),
            security_txt: has_security_txt(site).then(|| site.href(&routes::security_txt())),
            atom: site.href(&routes::feed("atom")),
            rss: site.href(&routes::feed("rss")),
            json_feed: site.href(&routes::feed("json")),
            css: site.href(&routes::theme_file("secsite.css")),
            favicon: site.href(&routes::theme_file("favicon.svg")),
            custom_css: custom.then(|| site.href(&routes::theme_file("custom.css"))),
        }
    }
}
