//! A draft with the fields to fill in.

use jiff::civil::Date;

use super::toml_text::quoted;
use crate::value::id::AdvisoryId;

/// Stands where nobody has given a title; as a placeholder it can never be published.
const UNTITLED: &str = "[INSERT TITLE] What can happen, in which part";

/// The file of a new advisory, begun on `date`. It parses as it is, and as a draft it reaches no output.
pub fn advisory(title: Option<&str>, id: &AdvisoryId, date: Date) -> String {
    let title = quoted(title.unwrap_or(UNTITLED));
    format!(
        r##"+++
id        = "{id}"
title     = {title}
status    = "draft"                     # final publishes it; a draft exists in no output byte
# published = {date}                   # the day, or the moment with its zone: {date}T08:00:00Z
# embargo   = {{ until = {date}T08:00:00Z }}   # before this moment it is a draft, whatever `status` says
# aliases   = ["CVE-pending"]            # CVE and GHSA ids of the same vulnerability
# cwe       = ["CWE-79"]
# severity  = "high"                     # critical | high | medium | low; leave it out where a vector says it
# exploited = "none-known"               # none-known | poc | in-the-wild
# impact    = "One or two sentences for lists and feeds."

# [[cvss]]
# vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"

# [[affected]]
# product  = "…"                         # an `id` of policy.toml
# versions = [{{ introduced = "1.0.0", fixed = "1.2.3" }}]

# [[reference]]
# kind = "fix"                           # fix | report | article | evidence | web …
# url  = "https://example.org/…"

# [[credit]]
# name = "…"
# type = "finder"

[[timeline]]
date  = {date}
event = "Draft begun"
+++

[INSERT TEXT] What is wrong, and what an attacker can do with it.

## Impact

[INSERT TEXT] Who is hit, and under which conditions.

## Workarounds

[INSERT TEXT] What to do until the update is in, or "None."
"##
    )
}
