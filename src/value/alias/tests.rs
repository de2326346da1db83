use super::{Alias, AliasKind};

fn check(text: &str, kind: Option<AliasKind>) {
    assert_eq!(Alias::parse(text).ok().map(|alias| alias.kind()), kind, "{text:?}");
}

#[test]
fn knows_whose_id_it_is() {
    check("CVE-2026-12345", Some(AliasKind::Cve));
    check("CVE-1999-0001", Some(AliasKind::Cve));
    check("GHSA-h7h7-6mx3-r89v", Some(AliasKind::Ghsa));
    check("cve-PENDING", Some(AliasKind::Pending));
    check("RUSTSEC-2023-0125", Some(AliasKind::Other));
    check("EUVD-2025-1", Some(AliasKind::Other));
    check("openSUSE-SU-2019:1234-1", Some(AliasKind::Other));
    check("mfsa2026-68", Some(AliasKind::Other));
}

#[test]
fn refuses_misspelt_ids() {
    for text in [
        "CVE-26-1",
        "CVE-2026-123",
        "cve-2026-12345",
        "CVE-2026-12345x",
        "CVE-2026",
        "CVE-",
        "CVE-0001-1234",
        "GHSA-1111-2222-3333",
        "GHSA-h7h7-6mx3",
        "ghsa-h7h7-6mx3-r89v",
        "",
        "x",
        "CVE 2026 12345",
        "a/b1",
        "../1a",
        "-a1",
        "а1b",
        "12345",
    ] {
        check(text, None);
    }
}

#[test]
fn leads_to_pages() {
    let url = |text: &str| Alias::parse(text).unwrap().url();
    assert_eq!(url("CVE-2026-12345").unwrap(), "https://www.cve.org/CVERecord?id=CVE-2026-12345");
    assert_eq!(url("GHSA-h7h7-6mx3-r89v").unwrap(), "https://github.com/advisories/GHSA-h7h7-6mx3-r89v");
    assert_eq!(url("RUSTSEC-2023-0125").unwrap(), "https://osv.dev/vulnerability/RUSTSEC-2023-0125");
    assert_eq!(url("GOX-2023-0125"), None);
    assert_eq!(url("CVE-pending"), None);
}
