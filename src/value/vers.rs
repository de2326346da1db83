//! Version ranges in the notation `vers:<scheme>/<constraints>` of the purl community, as CSAF 2.0 §3.1.2.3.2 asks for them.
//!
//! In go ranges and comparators, out comes text. Which versions are hit is not decided here.

use super::comparators::{Comparators, Op};
use super::purl::Purl;
use super::range::{End, Range};
use super::scheme::Scheme;

/// The name of the scheme: the registry's own where it orders as `scheme` does, else the general one.
pub fn scheme(scheme: Scheme, purl: Option<&Purl>) -> &'static str {
    match scheme {
        Scheme::Semver => match purl.map(Purl::kind) {
            Some("cargo") => "cargo",
            Some("golang") => "golang",
            Some("npm") => "npm",
            Some("nuget") => "nuget",
            _ => "semver",
        },
        Scheme::Pep440 => "pypi",
        Scheme::Numeric => "intdot",
        Scheme::Calver | Scheme::Text => "generic",
    }
}

/// Every version.
pub fn everything(scheme: &str) -> String {
    format!("vers:{scheme}/*")
}

/// One stretch of versions.
pub fn of_range(scheme: &str, range: &Range) -> String {
    let from = encoded(&range.introduced);
    let to = match &range.end {
        End::LastAffected(last) if *last == range.introduced => return format!("vers:{scheme}/{from}"),
        End::Fixed(fixed) => format!("<{}", encoded(fixed)),
        End::LastAffected(last) => format!("<={}", encoded(last)),
        End::Open if range.introduced == "0" => return everything(scheme),
        End::Open => return format!("vers:{scheme}/>={from}"),
    };
    if range.introduced == "0" {
        format!("vers:{scheme}/{to}")
    } else {
        format!("vers:{scheme}/>={from}|{to}")
    }
}

/// Comparators that hold together; `None` where they are more than one lower and one upper bound.
pub fn of_comparators(scheme: &str, list: &Comparators) -> Option<String> {
    let (mut low, mut high) = (None, None);
    for comparator in list.as_slice() {
        let version = encoded(&comparator.version);
        let (place, text) = match comparator.op {
            Op::Equal if list.as_slice().len() == 1 => return Some(format!("vers:{scheme}/{version}")),
            Op::Equal => return None,
            Op::AtLeast => (&mut low, format!(">={version}")),
            Op::Greater => (&mut low, format!(">{version}")),
            Op::AtMost => (&mut high, format!("<={version}")),
            Op::Less => (&mut high, format!("<{version}")),
        };
        if place.replace(text).is_some() {
            return None;
        }
    }
    Some(match (low, high) {
        (None, None) => everything(scheme),
        (Some(one), None) | (None, Some(one)) => format!("vers:{scheme}/{one}"),
        (Some(low), Some(high)) => format!("vers:{scheme}/{low}|{high}"),
    })
}

/// A version with every character percent-encoded that has a meaning in the notation or in a URL.
fn encoded(version: &str) -> String {
    let mut out = String::with_capacity(version.len());
    for byte in version.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let of = |introduced: &str, end| of_range("cargo", &Range { introduced: introduced.to_owned(), end });
        assert_eq!(of("0", End::Open), "vers:cargo/*");
        assert_eq!(of("0", End::Fixed("1.9.4".into())), "vers:cargo/<1.9.4");
        assert_eq!(of("2.0.0-b.1", End::Fixed("2.1.3+x".into())), "vers:cargo/>=2.0.0-b.1|<2.1.3%2Bx");
        assert_eq!(of("2.2.0", End::LastAffected("2.2.0".into())), "vers:cargo/2.2.0");
        assert_eq!(of("1", End::LastAffected("2".into())), "vers:cargo/>=1|<=2");
        assert_eq!(of("1|<9", End::Open), "vers:cargo/>=1%7C%3C9");
    }

    #[test]
    fn comparators() {
        let of = |text: &str| of_comparators("semver", &Comparators::parse(text).unwrap());
        assert_eq!(of("*").as_deref(), Some("vers:semver/*"));
        assert_eq!(of("< 2, >= 1").as_deref(), Some("vers:semver/>=1|<2"));
        assert_eq!(of("= 1.2").as_deref(), Some("vers:semver/1.2"));
        assert_eq!(of("> 1, > 2"), None);
    }

    #[test]
    fn schemes() {
        let purl = |text: &str| Purl::parse(text).unwrap();
        assert_eq!(scheme(Scheme::Semver, Some(&purl("pkg:cargo/a"))), "cargo");
        assert_eq!(scheme(Scheme::Semver, Some(&purl("pkg:maven/a/b"))), "semver");
        assert_eq!(scheme(Scheme::Text, Some(&purl("pkg:cargo/a"))), "generic");
        assert_eq!(scheme(Scheme::Numeric, None), "intdot");
    }
}
