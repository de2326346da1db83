use serde_json::Value;

use crate::site::{Site, sample};

const POLICY: &str = r#"
[site]
base_url = "https://security.example.org/"
[policy]
reviewed = 2026-11-01
[project]
name = "Example"
[[product]]
id = "core"
name = "Core"
purl = "pkg:cargo/core"
[[product]]
id = "cli"
scheme = "text"
"#;

/// A site with one advisory; `more` goes into its front matter.
fn site(more: &str) -> Site {
    let advisory = format!(
        "+++\nid = \"EXAMPLE-2026-0001\"\ntitle = \"A hole\"\npublished = 2025-12-31T23:30:00-02:00\n{more}\n+++\nText.\n"
    );
    let files = [("policy.toml", POLICY), ("advisories/EXAMPLE-2026-0001.md", advisory.as_str())];
    let (site, diags) = sample::site(&sample::sources(files));
    assert_eq!(site.advisories.len(), 1, "{diags:?}");
    site
}

fn document(more: &str) -> Value {
    let site = site(more);
    serde_json::from_slice(&super::bytes(&site, &site.advisories[0])).unwrap()
}

/// The ids of a group of status of the first vulnerability.
fn group<'a>(document: &'a Value, name: &str) -> Vec<&'a str> {
    let ids = document["vulnerabilities"][0]["product_status"][name].as_array();
    ids.into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn status_follows_the_ranges() {
    let document = document(
        r#"
[[affected]]
product = "core"
versions = [{ introduced = "0", fixed = "1.2.0" }, { introduced = "2.0.0", last_affected = "2.0.0" }]
unaffected = ["< 0.3.0", "= 0.4.0"]
[[affected]]
product = "core"
versions = [{ introduced = "1.0.0", fixed = "1.3.0" }]
[[affected]]
product = "cli"
"#,
    );
    let affected = [
        "core@vers:cargo/>=0.3.0|<0.4.0",
        "core@vers:cargo/>=0.4.1-0|<1.2.0",
        "core@2.0.0",
        "core@vers:cargo/>=1.0.0|<1.3.0",
    ];
    assert_eq!(group(&document, "known_affected"), affected);
    // The second entry says that 1.2.0 is hit, so it mends nothing.
    assert_eq!(group(&document, "fixed"), ["core@1.3.0"]);
    assert_eq!(group(&document, "first_fixed"), ["core@1.3.0"]);
    assert_eq!(group(&document, "known_not_affected"), ["core@vers:cargo/<0.3.0", "core@0.4.0"]);
    // Nothing is said of its versions.
    assert_eq!(group(&document, "under_investigation"), ["cli@vers:generic/*"]);
    assert_eq!(document["document"]["category"], "csaf_security_advisory");
}

#[test]
fn a_product_is_in_one_group() {
    let document = document(
        r#"
[[affected]]
product = "core"
status = "not-affected"
statement = "It is not in it."
[[affected]]
product = "core"
versions = [{ introduced = "0" }]
"#,
    );
    assert_eq!(group(&document, "known_affected"), ["core@vers:cargo/*"]);
    assert!(group(&document, "known_not_affected").is_empty());
    assert!(document["vulnerabilities"][0].get("threats").is_none(), "{document}");
}

#[test]
fn the_profile_follows_the_content() {
    let category = |more: &str| document(more)["document"]["category"].as_str().unwrap().to_owned();
    let hit = "[[affected]]\nproduct = \"core\"\nversions = [{ introduced = \"0\" }]";
    let spared = "[[affected]]\nproduct = \"core\"\nstatus = \"not-affected\"\nstatement = \"No.\"";
    assert_eq!(category(hit), "csaf_security_advisory");
    assert_eq!(category(spared), "csaf_vex");
    assert_eq!(category(&format!("informational = \"unmaintained\"\n{hit}")), "csaf_informational_advisory");
    assert_eq!(category(&format!("informational = \"notice\"\n{spared}")), "csaf_vex");
    assert_eq!(category(""), "csaf_base");
    let withdrawn = document(&format!("withdrawn = {{ date = 2026-02-01 }}\n{hit}"));
    assert_eq!(withdrawn["document"]["category"], "csaf_base");
    assert!(withdrawn.get("vulnerabilities").is_none() && withdrawn.get("product_tree").is_none());
}

#[test]
fn each_cve_is_a_vulnerability() {
    let hit = "[[affected]]\nproduct = \"core\"\nversions = [{ introduced = \"0\" }]";
    let document = document(&format!(
        "aliases = [\"CVE-2026-12345\", \"GHSA-h7h7-6mx3-r89v\", \"CVE-2026-12346\", \"CVE-pending\"]\nupstream = [\"CVE-2025-9999\"]\n{hit}"
    ));
    let cves: Vec<&str> = document["vulnerabilities"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|vulnerability| vulnerability["cve"].as_str())
        .collect();
    assert_eq!(cves, ["CVE-2026-12345", "CVE-2026-12346"]);
}

#[test]
fn history_rises() {
    let document = document(
        r#"
modified = 2026-03-01
[[revision]]
version = "1.0.0"
date = 2026-01-01
summary = "First."
[[revision]]
version = "1.0.1"
date = 2026-01-01
summary = "Second."
"#,
    );
    let tracking = &document["document"]["tracking"];
    let dates: Vec<&str> = tracking["revision_history"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|revision| revision["date"].as_str())
        .collect();
    let wanted = ["2026-01-01T01:30:00Z", "2026-01-01T01:30:01Z", "2026-03-01T00:00:00Z"];
    assert_eq!(dates, wanted);
    assert_eq!(tracking["version"], "3");
    assert_eq!(
        (&tracking["initial_release_date"], &tracking["current_release_date"]),
        (&wanted[0].into(), &wanted[2].into())
    );
    // The year is that of the first release in UTC.
    let site = site("");
    let route = super::route(&site.advisories[0]);
    assert_eq!(route.as_str(), "csaf/white/2026/example-2026-0001.json");
}

#[test]
fn unsigned_sites_claim_no_trust() {
    let site = site("");
    let metadata: Value = serde_json::from_slice(&super::provider::write(&site)).unwrap();
    assert_eq!(metadata["role"], "csaf_provider");
    assert_eq!(metadata["publisher"]["namespace"], "https://security.example.org");
    assert!(metadata.get("public_openpgp_keys").is_none());
    let feed: Value = serde_json::from_slice(&super::rolie::feed(&site)).unwrap();
    let links = feed["feed"]["entry"][0]["link"].as_array().unwrap();
    assert!(links.iter().all(|link| link["rel"] != "signature"), "{links:?}");
}

#[test]
fn hashes_name_their_file() {
    let path = super::route(&site("").advisories[0]).file();
    let [(suffix, sum), (_, long)] =
        crate::formats::checksums::beside(&path, b"", crate::plan::Digest::of(b""));
    let text = String::from_utf8(sum).unwrap();
    assert_eq!(suffix, ".sha256");
    assert_eq!(
        text,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  example-2026-0001.json\n"
    );
    assert_eq!(long.len(), 128 + 2 + "example-2026-0001.json\n".len());
}
