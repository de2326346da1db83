use proptest::prelude::*;

use super::Calendar;

/// What a calendar program reads: lines joined again, escapes undone (RFC 5545 §3.1, §3.3.11).
fn read(folded: &str) -> String {
    let line = folded.strip_suffix("\r\n").expect("a line ends").replace("\r\n ", "");
    let escaped = line.strip_prefix("SUMMARY:").expect("a property");
    let mut out = String::new();
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next().expect("an escape has two characters") {
                'n' => out.push('\n'),
                c => out.push(c),
            },
            c => out.push(c),
        }
    }
    out
}

proptest! {
    #[test]
    fn folded_text_reads_back(text in "[ -~\näé🧀]{0,200}") {
        let mut calendar = Calendar(String::new());
        calendar.text("SUMMARY", &text);
        for line in calendar.0.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        prop_assert_eq!(read(&calendar.0), text);
    }
}

#[test]
fn controls_do_not_reach_a_calendar() {
    let mut calendar = Calendar(String::new());
    calendar.text("SUMMARY", "a\r\nEND:VEVENT\u{7}\tb");
    assert_eq!(calendar.0, "SUMMARY:a\\nEND:VEVENT b\r\n");
}
