//! Package URLs (ECMA-427): which package of which ecosystem.
//!
//! In goes a purl, out comes its canonical form, with and without a version. Type rules are those of the
//! `packageurl` crate; none is added here.

use std::fmt;
use std::str::FromStr;

use packageurl::PackageUrl;

use super::shown::shown;
use super::{Invalid, line};

/// Longest purl, in bytes.
const LONGEST: usize = 1024;

/// A package URL in canonical form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purl {
    canonical: String,
    /// A Go module as it was written: its path tells capitals apart, and the canonical form does not.
    module: Option<String>,
}

impl Purl {
    /// Checks and canonicalises.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        line::check(text)?;
        let refuse = |why: String| {
            Invalid::new(
                format!("{} is not a package URL: {why}", shown(text)),
                "write `pkg:`, the type and the name, such as `pkg:cargo/example`",
            )
        };
        if text.len() > LONGEST || text.contains(char::is_whitespace) {
            return Err(refuse("it is too long or has spaces".to_owned()));
        }
        PackageUrl::from_str(text)
            .map(|purl| Self { canonical: purl.to_string(), module: module(text) })
            .map_err(|error| refuse(error.to_string()))
    }

    /// The canonical form.
    pub fn as_str(&self) -> &str {
        &self.canonical
    }

    /// The same package without version, qualifiers and subpath: the form for `ranges` of versions.
    pub fn without_version(&self) -> String {
        // What is canonical, and has none of the three, stays as it is.
        if self.canonical.contains(['@', '?', '#']) { self.edited(None) } else { self.canonical.clone() }
    }

    /// The same package at `version`.
    pub fn with_version(&self, version: &str) -> String {
        self.edited(Some(version))
    }

    /// A package by its type, its namespace and its name; `None` where they make no package URL.
    pub fn of(kind: &str, namespace: Option<&str>, name: &str) -> Option<Self> {
        let mut purl = PackageUrl::new(kind.to_owned(), name.to_owned()).ok()?;
        if let Some(namespace) = namespace {
            purl.with_namespace(namespace.to_owned()).ok()?;
        }
        Self::parse(&purl.to_string()).ok()
    }

    /// Its namespace and its name, decoded.
    pub fn parts(&self) -> Option<(Option<String>, String)> {
        if let Some(module) = &self.module {
            let whole = || (None, module.clone());
            return Some(
                module
                    .rsplit_once('/')
                    .map_or_else(whole, |(at, name)| (Some(at.to_owned()), name.to_owned())),
            );
        }
        let purl = PackageUrl::from_str(&self.canonical).ok()?;
        Some((purl.namespace().map(str::to_owned), purl.name().to_owned()))
    }

    /// The type, such as `cargo`.
    pub fn kind(&self) -> &str {
        self.canonical.strip_prefix("pkg:").and_then(|rest| rest.split('/').next()).unwrap_or_default()
    }

    fn edited(&self, version: Option<&str>) -> String {
        let Ok(mut purl) = PackageUrl::from_str(&self.canonical) else { return self.canonical.clone() };
        purl.without_version();
        purl.without_subpath();
        purl.clear_qualifiers();
        // A version that its type forbids leaves the package as it is, which is still true.
        if let Some(version) = version {
            let _ = purl.with_version(version);
        }
        purl.to_string()
    }
}

/// The path of a Go module, unless characters of it are encoded.
fn module(text: &str) -> Option<String> {
    let path = text.strip_prefix("pkg:golang/")?;
    let path = path.split(['@', '?', '#']).next().unwrap_or(path).trim_matches('/');
    (!path.is_empty() && !path.contains(['%', '\\']) && !path.contains("//")).then(|| path.to_owned())
}

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.canonical)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Purl;

    #[test]
    fn reads_and_edits() {
        let purl = Purl::parse("pkg:cargo/example").unwrap();
        assert_eq!((purl.as_str(), purl.kind()), ("pkg:cargo/example", "cargo"));
        assert_eq!(purl.with_version("1.0.0"), "pkg:cargo/example@1.0.0");
        let scoped = Purl::parse("pkg:npm/%40scope/name@1.0?arch=x#sub").unwrap();
        assert_eq!(scoped.without_version(), "pkg:npm/%40scope/name");
        // The canonical form has no capitals in a namespace; Go would not find that module.
        let module = Purl::parse("pkg:golang/example.org/Ex/Mod@v1.0.0").unwrap();
        assert_eq!(module.without_version(), "pkg:golang/example.org/ex/Mod");
        assert_eq!(module.parts(), Some((Some("example.org/Ex".to_owned()), "Mod".to_owned())));
        for text in ["", "example", "pkg:", "pkg:cargo", "pkg:cargo/", "pkg:1x/a", "npm:a/b", "pkg:cargo/a b"]
        {
            assert!(Purl::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn is_canonical_and_never_panics(text in "(pkg:)?[a-zA-Z0-9@/?#=&%.:é-]{0,24}") {
            if let Ok(purl) = Purl::parse(&text) {
                prop_assert!(purl.without_version().starts_with("pkg:"));
            }
        }
    }
}
