use super::sample::host;
use super::*;

fn record(id: &str, published: &str, more: &str) -> Vec<u8> {
    format!("{{\n\"id\": \"{id}\", \"summary\": \"Pool\", \"modified\": \"{published}T00:00:00Z\"{more}}}")
        .into_bytes()
}

fn run(files: &[(&str, Vec<u8>)], host: &Host) -> Import {
    let files: Vec<_> = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    import(Format::Osv, &files, host)
}

fn ids(import: &Import) -> Vec<&str> {
    assert_eq!(import.problems, []);
    import.imported.iter().map(|advisory| advisory.id.as_str()).collect()
}

fn messages(import: &Import) -> Vec<(String, usize, String)> {
    assert_eq!(import.imported, [], "all or nothing");
    let told = |problem: &Problem| (problem.source.clone(), problem.line, problem.message.clone());
    import.problems.iter().map(told).collect()
}

#[test]
fn numbers_follow_the_dates_and_what_is_there() {
    let mut host = host(false);
    host.has(&AdvisoryId::parse("EXAMPLE-2030-0007").unwrap(), &[], []);
    let files = [
        ("b.json", record("B-1", "2030-03-01", "")),
        ("a.json", record("A-1", "2031-01-01", "")),
        ("c.json", record("C-1", "2030-02-01", "")),
        ("d.json", record("x_EXAMPLE-2030-0020", "2030-04-01", "")),
    ];
    let import = run(&files, &host);
    assert_eq!(
        ids(&import),
        ["EXAMPLE-2030-0020", "EXAMPLE-2030-0021", "EXAMPLE-2030-0022", "EXAMPLE-2031-0001"]
    );
    assert!(import.imported[1].text.contains("aliases   = [\"C-1\"]"));
    assert!(!import.imported[0].text.contains("aliases"));
}

#[test]
fn ids_may_be_kept() {
    let more = ", \"aliases\": [\"PYSEC-2031-2\", \"CVE-2031-11111\"]";
    let files = [
        ("a.json", record("GHSA-h7h7-6mx3-r89v", "2031-01-01", more)),
        ("b.json", record("PYSEC-2031-2", "2031-01-01", "")),
    ];
    let import = run(&files, &host(true));
    assert_eq!(ids(&import), ["GHSA-h7h7-6mx3-r89v", "PYSEC-2031-2"]);
    let text = &import.imported[0].text;
    assert!(text.contains("aliases   = [\"CVE-2031-11111\"]\nrelated   = [\"PYSEC-2031-2\"]\n"), "{text}");
    let import = run(&[("a.json", record("test:1", "2031-01-01", ""))], &host(true));
    assert!(messages(&import)[0].2.starts_with("`test:1` is not an advisory id: "));
}

#[test]
fn ids_that_clash_are_refused() {
    let files = [
        ("a.json", record("A-1", "2031-01-01", "")),
        ("b.json", record("a-1", "2031-01-01", "")),
        ("c.json", record("C-1", "2031-01-01", "")),
    ];
    let mut host = host(false);
    host.has(&AdvisoryId::parse("EXAMPLE-2030-0007").unwrap(), &["C-1"], []);
    let expected = [
        ("b.json".to_owned(), 2, "`a-1` is the id of `a.json` already, line 2".to_owned()),
        ("c.json".to_owned(), 2, "`C-1` is here already, as `EXAMPLE-2030-0007`".to_owned()),
    ];
    assert_eq!(messages(&run(&files, &host)), expected);
}

#[test]
fn one_bad_document_stops_all() {
    let bad = br#"{"id": "A-1", "summary": "a", "modified": "2031-01-01T00:00:00Z", "id": "B-1"}"#.to_vec();
    let import = run(&[("a.json", bad), ("b.json", record("B-1", "2031-01-01", ""))], &host(false));
    assert_eq!(messages(&import), [("a.json".to_owned(), 1, "the key `id` stands there twice".to_owned())]);
    let import = run(&[("a.json", record("A-1", "1812-01-01", ""))], &host(false));
    assert_eq!(messages(&import)[0].2, "`1812-01-01T00:00:00Z` is not a date of the years 1990 to 2100");
    let import = run(&[("a.json", record("A-1", "2031-01-01", ""))], &Host::new(None, false));
    assert_eq!(messages(&import)[0].2, "the policy does not say how ids begin");
    let long = format!(", \"details\": \"{}\"", "long ".repeat(60_000));
    let import = run(&[("a.json", record("A-1", "2031-01-01", &long))], &host(false));
    assert!(messages(&import)[0].2.contains("more than 262144"));
}

#[test]
fn other_documents_are_left_alone() {
    let files = [
        ("a.json", record("A-1", "2031-01-01", "")),
        ("all.json", br#"[{"id": "A-1", "modified": "2031-01-01T00:00:00Z"}]"#.to_vec()),
        ("e.json", b"[]".to_vec()),
    ];
    let import = run(&files, &host(false));
    assert_eq!(
        (ids(&import), import.skipped.as_slice()),
        (vec!["EXAMPLE-2031-0001"], &["all.json".to_owned(), "e.json".to_owned()][..])
    );
    assert_eq!(import.report.files, 1);
}

#[test]
fn a_list_is_several_documents() {
    let list = format!(
        "[{}, {}]",
        String::from_utf8(record("A-1", "2031-01-01", "")).unwrap(),
        String::from_utf8(record("B-1", "2031-01-01", "")).unwrap()
    );
    assert_eq!(
        ids(&run(&[("a.json", list.into_bytes())], &host(false))),
        ["EXAMPLE-2031-0001", "EXAMPLE-2031-0002"]
    );
}
