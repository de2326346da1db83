use crate::diag::{Level, Levels};
use crate::site::sample;

/// The rules that a table of versions and statuses trips, sorted.
fn found(rows: &[(&str, &str)]) -> Vec<&'static str> {
    let mut policy = "[[product]]\nid = \"core\"\n".to_owned();
    for (versions, status) in rows {
        policy.push_str(&format!("[[product.support]]\nversions = \"{versions}\"\nstatus = \"{status}\"\n"));
    }
    policy.push_str(
        "[site]\nbase_url = \"https://example.org/\"\n[policy]\nreviewed = 2026-11-01\n[project]\nname = \"x\"\n\
         [[contact]]\nkind = \"email\"\naddress = \"a@example.org\"\n",
    );
    let (parsed, mut diags) = sample::parsed(&sample::sources([("policy.toml", policy.as_str())]));
    let policy = parsed.policy.unwrap();
    assert!(diags.is_empty(), "{:?}", diags.iter().collect::<Vec<_>>());
    super::check(&policy.products[0], &mut diags);
    let mut rules: Vec<&str> = diags.iter().map(|finding| finding.rule.id).collect();
    assert!(
        diags
            .iter()
            .all(|finding| Levels::default().of(finding.rule) > Level::Allow && finding.help.is_some())
    );
    rules.sort_unstable();
    rules
}

const OPEN: &str = "version-open-below";

#[test]
fn exceptions_are_no_contradictions() {
    // As redis has it, in either order.
    let exception = ["version-exception"];
    assert_eq!(
        found(&[("7.2.x", "supported"), ("6.2.x", "supported"), ("< 7.2.x", "unsupported")]),
        exception
    );
    assert_eq!(
        found(&[("< 7.2.x", "unsupported"), ("6.2.x", "supported"), ("7.2.x", "supported")]),
        exception
    );
    assert_eq!(found(&[("2.x", "supported"), ("2.0.3", "unsupported"), ("< 2", "unsupported")]), [""; 0]);
}

#[test]
fn overlaps_are() {
    let contradiction = ["version-contradiction"];
    assert_eq!(found(&[("0.1.0-alpha.x", "supported"), ("< 0.1.0-alpha.2", "unsupported")]), contradiction);
    assert_eq!(found(&[(">= 2.0", "supported"), ("< 3.0", "unsupported")]), contradiction);
    assert_eq!(found(&[("2.x", "supported"), ("< 2.5", "unsupported")]), contradiction);
    // Development promises nothing, so it contradicts nothing.
    assert_eq!(found(&[("2.x", "development"), ("< 2.5", "unsupported")]), [""; 0]);
}

#[test]
fn gaps_are_where_a_release_must_have_been() {
    let gap = ["version-table-gap"];
    assert_eq!(found(&[("5.1.x", "supported"), ("< 5.0", "unsupported")]), gap);
    assert_eq!(found(&[("> 1.0", "supported"), ("< 1.0", "unsupported")]), gap);
    assert_eq!(found(&[("3.x", "supported"), ("1.x", "unsupported"), ("0.x", "unsupported")]), gap);
    assert_eq!(found(&[("1.0.x", "supported"), ("0.3.x", "supported"), ("< 0.3", "unsupported")]), gap);
    // Majors and minors that never were.
    assert_eq!(found(&[("1.0.x", "supported"), ("0.9.x", "supported"), ("< 0.9", "unsupported")]), [""; 0]);
    assert_eq!(found(&[("3.x", "supported"), ("2.1.x", "supported"), ("< 2.1", "unsupported")]), [""; 0]);
    assert_eq!(found(&[("2.x", "supported"), ("<= 1.9", "unsupported")]), [""; 0]);
    assert_eq!(found(&[("> 1", "supported"), ("1.x and earlier", "unsupported")]), [""; 0]);
    // Words may cover anything.
    assert_eq!(found(&[("5.1.x", "supported"), ("< 5.0", "unsupported"), ("LTS", "supported")]), [""; 0]);
}

#[test]
fn the_lowest_row_says_what_lies_below() {
    assert_eq!(found(&[("4.x", "supported")]), [OPEN]);
    assert_eq!(found(&[("0.1.x", "supported")]), [OPEN]);
    assert_eq!(found(&[("0.x", "supported"), ("latest", "supported")]), [""; 0]);
    assert_eq!(found(&[("latest", "supported")]), [""; 0]);
}

#[test]
fn some_row_says_unsupported() {
    let none = ["version-no-unsupported"];
    assert_eq!(found(&[("0.x", "supported")]), none);
    assert_eq!(found(&[("2.x", "supported"), ("< 2", "critical-only")]), none);
    assert_eq!(found(&[("2.x", "supported"), ("main", "development")]), none);
    assert_eq!(found(&[("2.x", "supported"), ("< 2", "unknown")]), [""; 0]);
    assert_eq!(found(&[("Latest release in 2.x", "supported"), ("< 2", "best-effort")]), [""; 0]);
    assert_eq!(found(&[("2.x", "planned"), ("< 2", "development")]), [""; 0]);
}

#[test]
fn holes_are_unsupported_lines_between_supported_ones() {
    let rows = [("3.x", "supported"), ("2.x", "unsupported"), ("1.x", "supported"), ("< 1", "unsupported")];
    assert_eq!(found(&rows), ["version-hole"]);
    let rows =
        [("3.x", "supported"), ("2.x", "security-only"), ("1.x", "unsupported"), ("< 1", "unsupported")];
    assert_eq!(found(&rows), [""; 0]);
}
