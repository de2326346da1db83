//! The guide's page about rules, made from the rules themselves so that it cannot miss one.

use std::fmt::Write;

use super::RULES;
use crate::diag::Rule;
use crate::value::capital::capital;

/// The text of `content/docs/rules.md`: a table of all rules, then what each finds, by id.
pub fn guide() -> String {
    let mut rules: Vec<&Rule> = RULES.to_vec();
    rules.sort_by_key(|rule| rule.id);
    let mut page = String::from(HEAD);
    // Writing to a String cannot fail.
    for rule in &rules {
        let _ = writeln!(page, "| [`{id}`](#{id}) | {} | {} |", level(rule), rule.summary, id = rule.id);
    }
    for rule in &rules {
        let _ = write!(page, "\n## {}\n\n**{}.** {}\n", rule.id, capital(rule.summary), rule.explain);
        if !rule.clause.is_empty() {
            let _ = write!(page, "\nAsked for by {}.\n", rule.clause);
        }
    }
    page
}

const HEAD: &str = "+++
title  = \"Rules\"
weight = 105
+++

At the end of this page you know every kind of finding that `check` and `build` report, and how to mend it. `secsite explain RULE`
prints the same.

A finding of level *error* stops a build. One of level *warning* does not, unless `--deny warnings` is given. A *note* is said by
`check` alone and stops nothing: it is right for some, and others leave it as it is. Where the level is marked *adjustable*,
`[lints]` of the policy may set it to `\"allow\"`, `\"note\"`, `\"warn\"` or `\"deny\"`, and `--allow RULE` leaves the rule
out of one run; all other rules are errors whatever anybody says, because a site that breaks them would be false or unsafe.

| rule | level | finds |
|---|---|---|
";

fn level(rule: &Rule) -> String {
    let word = rule.level.title();
    if rule.adjustable { format!("{word}, adjustable") } else { word.to_owned() }
}
