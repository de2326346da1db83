use std::io::Write as _;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refused(entries: &[(&str, &[u8])]) -> String {
    documents("all.zip", &packed(entries)).unwrap_err().message
}

#[test]
fn documents_come_with_their_names() {
    let bytes = packed(&[("README.md", b"no"), ("a/b.json", b"{}"), ("C.JSON", b"[]")]);
    assert!(is_archive(&bytes) && is_archive(&packed(&[])) && !is_archive(b"{}"));
    let found = documents("all.zip", &bytes).unwrap();
    let expected = [("all.zip/a/b.json", "{}"), ("all.zip/C.JSON", "[]")];
    assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../evil.json", "a/../../evil.json", "/etc/evil.json", "C:/evil.json", "a\\..\\evil.json"] {
        assert!(
            refused(&[("good.json", b"{}"), (name, b"{}")]).ends_with("leads out of the archive"),
            "{name}"
        );
    }
}

#[test]
fn bombs_are_refused() {
    let long = vec![b' '; LARGEST as usize + 1];
    assert_eq!(refused(&[("bomb.json", &long)]), "the entry `bomb.json` has more than 16777216 bytes");
    let names: Vec<String> = (0..33).map(|at| format!("{at}.json")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &long[1..])).collect();
    assert_eq!(refused(&many), "the archive holds more than 536870912 bytes, as of `32.json`");
}

#[test]
fn damage_is_told() {
    let mut bytes = packed(&[("a.json", b"{\"a\": \"aaaaaaaaaaaaaaaaaaaa\"}")]);
    assert!(documents("x", &bytes[..20]).is_err());
    bytes[40] ^= 1;
    let found = documents("x", &bytes);
    assert!(found.is_err() || found.unwrap()[0].1 != b"{\"a\": \"aaaaaaaaaaaaaaaaaaaa\"}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(cut in 0usize..200, at in 0usize..200, with: u8) {
        let mut bytes = packed(&[("a.json", b"{}"), ("b.json", b"[1]")]);
        bytes.truncate(bytes.len().saturating_sub(cut));
        if let Some(byte) = bytes.get_mut(at) {
            *byte = with;
        }
        let _ = documents("x.zip", &bytes);
    }
}
