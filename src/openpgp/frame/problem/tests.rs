use super::*;

const GOOD: &str = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nContact: x\n# end\n\
                    -----BEGIN PGP SIGNATURE-----\n\nwnUEABYK=\n=abcd\n-----END PGP SIGNATURE-----\n";

#[track_caller]
fn check(from: &str, to: &str, problem: FrameProblem, words: &str) {
    let file = GOOD.replacen(from, to, 1);
    assert_ne!(file, GOOD, "`{from}` is not in the frame");
    says(file.as_bytes(), problem, words);
}

#[track_caller]
fn says(file: &[u8], problem: FrameProblem, words: &str) {
    assert_eq!(problem.to_string(), words);
    assert_eq!(diagnose(file), Some(problem));
}

fn header(line: usize, name: &str) -> FrameProblem {
    FrameProblem::Header { line, name: name.into() }
}

#[test]
fn a_good_frame_has_no_problem() {
    assert_eq!(diagnose(GOOD.as_bytes()), None);
}

#[test]
fn what_stands_around_the_frame() {
    let before = "something stands before the signed text, where the signature does not cover it";
    check("-----BEGIN PGP SIGNED", "Contact: y\n-----BEGIN PGP SIGNED", FrameProblem::Before, before);
    check("-----BEGIN PGP SIGNED", " -----BEGIN PGP SIGNED", FrameProblem::Before, before);
    check("-----BEGIN PGP SIGNED", "\u{feff}-----BEGIN PGP SIGNED", FrameProblem::Before, before);
    let after = "something stands after the signature, which does not cover it";
    says(format!("{GOOD}Contact: y\n").as_bytes(), FrameProblem::After, after);
    says(format!("{GOOD}\n").as_bytes(), FrameProblem::After, after);
    let second = FrameProblem::SecondMessage { line: 11 };
    says(format!("{GOOD}{GOOD}").as_bytes(), second, "a second signed message begins on line 11");
    let second = FrameProblem::SecondMessage { line: 12 };
    says(format!("{GOOD}\n{GOOD}").as_bytes(), second, "a second signed message begins on line 12");
    let inside = FrameProblem::SecondMessage { line: 5 };
    let words = "a second signed message begins on line 5";
    check("# end", "-----BEGIN PGP SIGNED MESSAGE-----", inside, words);
}

#[test]
fn header_lines() {
    for name in ["Comment", "Contact", "NotDashEscaped", "Version"] {
        let words = format!("line 3 is a header `{name}`, which the signature does not cover");
        check("SHA512\n", &format!("SHA512\n{name}: x\n"), header(3, name), &words);
        let words = format!("line 2 is a header `{name}`, which the signature does not cover");
        check("Hash", &format!("{name}: x\nHash"), header(2, name), &words);
    }
    let words = "line 3 is a header `Hash`, which the signature does not cover";
    check("SHA512\n", "SHA512\nHash: SHA512\n", header(3, "Hash"), words);
    check("Hash: SHA512\n", "", FrameProblem::NoHash, "the header `Hash: SHA512` is missing");
    let words = "the hash of the signature is not the SHA512 of the frame";
    check("SHA512", "SHA256", FrameProblem::OtherHash, words);
    check("SHA512", "SHA512,SHA1", FrameProblem::OtherHash, words);
    let words = "line 7 is a header `Contact` in the signature, which does not cover it";
    let problem = FrameProblem::SignatureHeader { line: 7, name: "Contact".into() };
    check("SIGNATURE-----\n", "SIGNATURE-----\nContact: y\n", problem, words);
}

#[test]
fn names_of_headers_are_harmless() {
    let long = format!("SHA512\n{}\u{202e}: x\n", "a".repeat(39));
    let file = GOOD.replacen("SHA512\n", &long, 1);
    let Some(FrameProblem::Header { name, .. }) = diagnose(file.as_bytes()) else { panic!("{file}") };
    assert_eq!(name, format!("{}\u{fffd}", "a".repeat(39)));
    let name = "x".repeat(400);
    let file = GOOD.replacen("SHA512\n", &format!("SHA512\n{name}: x\n"), 1);
    assert!(diagnose(file.as_bytes()).unwrap().to_string().len() < 120);
}

#[test]
fn lines_of_the_text() {
    let words = "line 5 ends in a blank or a carriage return";
    for end in ["# end ", "# end\t", "# end\r", "# end \r"] {
        check("# end", end, FrameProblem::LineEnd { line: 5 }, words);
    }
    let all = GOOD.replace('\n', "\r\n");
    let words = "line 1 ends in a blank or a carriage return";
    says(all.as_bytes(), FrameProblem::LineEnd { line: 1 }, words);
    let words = "line 5 of the text begins with a dash";
    check("# end", "- # end", FrameProblem::Dash { line: 5 }, words);
    check("# end", "- -----BEGIN PGP SIGNED MESSAGE-----", FrameProblem::Dash { line: 5 }, words);
    check("# end", "# \0end", FrameProblem::Control { line: 5 }, "line 5 holds a control character");
    check("# end", "\u{c}", FrameProblem::Control { line: 5 }, "line 5 holds a control character");
    check("SHA512", "SHA512\0", FrameProblem::Control { line: 2 }, "line 2 holds a control character");
    check("wnUE", "wn\u{1b}UE", FrameProblem::Control { line: 8 }, "line 8 holds a control character");
    let words = "the text may not be clear-signed: line 5 holds a character that is not printable ASCII";
    check("# end", "caf\u{e9}", FrameProblem::Text(Unframable::Foreign { line: 5 }), words);
    let words = "the text may not be clear-signed: line 5 begins with `From `";
    check("# end", "From x", FrameProblem::Text(Unframable::From { line: 5 }), words);
    let wide = "x".repeat(201);
    let words = "the text may not be clear-signed: line 5 is longer than 200 columns";
    check("# end", &wide, FrameProblem::Text(Unframable::TooWide { line: 5 }), words);
}

#[test]
fn what_ends_too_early() {
    for end in [40, 50, 60, 70, 100, GOOD.len() - 10, GOOD.len() - 1] {
        says(&GOOD.as_bytes()[..end], FrameProblem::Truncated, "the clear-signed file is truncated");
    }
}

#[test]
fn what_is_something_else() {
    let kind = FrameProblem::NotClearSigned;
    let detached = &GOOD[GOOD.find("-----BEGIN PGP SIGNATURE").unwrap()..];
    let words = "the file holds a detached signature, not a clear-signed text";
    says(detached.as_bytes(), kind("a detached signature"), words);
    says(b"Contact: x\n", kind("plain text"), "the file holds plain text, not a clear-signed text");
    says(b"", kind("nothing"), "the file holds nothing, not a clear-signed text");
    says(b"\xc2\x75\x04", kind("binary data"), "the file holds binary data, not a clear-signed text");
    let message = b"-----BEGIN PGP MESSAGE-----\n\n";
    says(message, kind("a message"), "the file holds a message, not a clear-signed text");
    let large = vec![b'x'; 2 * LARGEST + 1];
    says(&large, FrameProblem::TooLarge, "the clear-signed file is larger than 64 KiB");
}

proptest::proptest! {
    #[test]
    fn whatever_is_refused_has_a_reason_or_none(file in "(-----BEGIN PGP SIGNED MESSAGE-----\n)?(Hash: SHA512\n|\n|-----BEGIN PGP SIGNATURE-----\n|-----END PGP SIGNATURE-----|[\\PC]{0,9}\r?\n){0,9}") {
        let Some(problem) = diagnose(file.as_bytes()) else { return Ok(()) };
        let words = problem.to_string();
        proptest::prop_assert!(words.len() < 300 && !words.contains('\n'));
    }
}
