//! Times as policies promise them, and times that promise nothing.

use super::imported;

/// The promises of a section, as lines: stage, severity, time.
fn promises(text: &str) -> Vec<String> {
    read(&format!("# Security Policy\n\n## Reporting a Vulnerability\n\n{text}\n"))
}

fn read(text: &str) -> Vec<String> {
    let policy = imported(text).policy;
    let tables = policy.split("[[response]]").skip(1).map(|table| {
        let value = |key: &str| {
            let line = table.lines().take(6).find(|line| line.starts_with(key))?;
            line.split('"').nth(1).map(str::to_owned)
        };
        let time = value("within").or_else(|| value("every")).or_else(|| value("text"));
        [value("stage"), value("severity"), time].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let deadline = policy.lines().filter_map(|line| line.strip_prefix("deadline "));
    let deadline =
        deadline.filter_map(|line| line.split('"').nth(1)).map(|time| format!("disclosure {time}"));
    tables.chain(deadline).collect()
}

#[test]
fn each_time_has_the_stage_of_its_own_clause() {
    for (text, expect) in [
        (
            "If confirmed, a fix will be released within 14 days for critical issues and 30 days for moderate issues.",
            &["fix critical 14 days", "fix medium 30 days"][..],
        ),
        (
            "Please allow 48 hours for acknowledgment and 7 days for remediation before public disclosure.",
            &["acknowledgment 48 hours", "fix 7 days"],
        ),
        (
            "We acknowledge reports within 72 hours and publish a fix within 14 days for confirmed critical issues.",
            &["acknowledgment 72 hours", "fix critical 14 days"],
        ),
        (
            "Once the impact is confirmed we mend it (critical targeted within 14 days, medium within 30 days).",
            &["fix critical 14 days", "fix medium 30 days"],
        ),
        ("**Response:** Emergency patch within 14 days.", &["fix 14 days"]),
        (
            "- **Fix and coordinated disclosure:** a patch within 30 days for high and 90 days for low severity",
            &["fix high 30 days", "fix low 90 days"],
        ),
        (
            "We aim to acknowledge and validate disclosures within 9 business days.",
            &["assessment 9 business days"],
        ),
        (
            "We answer within 2 days and fix verified vulnerabilities within 90 days.",
            &["acknowledgment 2 days", "fix 90 days"],
        ),
        ("Allow 90 days for a response before disclosing it publicly.", &["disclosure 90 days"]),
        ("I ask that you give me 90 days to work on a fix before public exposure.", &["disclosure 90 days"]),
        ("If it is not addressed within 30 days, you are free to disclose it.", &["disclosure 30 days"]),
        ("Within 90 days after the triage, the vulnerability is made public.", &["disclosure 90 days"]),
    ] {
        assert_eq!(promises(text), expect, "{text}");
    }
}

#[test]
fn what_is_said_of_other_times_promises_nothing() {
    for text in [
        "Packagers are notified at least a week ahead of our planned release.",
        "It stays private until 2 weeks after a public release.",
        "These steps are completed 3 days after the release date.",
        "We push the source once it has been released for 1 week.",
        "We follow their policy only if the maintainers respond within 14 days.",
    ] {
        assert_eq!(promises(text), Vec::<String>::new(), "{text}");
    }
    let manual = "# S\n\n## Reporting\n\nMail a@acme.example.\n\n## Pairing\n\n- Links are high-entropy capabilities that \
                  expire after five minutes\n- Limits are fixed for a 30-day window\n\n| Control | Note |\n|---|---|\n\
                  | Status of dependencies | Each must be proposed 48 hours before it is merged, for a review |\n";
    assert_eq!(read(manual), Vec::<String>::new());
}

#[test]
fn severities_of_other_languages() {
    let text = "# 安全策略\n\n## 响应时间表\n\n- **修复时间表**：\n  - 严重：7 天内\n  - 高：14 天内\n  - 中：30 天内\n";
    assert_eq!(read(text), ["fix critical 7 days", "fix high 14 days", "fix medium 30 days"]);
    let text = "# S\n\n## Contact\n\n- Critique → patch sous 7 jours\n- Majeure → patch sous 30 jours\n";
    assert_eq!(read(text), ["fix critical 7 days", "fix high 30 days"]);
}

#[test]
fn a_list_is_what_to_include_where_somebody_is_asked() {
    let text = "# S\n\n## Surfaces\n\nThe surface includes these entries:\n\n- the port\n- the file\n";
    assert!(!imported(text).policy.contains("include ="));
    let text = "# S\n\nPlease include:\n\n- the port\n- the file\n";
    assert!(imported(text).policy.contains("the port"));
}
