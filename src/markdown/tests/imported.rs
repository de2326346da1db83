//! Imports: what another database wrote is published whole, whatever it wrote.

use super::*;

#[test]
fn refused_constructs_become_text() {
    for (source, tamed) in [
        ("for Vec<T> and `Vec<T>`", "for Vec\\<T> and `Vec<T>`"),
        ("<div>\n*a* <b>\n</div>", "\\<div>\n*a* \\<b>\n\\</div>"),
        ("[a](javascript:x) <data:x>", "\\[a](javascript:x) \\<data:x>"),
        ("![a](https://example.org/i.png)", "[a](https://example.org/i.png)"),
        ("<!-- gone\n\n# a", "\\<!-- gone\n\n# a"),
        ("é <!-- fine -->", "é <!-- fine -->"),
    ] {
        assert_eq!(tame(source), tamed);
        assert_eq!(kinds(tamed), [], "{tamed}");
    }
}
