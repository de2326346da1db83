//! Ecosystems of packages, as OSV names them, beside the types of package URLs.
//!
//! In goes an ecosystem's name or a package URL, out comes the other, where both speak of one registry. Names that OSV
//! does not know stay words of the author: they reach pages, but no `package` of a machine format.

use super::purl::Purl;

/// What the OSV schema 1.8 takes before an optional `:release`, and the type of purl where there is exactly one.
const KNOWN: &[(&str, Option<&str>)] = &[
    ("AlmaLinux", None),
    ("Alpaquita", None),
    ("Alpine", None),
    ("Android", None),
    ("Azure Linux", None),
    ("BellSoft Hardened Containers", None),
    ("Bioconductor", Some("bioconductor")),
    ("Bitnami", Some("bitnami")),
    ("CRAN", Some("cran")),
    ("Chainguard", None),
    ("CleanStart", None),
    ("ConanCenter", Some("conan")),
    ("Debian", None),
    ("Docker Hardened Images", None),
    ("Echo", None),
    ("FreeBSD", None),
    ("GHC", None),
    ("GIT", None),
    ("GitHub Actions", None),
    ("Go", Some("golang")),
    ("Hackage", Some("hackage")),
    ("Hex", Some("hex")),
    ("Julia", None),
    ("Kubernetes", None),
    ("Linux", None),
    ("Mageia", None),
    ("Maven", Some("maven")),
    ("MinimOS", None),
    ("NuGet", Some("nuget")),
    ("OSS-Fuzz", None),
    ("Packagist", Some("composer")),
    ("Photon OS", None),
    ("Pub", Some("pub")),
    ("PyPI", Some("pypi")),
    ("Red Hat", None),
    ("Rocky Linux", None),
    ("Root", None),
    ("RubyGems", Some("gem")),
    ("SUSE", None),
    ("SwiftURL", Some("swift")),
    ("TuxCare", None),
    ("Ubuntu", None),
    ("VSCode", None),
    ("Wolfi", None),
    ("crates.io", Some("cargo")),
    ("npm", Some("npm")),
    ("opam", Some("opam")),
    ("openEuler", None),
    ("openSUSE", None),
];

/// Whether OSV knows the ecosystem; a release may follow, as in `Debian:12`.
pub fn is_known(ecosystem: &str) -> bool {
    let (name, release) = ecosystem.split_once(':').unwrap_or((ecosystem, "all"));
    !release.is_empty() && KNOWN.iter().any(|(known, _)| *known == name)
}

/// The ecosystem of a package URL, and the package's name there.
pub fn of_purl(purl: &Purl) -> Option<(&'static str, String)> {
    let (ecosystem, kind) = KNOWN.iter().find(|(_, kind)| *kind == Some(purl.kind()))?;
    let (namespace, name) = purl.parts()?;
    // Maven's coordinates have a colon between; all others spell the namespace as the first part of a path.
    let glue = if *kind == Some("maven") { ':' } else { '/' };
    let name = namespace.map_or_else(|| name.clone(), |namespace| format!("{namespace}{glue}{name}"));
    Some((ecosystem, name))
}

/// The package URL of a package, without a version.
pub fn purl_of(ecosystem: &str, name: &str) -> Option<Purl> {
    // A release such as that of `Maven:https://…` is another registry, which takes a qualifier that we do not guess.
    let (_, kind) = KNOWN.iter().find(|(known, _)| *known == ecosystem)?;
    let kind = (*kind)?;
    let glue = if kind == "maven" { ':' } else { '/' };
    match name.rsplit_once(glue) {
        Some((namespace, name)) => Purl::of(kind, Some(namespace), name),
        None => Purl::of(kind, None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for (ecosystem, name, purl) in [
            ("crates.io", "example", "pkg:cargo/example"),
            ("npm", "@scope/name", "pkg:npm/%40scope/name"),
            ("Maven", "org.example:core", "pkg:maven/org.example/core"),
            ("Go", "example.org/a/b", "pkg:golang/example.org/a/b"),
            ("Packagist", "vendor/name", "pkg:composer/vendor/name"),
        ] {
            assert_eq!(purl_of(ecosystem, name).unwrap().as_str(), purl);
            assert_eq!(of_purl(&Purl::parse(purl).unwrap()), Some((ecosystem, name.to_owned())));
        }
        assert_eq!(purl_of("Rust toolchain", "std"), None);
        assert_eq!(of_purl(&Purl::parse("pkg:generic/x").unwrap()), None);
    }

    #[test]
    fn releases_may_follow() {
        assert!(is_known("Debian:12") && is_known("crates.io"));
        assert!(!is_known("Debian:") && !is_known("Rust toolchain") && !is_known("crates.IO"));
    }
}
