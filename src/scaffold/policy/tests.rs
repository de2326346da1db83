use super::*;
use crate::site::sample;

fn answers(name: &str, contacts: Vec<FirstContact>, purpose: Purpose) -> Answers {
    Answers {
        name: name.into(),
        base_url: BaseUrl::example(),
        contacts,
        repository: Some(WebUrl::parse("https://github.com/example/example").unwrap()),
        reviewed: Date::constant(2026, 11, 22),
        purpose,
    }
}

/// What decoding finds in a policy and a draft beside it.
fn findings(policy: &str, advisory: &str) -> Vec<String> {
    let files = [("policy.toml", policy), ("advisories/EXAMPLE-2026-0001.md", advisory)];
    let (parsed, diags) = sample::parsed(&sample::sources(files));
    assert!(parsed.policy.is_some() || !diags.is_empty());
    diags.iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn every_first_policy_is_sound() {
    let email = FirstContact::Email(Email::parse("security@example.org").unwrap());
    let form = FirstContact::Form(WebUrl::parse("https://example.org/report").unwrap());
    let id = crate::value::id::AdvisoryId::parse("EXAMPLE-2026-0001").unwrap();
    let day = Date::constant(2026, 11, 22);
    for title in [None, Some("Use-after-free in `Pool::drop`"), Some("a \"quoted\" \\ title")] {
        let draft = super::super::advisory(title, &id, day);
        for name in ["Example", "9 lives", "日本", "index", "a \"b\" \\c", "-", "Node.js"] {
            for contacts in [vec![], vec![FirstContact::Github, email.clone(), form.clone()]] {
                for purpose in [Purpose::Project, Purpose::Database] {
                    let text = policy(&answers(name, contacts.clone(), purpose));
                    assert_eq!(findings(&text, &draft), Vec::<String>::new(), "{text}\n{draft}");
                }
            }
        }
    }
}

#[test]
fn ids_follow_from_the_name() {
    for (name, expect) in
        [("libfoo", "LIBFOO"), ("Node.js", "NODEJS"), ("9 lives", "LIVES"), ("日本", "EXAMPLE")]
    {
        assert_eq!(prefix(name), expect);
        assert!(crate::value::prefix::Prefix::parse(&prefix(name)).is_ok());
    }
}
