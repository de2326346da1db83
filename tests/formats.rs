//! The formats that are not HTML, on sites made in memory: what is in the plan, and what the files say.
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use secsite::diag::Diagnostics;
use secsite::formats;
use secsite::model::parsed;
use secsite::openpgp::{Certificate, NewKey};
use secsite::plan::{Baked, Digest, Entry, Plan, Seal};
use secsite::routes::{self, OutPath};
use secsite::site::{self, Mark, Options, Site};
use secsite::source::Sources;

const POLICY: &str = r#"
[site]
base_url = "https://security.example.org/"
feed_entries = 2
[policy]
reviewed  = 2026-11-01
valid_for = "180 days"
[project]
name = "Ex & <Co>"
[reporting]
languages = ["en", "ja"]
[[product]]
id   = "core"
name = "Example; Core, \\ one"
purl = "pkg:cargo/example"
[[product.support]]
versions = "2.1.x"
status   = "supported"
track    = "LTS"
released = 2026-01-15
until    = 2029-01-15
note     = "Critical patches & backports."
fixes    = { "Z first" = true, "A second" = false }
[[product.support]]
versions = "1.9.x"
status   = "critical-only"
until    = "36 months after the release of 2.0"
[[contact]]
kind    = "email"
address = "security@example.org"
key     = "team"
[[contact]]
kind      = "email"
address   = "later@example.net"
confirmed = false
[[contact]]
kind    = "form"
address = "https://example.org/report"
"#;

const KEY: &str = r#"
[[key]]
id          = "team"
file        = "keys/team.asc"
fingerprint = "FINGERPRINT"
purpose     = ["encrypt", "sign-advisories"]
[signing]
key = "team"
"#;

/// An advisory's file; `more` goes into its front matter.
fn advisory(id: &str, published: &str, more: &str, body: &str) -> (String, String) {
    let text = format!(
        "+++\nid = \"{id}\"\ntitle = \"Overflow of `a<b>` in ]]> {id}\"\npublished = {published}\nimpact = \"Runs <b>code</b>.\"\n\
         {more}\n[[affected]]\nproduct = \"core\"\nversions = [{{ introduced = \"0\", fixed = \"1.9.4\" }}]\n+++\n{body}\n"
    );
    (format!("advisories/{id}.md"), text)
}

fn certificate(user_ids: &[&str]) -> Certificate {
    let new = NewKey {
        user_ids: user_ids.iter().map(|&id| id.to_owned()).collect(),
        created: date("2026-10-01"),
        expires: Some(date("2028-10-01")),
        passphrase: None,
    };
    new.generate().unwrap().certificate
}

fn date(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().unwrap()
}

struct Input {
    files: BTreeMap<String, Vec<u8>>,
    date: Timestamp,
    mark: Mark,
}

impl Input {
    fn new(policy: &str) -> Self {
        let files = [("policy.toml".to_owned(), policy.as_bytes().to_vec())].into();
        Self { files, date: date("2026-11-22"), mark: Mark::Unsigned }
    }

    /// The policy with a signing key for these user ids.
    fn signed(user_ids: &[&str]) -> (Self, Certificate) {
        let certificate = certificate(user_ids);
        let key = KEY.replace("FINGERPRINT", &certificate.fingerprint().to_string());
        let mut input = Self::new(&format!("{POLICY}{key}"));
        input.files.insert("keys/team.asc".into(), certificate.armored());
        input.mark = Mark::Signed;
        (input, certificate)
    }

    fn with(mut self, (path, text): (String, String)) -> Self {
        self.files.insert(path, text.into_bytes());
        self
    }

    fn site(self) -> Site {
        self.site_with(None)
    }

    fn site_with(self, dev_certificate: Option<Certificate>) -> Site {
        let sources = Sources::new(self.files, self.date, self.date);
        let mut diags = Diagnostics::default();
        let parsed = parsed::parse(&sources, &mut diags);
        let options = Options { mark: self.mark, dev_certificate, ..Options::default() };
        site::resolve(&sources, parsed, &options, &mut diags).expect("the policy is sound")
    }
}

/// Every file by path, baked, and how it is signed.
fn bake(site: &Site) -> BTreeMap<String, (Vec<u8>, Seal)> {
    let plan: Plan = formats::plan(site);
    let bake = |path: &OutPath, entry: &Entry, baked: Baked<'_>, _: Option<Digest>| {
        (path.to_string(), (baked.expect("it bakes").into_owned(), entry.seal))
    };
    plan.bake(site, bake).into_iter().collect()
}

fn text(files: &BTreeMap<String, (Vec<u8>, Seal)>, path: &str) -> String {
    let (bytes, _) = files.get(path).expect(path);
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn security_txt_says_all_in_order() {
    let (input, certificate) = Input::signed(&["Team <security@example.org>"]);
    let files = bake(&input.site());
    let key = certificate.fingerprint();
    let expected = format!(
        "Contact: mailto:security@example.org\n\
         Contact: https://example.org/report\n\
         Expires: 2027-04-30T00:00:00Z\n\
         Encryption: https://security.example.org/keys/{key}.asc\n\
         Acknowledgments: https://security.example.org/thanks/\n\
         Policy: https://security.example.org/policy/\n\
         Preferred-Languages: en, ja\n\
         Canonical: https://security.example.org/.well-known/security.txt\n\
         CSAF: https://security.example.org/.well-known/csaf/provider-metadata.json\n"
    );
    assert_eq!(text(&files, ".well-known/security.txt"), expected);
    assert_eq!(files[".well-known/security.txt"].1, Seal::Cleartext);
    assert_eq!(files[&format!("keys/{key}.asc")].0, certificate.armored());
}

#[test]
fn security_txt_that_could_not_be_valid_is_left_out() {
    let mut late = Input::new(POLICY);
    late.date = date("2027-04-30");
    late.mark = Mark::Preview;
    assert!(!bake(&late.site()).contains_key(".well-known/security.txt"));
    let nobody = POLICY.replace("kind    = \"email\"", "confirmed = false\nkind = \"email\"");
    let nobody = nobody.replace("kind    = \"form\"", "confirmed = false\nkind = \"form\"");
    let mut nobody = Input::new(&nobody);
    nobody.mark = Mark::Preview;
    assert!(!bake(&nobody.site()).contains_key(".well-known/security.txt"));
}

#[test]
fn a_contact_too_long_for_the_frame_is_a_finding() {
    let long =
        POLICY.replace("https://example.org/report", &format!("https://example.org/{}", "r".repeat(200)));
    let site = Input::new(&long).site();
    let plan = formats::plan(&site);
    let baked = plan.bake_one(&site, &routes::security_txt().file()).unwrap();
    let finding = baked.expect_err("too wide");
    assert!(finding.message.contains("longer than 200 columns"), "{}", finding.message);
}

#[test]
fn the_key_directory_holds_addresses_of_ours_alone() {
    let user_ids = ["Team <security@example.org>", "Ann <ann@example.org>", "Ann <ann@mail.example.com>"];
    let (input, certificate) = Input::signed(&user_ids);
    let files = bake(&input.site());
    let wkd: Vec<&str> =
        files.keys().filter_map(|path| path.strip_prefix(".well-known/openpgpkey/")).collect();
    let hash = secsite::openpgp::wkd::hash;
    let (team, ann) = (hash("security"), hash("ann"));
    let mut expected = vec!["policy".to_owned(), "example.org/policy".to_owned()];
    for hash in [team.clone(), ann] {
        expected.extend([format!("hu/{hash}"), format!("example.org/hu/{hash}")]);
    }
    expected.sort();
    assert_eq!(wkd, expected);
    let key = &files[&format!(".well-known/openpgpkey/hu/{team}")].0;
    assert_eq!(Some(key), certificate.minimal_for("security@example.org").as_ref());
    assert_eq!(key, &files[&format!(".well-known/openpgpkey/example.org/hu/{team}")].0);
}

#[test]
fn of_two_keys_for_one_address_the_throwaway_one_is_found() {
    let (mut input, _) = Input::signed(&["Team <security@example.org>"]);
    let dev = certificate(&["Throwaway <security@example.org>"]);
    input.mark = Mark::DevKey;
    let files = bake(&input.site_with(Some(dev.clone())));
    let path = format!(".well-known/openpgpkey/hu/{}", secsite::openpgp::wkd::hash("security"));
    assert_eq!(Some(&files[&path].0), dev.minimal_for("security@example.org").as_ref());
    let security_txt = text(&files, ".well-known/security.txt");
    let first = security_txt.lines().find(|line| line.starts_with("Encryption: ")).unwrap();
    assert!(first.ends_with(&format!("/keys/{}.asc", dev.fingerprint())), "{security_txt}");
}

#[test]
fn where_local_parts_meet_the_portals_own_host_goes_first() {
    let user_ids = ["Team <security@example.org>", "Team <security@security.example.org>"];
    let (input, certificate) = Input::signed(&user_ids);
    let files = bake(&input.site());
    let hash = secsite::openpgp::wkd::hash("security");
    let key = |place: &str| Some(files[&format!(".well-known/openpgpkey/{place}hu/{hash}")].0.clone());
    assert_eq!(key(""), certificate.minimal_for("security@security.example.org"));
    assert_eq!(key("example.org/"), certificate.minimal_for("security@example.org"));
}

#[test]
fn feeds_agree_and_hold_the_last_changed() {
    let input = Input::new(POLICY)
        .with(advisory(
            "EX-2026-0001",
            "2026-03-01",
            "modified = 2026-11-02T10:00:00Z",
            "See [policy](/policy/).",
        ))
        .with(advisory("EX-2026-0002", "2026-03-02", "severity = \"high\"", "Two."))
        .with(advisory(
            "EX-2026-0003",
            "2026-03-03",
            "withdrawn = { date = 2026-03-04, reason = \"No & no.\" }",
            "Three.",
        ));
    let files = bake(&input.site());
    let atom: atom_syndication::Feed = text(&files, "feed.atom").parse().unwrap();
    let page = |id: &str| format!("https://security.example.org/advisories/{id}/");
    let ids: Vec<&str> = atom.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, [page("EX-2026-0001"), page("EX-2026-0003")]);
    assert_eq!(atom.updated, atom.entries[0].updated);
    assert_eq!(atom.title.value, "Ex & <Co> security advisories");
    assert_eq!(atom.entries[0].title.value, "EX-2026-0001: Overflow of a<b> in ]]> EX-2026-0001");
    assert!(atom.entries[1].title.value.starts_with("Withdrawn: "));
    let html = atom.entries[0].content.as_ref().unwrap().value.as_ref().unwrap();
    for part in [
        "<p>Runs &lt;b&gt;code&lt;/b&gt;.</p>",
        "<td>Example; Core, \\ one</td><td>before 1.9.4</td><td>1.9.4</td>",
        "href=\"https://security.example.org/policy/\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let rss: rss::Channel = text(&files, "feed.rss").parse().unwrap();
    assert_eq!(rss.items[0].description.as_ref(), Some(html));
    assert_eq!(rss.items[0].pub_date.as_deref(), Some("Sun, 01 Mar 2026 00:00:00 +0000"));
    let json: serde_json::Value = serde_json::from_str(&text(&files, "feed.json")).unwrap();
    assert_eq!(json["items"][0]["content_html"], html.as_str());
    assert_eq!(json["items"][0]["date_modified"], "2026-11-02T10:00:00Z");

    let high: atom_syndication::Feed = text(&files, "feeds/severity/high.atom").parse().unwrap();
    assert_eq!(high.entries.len(), 1);
    assert_eq!(high.links[0].href, "https://security.example.org/feeds/severity/high.atom");
    let product: atom_syndication::Feed = text(&files, "feeds/product/core.atom").parse().unwrap();
    assert_eq!(product.entries.len(), 2);
    let mut feeds = files.iter().filter(|(path, _)| path.contains("feed") && !path.ends_with(".html"));
    assert!(feeds.all(|(_, (_, seal))| *seal == Seal::Detached));
}

#[test]
fn an_empty_feed_is_as_old_as_the_review() {
    let mut later = Input::new(POLICY);
    later.date = date("2026-12-24");
    let (now, later) = (bake(&Input::new(POLICY).site()), bake(&later.site()));
    for path in ["feed.atom", "feed.rss", "feed.json", "support.ics", "support/core.json"] {
        assert_eq!(text(&now, path), text(&later, path), "{path}");
    }
    assert!(text(&now, "feed.atom").contains("<updated>2026-11-01T00:00:00"));
}

#[test]
fn support_as_data_keeps_words_and_order() {
    let files = bake(&Input::new(POLICY).site());
    let json = text(&files, "support/core.json");
    let table: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(table["product"], "core");
    assert_eq!(table["support"][0]["until_date"], "2029-01-15");
    assert_eq!(table["support"][0]["fixes"]["Z first"], true);
    assert!(json.find("Z first") < json.find("A second"));
    assert_eq!(table["support"][1]["until"], "36 months after the release of 2.0");
    assert!(table["support"][1].get("until_date").is_none());
}

#[test]
fn ends_of_support_are_events_that_stay_the_same() {
    let ics = |policy: &str| text(&bake(&Input::new(policy).site()), "support.ics").replace("\r\n ", "");
    let uid = |ics: &str| ics.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    let before = ics(POLICY);
    assert_eq!(before.matches("BEGIN:VEVENT").count(), 1);
    for line in [
        "DTSTAMP:20261101T000000Z\r\n",
        "DTSTART;VALUE=DATE:20290115\r\n",
        "DTEND;VALUE=DATE:20290116\r\n",
        "SUMMARY:Example\\; Core\\, \\\\ one 2.1.x: last day of support\r\n",
    ] {
        assert!(before.contains(line), "{line} in {before}");
    }
    let after =
        ics(&POLICY.replace("2029-01-15", "2030-06-30").replace("security.example.org", "example.net"));
    assert_eq!(uid(&before), uid(&after));
    let none = POLICY.replace("until    = 2029-01-15", "");
    assert!(!bake(&Input::new(&none).site()).contains_key("support.ics"));
}

#[test]
fn hosts_are_told_what_they_need() {
    let files = bake(&Input::new(POLICY).site());
    assert_eq!(text(&files, "CNAME"), "security.example.org\n");
    assert_eq!(text(&files, ".nojekyll"), "");
    assert!(text(&files, "robots.txt").contains("Sitemap: https://security.example.org/sitemap.xml\n"));
    assert!(text(&files, "_headers").contains("  X-Content-Type-Options: nosniff\n"));
    for elsewhere in ["https://example.github.io/", "https://example.org/project/", "http://localhost:9116/"]
    {
        let policy = POLICY.replace("https://security.example.org/", elsewhere);
        assert!(!bake(&Input::new(&policy).site()).contains_key("CNAME"), "{elsewhere}");
    }
}

#[test]
fn the_sitemap_is_well_formed_and_lists_pages_alone() {
    let input = Input::new(POLICY).with(advisory(
        "EX-2026-0001",
        "2026-03-01",
        "aliases = [\"CVE-2026-12345\"]",
        "One.",
    ));
    let files = bake(&input.site());
    let sitemap = text(&files, "sitemap.xml");
    assert!(sitemap.ends_with("</urlset>\n"));
    assert!(!sitemap.contains("CVE-2026-12345") && !sitemap.contains("feed.atom"), "{sitemap}");
}

#[test]
fn files_of_content_are_copied() {
    let input = Input::new(POLICY).with(("content/logo.svg".into(), "<svg/>".into()));
    assert_eq!(text(&bake(&input.site()), "logo.svg"), "<svg/>");
}

#[test]
fn drafts_show_in_no_byte() {
    let published = || Input::new(POLICY).with(advisory("EX-2026-0001", "2026-03-01", "", "One."));
    let draft = advisory("EX-2026-0666", "2026-03-02", "status = \"draft\"", "zqxCANARY");
    let embargoed = advisory("EX-2026-0667", "2027-03-02", "embargo = { until = 2027-03-02 }", "zqxCANARY");
    let without = bake(&published().site());
    assert_eq!(bake(&published().with(draft).with(embargoed).site()), without);
}

const MACHINE: &str = r#"
severity = "high"
aliases  = ["CVE-2026-12345", "CVE-pending"]
cwe      = ["CWE-416"]
[[cvss]]
vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
[[credit]]
name      = "zqxNOBODY"
anonymous = true
[[affected]]
package   = "std"
ecosystem = "Rust toolchain"
versions  = [{ introduced = "1.2", last_affected = "1.3" }]
[[affected]]
product       = "cli"
status        = "not-affected"
justification = "component_not_present"
"#;

/// The policy with known releases and a second product.
fn machine() -> Input {
    let policy = POLICY.replace(
        "purl = \"pkg:cargo/example\"",
        "purl = \"pkg:cargo/example\"\nreleases = [\"1.9.3\", \"1.9.4\"]",
    );
    let cli = "[[product]]\nid = \"cli\"\npurl = \"pkg:npm/%40example/cli\"\n[[contact]]";
    let policy = policy.replacen("[[contact]]", cli, 1);
    Input::new(&policy)
}

fn json(files: &BTreeMap<String, (Vec<u8>, Seal)>, path: &str) -> serde_json::Value {
    serde_json::from_str(&text(files, path)).unwrap()
}

#[test]
fn osv_records_list_and_archive_agree() {
    let more = format!("modified = 2026-03-04T01:02:03.5Z\n{MACHINE}");
    let input = machine().with(advisory("EX-2026-0001", "2026-03-01", &more, "See [it](/policy/)."));
    let files =
        bake(&input.with(advisory("EX-2026-0002", "2026-03-02", "severity = \"low\"", "Two.")).site());
    let record = json(&files, "osv/x_EX-2026-0001.json");
    assert_eq!(record["modified"], "2026-03-04T01:02:03Z");
    assert_eq!(record["aliases"], serde_json::json!(["CVE-2026-12345"]));
    assert_eq!(record["details"], "See [it](https://security.example.org/policy/).");
    assert_eq!(record["credits"], serde_json::json!([{ "name": "Anonymous", "type": "FINDER" }]));
    assert_eq!(record["severity"][0]["type"], "CVSS_V3");
    let affected = record["affected"].as_array().unwrap();
    // What is not affected is not there; what is in no ecosystem has no `package`.
    assert_eq!(affected.len(), 2);
    let core = affected.iter().find(|it| it["package"]["ecosystem"] == "crates.io").unwrap();
    assert_eq!(core["package"]["purl"], "pkg:cargo/example");
    assert_eq!(core["versions"], serde_json::json!(["1.9.3"]));
    let std = affected.iter().find(|it| it["package"].is_null()).unwrap();
    assert_eq!(std["database_specific"]["package"]["name"], "std");
    assert_eq!(
        std["ranges"][0]["events"],
        serde_json::json!([{ "introduced": "1.2.0" }, { "last_affected": "1.3.0" }])
    );
    let list = json(&files, "osv/all.json");
    assert_eq!(files["osv/all.json"].1, Seal::Detached);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&files["osv/all.zip"].0)).unwrap();
    assert_eq!(archive.len(), 2);
    for (at, line) in list.as_array().unwrap().iter().enumerate() {
        let mut file = archive.by_index(at).unwrap();
        let path = format!("osv/{}", file.name().unwrap());
        assert_eq!(path, format!("osv/{}.json", line["id"].as_str().unwrap()));
        let mut packed = String::new();
        std::io::Read::read_to_string(&mut file, &mut packed).unwrap();
        assert_eq!(packed, text(&files, &path));
        assert_eq!(json(&files, &path)["modified"], line["modified"]);
    }
}

#[test]
fn an_osv_prefix_that_is_registered_stands_alone() {
    let policy = format!("{POLICY}[advisories]\nprefix = \"EX\"\nosv_prefix_registered = true\n");
    let input =
        Input::new(&policy).with(advisory("EX-2026-0001", "2026-03-01", "severity = \"low\"", "One."));
    let imported = advisory("GHSA-h7h7-6mx3-r89v", "2026-03-01", "severity = \"low\"", "Two.");
    let files = bake(&input.with(imported).site());
    assert!(files.contains_key("osv/EX-2026-0001.json"));
    // Another database's id is not ours to use.
    let record = json(&files, "osv/x_GHSA-h7h7-6mx3-r89v.json");
    assert_eq!(record["aliases"], serde_json::json!(["GHSA-h7h7-6mx3-r89v"]));
}

#[test]
fn openvex_says_of_each_release_what_its_page_says() {
    let files = bake(&machine().with(advisory("EX-2026-0001", "2026-03-01", MACHINE, "One.")).site());
    let core = json(&files, "vex/core.openvex.json");
    let states: Vec<(&str, &str)> = core["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["status"].as_str().unwrap(), it["products"][0]["@id"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("fixed", "pkg:cargo/example@1.9.4"), ("affected", "pkg:cargo/example@1.9.3")]);
    let vulnerability = &core["statements"][1]["vulnerability"];
    assert_eq!(vulnerability["name"], "CVE-2026-12345");
    assert_eq!(vulnerability["aliases"], serde_json::json!(["EX-2026-0001"]));
    assert!(core["statements"][1]["action_statement"].as_str().unwrap().starts_with("Upgrade to 1.9.4."));
    let cli = json(&files, "vex/cli.openvex.json");
    assert_eq!(cli["statements"][0]["justification"], "component_not_present");
    assert_eq!(cli["statements"][0]["products"][0]["@id"], "pkg:npm/%40example/cli");
}

#[test]
fn cve_files_are_drafts_without_an_organisation() {
    let one = || advisory("EX-2026-0001", "2026-03-01", MACHINE, "One.");
    let files = bake(&machine().with(one()).site());
    assert_eq!(files.keys().filter(|path| path.starts_with("cve/")).count(), 1);
    let draft = json(&files, "cve/CVE-2026-12345.json");
    let container = &draft["cnaContainer"];
    assert_eq!(container["affected"][0]["defaultStatus"], "unaffected");
    assert_eq!(container["problemTypes"][0]["descriptions"][0]["description"], "CWE-416 Use After Free");
    assert_eq!(container["metrics"][0]["cvssV3_1"]["baseScore"], 9.8);
    assert!(container["providerMetadata"].is_null());
    assert!(!draft.to_string().contains("zqxNOBODY"));
    let org = "[disclosure]\ncve = { org_id = \"8254265b-2729-46b6-b9e3-3dfca2d5bfca\" }\n";
    let mut input = machine().with(one());
    input.files.get_mut("policy.toml").unwrap().extend_from_slice(org.as_bytes());
    let record = json(&bake(&input.site()), "cve/CVE-2026-12345.json");
    assert_eq!(record["cveMetadata"]["assignerOrgId"], "8254265b-2729-46b6-b9e3-3dfca2d5bfca");
    let mut cna = record["containers"]["cna"].clone();
    assert_eq!(cna["providerMetadata"]["orgId"], record["cveMetadata"]["assignerOrgId"]);
    cna.as_object_mut().unwrap().remove("providerMetadata");
    assert_eq!(&cna, container);
}
