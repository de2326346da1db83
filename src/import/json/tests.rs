use super::*;

fn refused(text: &str) -> (usize, String) {
    let fault = Node::read(text.as_bytes()).unwrap_err();
    (fault.line, fault.message)
}

#[test]
fn every_value_knows_its_line() {
    let text = "{\n \"a\": [1,\n  \"x\\\"y:\", {\"b\"\n : null}],\n \"c\": -1.5e3,\n \"d\"\n:\ntrue }";
    let node = Node::read(text.as_bytes()).unwrap();
    let lines: Vec<usize> = node.list("a").iter().map(|item| item.line).collect();
    assert_eq!((node.line, lines), (1, vec![2, 3, 3]));
    assert_eq!((node.get("c").unwrap().line, node.get("d").unwrap().line), (5, 8));
    assert_eq!(node.list("a")[1].text(), Some("x\"y:"));
    assert!(node.list("a")[2].get("b").is_none());
}

#[test]
fn what_nobody_took_is_told() {
    let node =
        Node::read(br#"{"a": {"b": "1", "c": ["2", "3"]}, "d": {"e": 1, "f": 2}, "i": {"j": {"k": 1}}, "f": [], "g": null, "h\n": 1}"#)
            .unwrap();
    node.at(&["a", "c"]).unwrap().items()[1].field("title");
    let told: Vec<(String, bool)> = node
        .losses("x.json")
        .into_iter()
        .map(|loss| (loss.statement, matches!(loss.outcome, Outcome::Field(_))))
        .collect();
    let expected =
        [("a.b", false), ("a.c[]", false), ("a.c[]", true), ("d", false), ("i.j.k", false), ("h\\n", false)];
    assert_eq!(told, expected.map(|(path, kept)| (path.to_owned(), kept)));
}

#[test]
fn what_is_refused() {
    assert_eq!(
        refused("{\"a\": 1,\n\"b\": {\"c\": 1,\n\"c\": 2}}"),
        (3, "the key `c` stands there twice".to_owned())
    );
    assert_eq!(refused("{\"a\": 1,\n\"\\u0061\": 1}").1, "the key `a` stands there twice");
    assert!(refused("").1.starts_with("the file is not JSON: "));
    assert!(refused("{} {}").1.starts_with("the file is not JSON: trailing characters"));
    assert!(refused(&"[".repeat(100_000)).1.contains("recursion limit"));
    let many = format!("[{}0]", "0,".repeat(MOST_VALUES));
    assert_eq!(refused(&many).1, "the document has more than 1000000 values");
    let fault = Node::read(b"{\n\"a\": \"\xff\"}").unwrap_err();
    assert_eq!((fault.line, fault.message.as_str()), (2, "the file is not UTF-8"));
}

proptest::proptest! {
    #[test]
    fn lines_and_values_run_in_step(text in "[\\[\\]{}\",:0a\\\\ \n-]{0,40}") {
        if let Ok(node) = Node::read(text.as_bytes()) {
            fn count(node: &Node) -> usize {
                1 + node.items().iter().map(count).sum::<usize>() + node.members().iter().map(|(_, it)| count(it)).sum::<usize>()
            }
            proptest::prop_assert_eq!(lines::of(&text).len(), count(&node));
        }
    }
}
