//! From the path of a request to a file of the plan, as GitHub Pages finds it.
//!
//! A path names a planned file or nothing: it is a key to look up, and no disk is ever asked.

use crate::routes::OutPath;
use crate::value::percent;

/// Where what `serve` adds of its own lies. No build writes there.
pub const OWN: &str = "/-/secsite/";

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file that `serve` has beside the portal, by its name below [`OWN`].
    Own(String),
    /// A planned file.
    File(OutPath),
    /// The same with a slash, or the portal's own path on its host.
    Moved(String),
    /// Nothing.
    Nowhere,
}

/// Finds what the target of a request leads to; `base` is the portal's path on its host, such as `/project/`, and
/// `has` tells whether a file is planned.
pub fn find(target: &str, base: &str, has: &dyn Fn(&OutPath) -> bool) -> Place {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if let Some(own) = path.strip_prefix(OWN) {
        return Place::Own(own.to_owned());
    }
    if base != "/" && (path == "/" || format!("{path}/") == base) {
        return Place::Moved(base.to_owned());
    }
    let Some(path) = path.strip_prefix(base).and_then(percent::decoded) else { return Place::Nowhere };
    let planned = |path: &str| OutPath::parse(path).filter(has);
    if path.is_empty() || path.ends_with('/') {
        return planned(&format!("{path}index.html")).map_or(Place::Nowhere, Place::File);
    }
    if let Some(file) = planned(&path).or_else(|| planned(&format!("{path}.html"))) {
        return Place::File(file);
    }
    let folder = planned(&format!("{path}/index.html")).and_then(|file| file.page());
    folder.map_or(Place::Nowhere, |route| Place::Moved(format!("{base}{}", route.encoded())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, Seal, Sketch};
    use crate::routes::Route;

    fn plan() -> Plan {
        let mut sketch = Sketch::default();
        for path in ["", "policy/", "docs/a b/", "404.html", ".well-known/security.txt", "feed.atom"] {
            sketch.bytes("test", &Route::new(path), Seal::None, |_| Vec::new());
        }
        Plan::of(vec![sketch])
    }

    fn at(target: &str, base: &str) -> String {
        let plan = plan();
        match find(target, base, &|path| plan.get(path).is_some()) {
            Place::Own(name) => format!("own {name}"),
            Place::File(path) => path.to_string(),
            Place::Moved(to) => format!("-> {to}"),
            Place::Nowhere => "nowhere".to_owned(),
        }
    }

    #[test]
    fn paths_lead_where_github_pages_leads_them() {
        assert_eq!(at("/", "/"), "index.html");
        assert_eq!(at("/index.html", "/"), "index.html");
        assert_eq!(at("/index", "/"), "index.html");
        assert_eq!(at("/policy/?q=1#x", "/"), "policy/index.html");
        assert_eq!(at("/policy?q=1", "/"), "-> /policy/");
        assert_eq!(at("/404", "/"), "404.html");
        assert_eq!(at("/docs/a%20b", "/"), "-> /docs/a%20b/");
        assert_eq!(at("/.well-known/security.txt", "/"), ".well-known/security.txt");
        assert_eq!(at("/feed.atom/", "/"), "nowhere");
        assert_eq!(at("/-/secsite/live.js?1", "/"), "own live.js");
    }

    #[test]
    fn a_project_s_portal_stands_under_its_path() {
        assert_eq!(at("/project/policy/", "/project/"), "policy/index.html");
        assert_eq!(at("/", "/project/"), "-> /project/");
        assert_eq!(at("/project", "/project/"), "-> /project/");
        assert_eq!(at("/policy/", "/project/"), "nowhere");
        assert_eq!(at("/project/policy", "/project/"), "-> /project/policy/");
    }

    #[test]
    fn nothing_else_is_reached() {
        let hostile = [
            "/../../etc/passwd",
            "/%2e%2e%2f%2e%2e%2fetc/passwd",
            "/..%5c..%5cetc",
            "//etc/passwd",
            "/%00",
            "/policy/%00",
            "/%",
            "/%zz",
            "/%ff",
            "/.git/config",
            "/policy.toml",
            "/policy/../policy/",
            "//policy/",
            "/C:/policy/",
        ];
        for target in hostile {
            assert_eq!(at(target, "/"), "nowhere", "{target}");
        }
    }
}
