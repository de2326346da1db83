//! The first `policy.toml`: little, sound, and with a word on every line that asks for a decision.

use jiff::civil::Date;

use super::toml_text::quoted;
use crate::value::email::Email;
use crate::value::slug::Slug;
use crate::value::url::{BaseUrl, WebUrl};

/// What is known when a site begins.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The project's name.
    pub name: String,
    /// Where the portal will live.
    pub base_url: BaseUrl,
    /// Ways to report, in order of preference. With none, a reserved example address stands in.
    pub contacts: Vec<FirstContact>,
    /// The public repository; GitHub's private reporting follows from it.
    pub repository: Option<WebUrl>,
    /// The day on which all of it holds.
    pub reviewed: Date,
    /// What the site is for.
    pub purpose: Purpose,
}

/// What a site is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A project that reports on itself: it has a product and gives ids.
    Project,
    /// A collection of advisories about the packages of others.
    Database,
}

/// A way to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstContact {
    /// A mail address.
    Email(Email),
    /// A form.
    Form(WebUrl),
    /// Private vulnerability reporting of the repository.
    Github,
}

/// The first part of ids for a project of this name: its letters and digits in capitals.
pub fn prefix(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    let prefix: String = letters.skip_while(char::is_ascii_digit).take(20).collect();
    if prefix.len() < 2 { "EXAMPLE".into() } else { prefix }
}

/// The whole file.
pub fn policy(answers: &Answers) -> String {
    let Answers { name, base_url, reviewed, .. } = answers;
    let repository = match &answers.repository {
        Some(url) => format!("repository = {}", quoted(url.as_str())),
        None => "# repository = \"https://github.com/example/example\"".to_owned(),
    };
    let mut out = format!(
        r#"# The one file that the portal and SECURITY.md are made from. `secsite check` says what is missing or stale.

[site]
base_url = {base_url}

[policy]
title     = "Security Policy"
language  = "en"
reviewed  = {reviewed}                  # the day on which a person read all of this and found it true
valid_for = "180 days"                  # security.txt expires then; go through the policy and move `reviewed`

[project]
name       = {name}
{repository}
# publisher = {{ name = "Example Org", namespace = "https://example.org", category = "vendor" }}   # for CSAF

"#,
        base_url = quoted(base_url.as_str()),
        name = quoted(name),
    );
    if answers.purpose == Purpose::Project {
        out.push_str(&product(name));
    }
    out.push_str(&contacts(answers));
    out.push_str(PROMISES);
    match answers.purpose {
        Purpose::Project => {
            out.push_str(&format!(
                "[advisories]\nprefix = {}                      # ids are PREFIX-YYYY-NNNN\n\n",
                quoted(&prefix(name))
            ));
            out.push_str(SECTIONS);
        }
        Purpose::Database => out.push_str(DATABASE),
    }
    out
}

fn product(name: &str) -> String {
    format!(
        r#"[[product]]                             # one per separately versioned thing
id     = {id}
name   = {name}
scheme = "semver"                       # how versions compare: semver | pep440 | calver | numeric | text
# purl   = "pkg:cargo/example"
[[product.support]]
versions = "latest"                     # 2.x | 2.1 | 2.1.3 | < 2.0 | >= 1.4 | latest | main
status   = "supported"                  # supported | security-only | critical-only | best-effort | unsupported
# until    = 2028-12-31

"#,
        id = quoted(Slug::of_name(name).as_str()),
        name = quoted(name),
    )
}

fn contacts(answers: &Answers) -> String {
    let mut out = String::from("# Ways to report, in order of preference. The order is kept everywhere.\n");
    for contact in &answers.contacts {
        let (kind, address) = match contact {
            FirstContact::Email(email) => ("email", Some(email.to_string())),
            FirstContact::Form(url) => ("form", Some(url.as_str().to_owned())),
            FirstContact::Github => ("github", None),
        };
        out.push_str(&format!("[[contact]]\nkind    = \"{kind}\"\n"));
        if let Some(address) = address {
            out.push_str(&format!("address = {}\n", quoted(&address)));
        }
        out.push_str("for     = [\"report\"]\n\n");
    }
    if answers.contacts.is_empty() {
        out.push_str(
            "[[contact]]\nkind    = \"email\"\naddress = \"security@example.org\"        # an address that somebody reads\nfor     = [\"report\"]\n\n",
        );
    }
    out
}

const PROMISES: &str = r#"[reporting]
public_issues = "never"                 # never | low-severity | always

# Promise what can be kept: a number here is read as a promise.
# [[response]]
# stage  = "acknowledgment"             # acknowledgment | assessment | update | fix | release | advisory | disclosure
# within = "5 business days"

[disclosure]
model = "coordinated"                   # coordinated | full | none
# deadline      = "90 days"               # after which reporters may publish
# deadline_from = "report"

"#;

const SECTIONS: &str = r#"# Order and prose of the policy page and of SECURITY.md; facts go where a marker stands.
[[section]]
title = "Supported Versions"
body  = """
<!-- secsite:support -->
"""

[[section]]
title = "Reporting a Vulnerability"
body  = """
Please report vulnerabilities in private:

<!-- secsite:contacts -->

<!-- secsite:report -->
"""

[[section]]
title = "Disclosure"
body  = """
<!-- secsite:disclosure -->
"""

[[section]]
title = "Security Advisories"
body  = """
<!-- secsite:advisories -->
"""
"#;

const DATABASE: &str = r#"# Advisories of a database come as they are: many have no score, and some name no versions. Set these to "warn" to
# see which.
[lints]
missing-severity = "allow"
missing-affected = "allow"

[[section]]
title = "Reporting a Vulnerability"
body  = """
Please report in private, and first to those who maintain the package:

<!-- secsite:contacts -->

<!-- secsite:report -->
"""

[[section]]
title = "Security Advisories"
body  = """
<!-- secsite:advisories -->
"""
"#;

#[cfg(test)]
mod tests;
