use std::collections::BTreeMap;

use super::scorecard::grade;
use super::write;
use crate::site::sample;

/// SECURITY.md of a `policy.toml`, which must be sound, beside one fragment.
fn written(policy: &str) -> String {
    let fragment = "### Inner\n\n```html\n<!-- secsite:support -->\n```\n\n<!-- secsite:credit -->\nEnd";
    let sources = sample::sources([("policy.toml", policy), ("content/best.md", fragment)]);
    let (parsed, diags) = sample::parsed(&sources);
    let found: Vec<_> = diags.iter().map(|finding| &finding.message).collect();
    assert!(found.is_empty(), "{found:?}");
    let policy = parsed.policy.unwrap();
    let fragments: BTreeMap<String, String> =
        parsed.fragments.into_iter().map(|f| (f.path, f.body.to_string())).collect();
    let base = policy.site.base_url.value.clone();
    write(&policy, &fragments, &base)
}

const LEAST: &str = r#"
[site]
base_url = "https://security.example.org/"
[policy]
reviewed = 2026-11-01
[project]
name = "Example"
[[contact]]
kind = "email"
address = "security@example.org"
"#;

/// Every fact the model has.
const MOST: &str = r#"
[site]
base_url = "https://security.example.org/"
[policy]
title = "Sicherheit"
version = "2.1"
reviewed = 2026-11-01
reviewed_by = ["Security team"]
intro = "We take it seriously."
[project]
name = "Example"
repository = "https://github.com/example/example"
[[product]]
id = "core"
name = "Example Core"
rule = { kind = "latest-minors", count = 2 }
columns = { versions = "Version", status = "Supported", until = "EOL" }
[[product.support]]
versions = "2.1.x"
status = "supported"
track = "LTS"
released = 2026-01-15
until = 2029-01-15
note = "Critical | backports."
[[product.support]]
versions = "1.9.x"
status = "critical-only"
until = "36 months after the release of 2.0"
fixes = { "Critical fixes" = true, "Other fixes" = false }
extra = { Quantity = "17" }
[[product.support]]
versions = "< 1.9"
status = "unsupported"
as_printed = ":x: No longer"
[[product]]
id = "cli"
name = "Example command line"
[[product.support]]
versions = "latest"
status = "supported"
[reporting]
public_issues = "never"
subject = "[SECURITY] <Project Name>: <Class>"
languages = ["en", "ja"]
include = [{ title = "Impact", text = "What is violated.", required = true }, { text = "Steps" }]
exclude = ["Live credentials"]
ai = "Say so if AI was used."
[[contact]]
kind = "email"
address = "security@example.org"
name = "Security team"
for = ["report", "question"]
key = "team"
note = "not for support"
[[contact]]
kind = "github"
[[contact]]
kind = "list"
address = "security@lists.example.org"
for = ["escalation"]
after = "6 business days"
[[contact]]
kind = "email"
address = "somebody@example.net"
confirmed = false
[[key]]
id = "team"
holder = "Security team <security@example.org>"
fingerprint = "E9C0 59EC 0D32 64FA B35F  94AD 465B F9F6 F8EB 475A"
file = "keys/security.asc"
purpose = ["encrypt", "sign-advisories"]
[[key]]
id = "old"
available = "on-request"
[[response]]
stage = "acknowledgment"
within = "48 hours"
[[response]]
stage = "update"
every = "7 days"
[[response]]
stage = "fix"
severity = "low"
text = "next release"
[[severity]]
level = "critical"
cvss = "9.0-10.0"
examples = ["Remote code execution"]
reward = { currency = "USD", min = 5000, max = 15000 }
[disclosure]
model = "coordinated"
deadline = "90 days"
deadline_from = "report"
publish_after = { critical = "1 month", other = "1 week" }
steps = ["Verify", "Disclose"]
cve = { cna = "GitHub", request = "always" }
phases = [{ day = "30+", text = "Released" }]
[embargo]
list = "distros@example.org"
notice = "3 weeks"
eligibility = "content/best.md"
[scope]
in = [{ title = "Memory safety", text = "Heap corruption." }]
out = [{ title = "Denial of service" }]
threat_model = "content/threat-model.md"
[safe_harbor]
statement = "No legal action."
conditions = [{ title = "Authorized testing", text = "Only your own." }]
[bounty]
offered = true
platform = "https://bounty.example.org/example"
[credit]
given = true
anonymous = true
places = ["advisory", "hall-of-fame"]
[[hall_of_fame]]
name = "Harry Example"
url = "https://example.net/~he"
date = 2026-03-20
for = "Report on the mirror"
[advisories]
published = ["https://github.com/example/example/security/advisories"]
announce = [{ name = "security-announce", url = "https://example.org/list", feed = "https://example.org/feed.xml" }]
[[audit]]
date = 2025-11-03
by = "Example Labs"
report = "https://example.org/audit-2025.pdf"
[[limitation]]
title = "TLS"
text = "Not on the bus"
mitigation = "Use a trusted network"
planned = "v2.2"
"#;

const SECTIONS: &str = r#"
[[section]]
title = "Versions"
body = """
These:

<!-- secsite:support product=core -->

And that is all.
"""
[[section]]
title = "Practices"
level = 3
file = "content/best.md"
[[section]]
title = "Alone"
[security_md]
file = ".github/SECURITY.md"
header = "<!-- SPDX-License-Identifier: CC-BY-4.0 -->"
"#;

/// A piece of every fact, as it must be found in any full SECURITY.md of `MOST`.
const PIECES: &[&str] = &[
    "| 2.1.x ",
    "LTS",
    "2026-01-15",
    "2029-01-15",
    "Critical \\| backports.",
    "36 months after the release of 2.0",
    "Other fixes",
    "Quantity",
    ":x: No longer",
    "The newest 2 minor releases get security fixes.",
    "**Example command line**",
    "| latest ",
    "`[SECURITY] <Project Name>: <Class>`",
    "`en` and `ja`",
    "- **Impact** (required): What is violated.",
    "- Live credentials",
    "- Say so if AI was used.",
    "1. **E-mail**: <security@example.org>. Security team, for reports and questions. Encrypt to `E9C0 59EC",
    "475A`. Not for support.\n2. **Private",
    "2. **Private report on GitHub**: <https://github.com/example/example/security/advisories/new>.",
    "For escalation. Use it if there is no answer after 6 business days.\n",
    "4. **E-mail**: `somebody@example.net` (not confirmed yet).",
    "`E9C0 59EC 0D32 64FA B35F  94AD 465B F9F6 F8EB 475A`",
    "<https://security.example.org/keys/E9C059EC0D3264FAB35F94AD465BF9F6F8EB475A.asc>",
    "- **old**. Ask us for the certificate",
    "Within 48 hours",
    "Every 7 days",
    "| Low ",
    "Next release",
    "9.0–10.0",
    "USD 5000–15000",
    "Reporters may publish 90 days after the report",
    "Details follow 1 month (critical) and 1 week (other) after",
    "assigned by GitHub; requested: always",
    "1. Verify\n2. Disclose",
    "| 30+ | Released     |",
    "distros@example.org may be told of a vulnerability 3 weeks before",
    "- **Memory safety**: Heap corruption.",
    "- **Denial of service**",
    "[threat model](https://security.example.org/threat-model/)",
    "No legal action.",
    "<https://bounty.example.org/example>",
    "are credited in the advisory and the hall of fame, or stay anonymous",
    "- [Harry Example](<https://example.net/~he>): Report on the mirror (2026-03-20)",
    "[security-announce](<https://example.org/list>)",
    "- 2025-11-03, Example Labs: <https://example.org/audit-2025.pdf>",
    "- **TLS**: Not on the bus\n  - Mitigation: Use a trusted network\n  - Planned: v2.2",
    "Reviewed on 2026-11-01 by Security team, version 2.1.",
];

#[test]
fn the_least_policy_makes_a_whole_file() {
    let expect = "<!-- Made from policy.toml: edit that file, then run `secsite security-md`. -->

# Security Policy

## Contact

1. **E-mail**: <security@example.org>. For reports.

---

This policy on the web, with the published advisories and feeds: <https://security.example.org/policy/>.
Reviewed on 2026-11-01.
";
    assert_eq!(written(LEAST), expect);
}

#[test]
fn no_fact_is_lost_with_or_without_sections() {
    for text in [written(MOST), written(&format!("{MOST}{SECTIONS}"))] {
        for piece in PIECES {
            assert!(text.contains(piece), "{piece}\n--- is not in ---\n{text}");
        }
        assert!(text.ends_with(".\n") && !text.contains("\n\n\n"), "{text}");
    }
}

#[test]
fn sections_stand_as_they_were_written() {
    let text = written(&format!("{MOST}{SECTIONS}"));
    assert!(text.starts_with("<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n\n<!-- Made from"), "{text}");
    assert!(
        text.contains("# Sicherheit\n\nWe take it seriously.\n\n## Versions\n\nThese:\n\nThe newest 2"),
        "{text}"
    );
    assert!(text.contains(":x: No longer"), "{text}");
    assert!(text.contains("\n\nAnd that is all.\n\n### Practices\n\n### Inner\n\n```html\n<!-- secsite:support -->\n```\n\nThose who"));
    assert!(text.contains(
        "anonymous if they prefer.\nEnd\n\n## Alone\n\n## Supported Versions\n\n**Example command line**"
    ));
    // The tables of one product stand where its mark is and nowhere else.
    assert_eq!(text.matches("| 2.1.x ").count(), 1);
    assert!(!text.contains("## Credit"));
    // The file lies one folder deeper than the root.
    assert!(text.contains("(../content/best.md)"), "{text}");
}

#[test]
fn scorecard_gives_both_modes_ten_points() {
    let pointer = format!("{LEAST}\n[security_md]\nmode = \"pointer\"\n");
    for policy in [LEAST, MOST, &pointer, &pointer.replace("@example.org", "@security.example")] {
        let text = written(policy);
        assert_eq!(grade(&text).points(), 10, "{text}");
    }
}

#[test]
fn the_pointer_leads_to_the_portal() {
    let text = written(&format!("{LEAST}\n[security_md]\nmode = \"pointer\"\n"));
    let body = text.split_once("# Security Policy\n\n").unwrap().1;
    let expect = "Please report a vulnerability in Example in private, not in a public issue: \
<https://security.example.org/report/> says how.

- Supported versions, response times and disclosure: <https://security.example.org/policy/>
- Published advisories of known vulnerabilities: <https://security.example.org/advisories/>

Reviewed on 2026-11-01.
";
    assert_eq!(body, expect);
}
