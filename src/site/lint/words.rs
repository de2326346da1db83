//! Words that should not be read by a finder: a template's, garbled ones, addresses that have ended.

use super::Subject;
use super::prose::Text;
use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::rules::text as rules;
use crate::source::{self, FileId, Span};
use crate::value::{host, mojibake};

/// What forges put into a new policy, and how it was translated. Words may stand on two lines.
const TEMPLATE: [&str; 12] = [
    "use this section to tell people about which versions",
    "use this section to tell people how to report",
    "tell them where to go, how often they can expect to get an update",
    "utilice esta sección para",
    "utiliza esta sección para",
    "utilisez cette section pour",
    "verwenden sie diesen abschnitt",
    "nutzen sie diesen abschnitt",
    "use esta seção para",
    "utilize esta seção para",
    "이 섹션을 사용하여",
    "使用本节",
];

/// Services that have moved, and where to.
const MOVED: [(&str, &str); 6] = [
    ("cve.mitre.org", "link to https://www.cve.org/"),
    ("distributedweaknessfiling.org", "it has ended; CVE ids are asked for at https://cveform.mitre.org/"),
    ("huntr.dev", "link to https://huntr.com/"),
    ("iwantacve.org", "it has ended; CVE ids are asked for at https://cveform.mitre.org/"),
    ("securityfocus.com", "it has ended; link to the original message or advisory"),
    ("vuls.cert.org", "link to https://kb.cert.org/vuls/"),
];

/// How many findings of one rule a text is given; to place each takes a look at the whole file.
pub(super) const MOST: usize = 20;

/// All rules about words.
pub(super) fn check(subject: &Subject<'_>, texts: &[Text<'_>], diags: &mut Diagnostics) {
    for text in texts {
        let read = text.read();
        let lower = read.to_ascii_lowercase();
        template_text(text, &read, subject, diags);
        retired_link(text, &lower, subject, diags);
        plain_http(text, &lower, subject, diags);
        if text.policy {
            nda_wording(text, &lower, subject, diags);
        }
        if text.is_file() {
            report_mojibake(&read, &mut |part| text.span(part, subject), diags);
        }
    }
    mojibake(subject, diags);
}

fn template_text(text: &Text<'_>, read: &str, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let lower = in_small(read);
    for sentence in TEMPLATE {
        let Some(part) = find_words(&lower, sentence) else { continue };
        let help = "write what it asks for, and take the sentence out";
        let message =
            format!("`{}` is a sentence of a template", short(&read[part.clone()].replace('\n', " "), 60));
        diags.push(rules::TEMPLATE_TEXT.at(text.span(part, subject), message).help(help));
    }
}

/// The text in lower case, every byte in its place: a letter whose small form is of another length stays.
fn in_small(text: &str) -> String {
    let small = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
            _ => c,
        }
    };
    text.chars().map(small).collect()
}

/// Where the words of `wanted` stand in this order, with any white space between them.
fn find_words(text: &str, wanted: &str) -> Option<std::ops::Range<usize>> {
    let mut words = wanted.split(' ');
    let first = words.next()?;
    let rest: Vec<&str> = words.collect();
    text.match_indices(first).find_map(|(start, _)| {
        let mut at = start + first.len();
        for word in &rest {
            let after = text[at..].trim_start();
            let gap = text.len() - at - after.len();
            if gap == 0 || !after.starts_with(word) {
                return None;
            }
            at += gap + word.len();
        }
        Some(start..at)
    })
}

fn nda_wording(text: &Text<'_>, lower: &str, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let phrases =
        ["non-disclosure agreement", "nondisclosure agreement", "sign an nda", "under an nda", "under nda"];
    let found = phrases.iter().filter_map(|phrase| lower.find(phrase).map(|at| at..at + phrase.len()));
    let Some(part) = found.min_by_key(|part| part.start) else { return };
    let words = sentence(lower, part.start);
    // "We never ask anybody to sign one."
    if [" no ", " not ", " never ", "n't ", " without "].iter().any(|word| words.contains(word)) {
        return;
    }
    let help = "ask for time to mend, with a `deadline` in [disclosure]";
    let message = "finders are asked for a non-disclosure agreement";
    diags.push(rules::NDA_WORDING.at(text.span(part, subject), message).help(help));
}

fn retired_link(text: &Text<'_>, lower: &str, subject: &Subject<'_>, diags: &mut Diagnostics) {
    for (at, found) in hosts(lower, &MOVED.map(|(host, _)| host)).into_iter().take(MOST) {
        let Some((_, help)) = MOVED.iter().find(|(host, _)| *host == found) else { continue };
        let span = text.span(at..at + found.len(), subject);
        diags.push(rules::RETIRED_LINK.at(span, format!("`{found}` has moved or ended")).help(*help));
    }
}

fn plain_http(text: &Text<'_>, lower: &str, subject: &Subject<'_>, diags: &mut Diagnostics) {
    let mut left = MOST;
    for (at, _) in lower.match_indices("http://") {
        let rest = &lower[at + "http://".len()..];
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).unwrap_or(rest.len());
        let name = &rest[..end];
        // A name that is no domain is this machine, or a part of a sentence about addresses.
        if !host::is_domain(name) || host::is_reserved_example(name) {
            continue;
        }
        if left == 0 {
            break;
        }
        left -= 1;
        let span = text.span(at..at + "http://".len() + end, subject);
        let message = format!("the link to `{}` is plain http", short(name, 60));
        diags.push(rules::PLAIN_HTTP.at(span, message).help("write `https://`, if the host answers to it"));
    }
}

/// Where one of `wanted` is the host of an address, or its end after a dot.
pub(super) fn hosts<'h>(lower: &str, wanted: &[&'h str]) -> Vec<(usize, &'h str)> {
    let mut found = Vec::new();
    for host in wanted {
        for (at, _) in lower.match_indices(host) {
            let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let inside = lower[..at].ends_with(part)
                || lower[at + host.len()..].starts_with(part)
                // `huntr.dev.example.org` is another host, and `keybase.io.` ends a sentence.
                || lower[at + host.len()..].strip_prefix('.').is_some_and(|rest| rest.starts_with(part))
                // Mail is still read where pages have moved.
                || lower[..at].ends_with('@');
            if !inside {
                found.push((at, *host));
            }
        }
    }
    found.sort_by_key(|(at, host)| (*at, std::cmp::Reverse(host.len())));
    found
}

/// The sentence around a byte, of text in lower case.
pub(super) fn sentence(lower: &str, at: usize) -> &str {
    let ends = ['.', '!', '?'];
    let start = lower[..at].rfind(ends).map_or(0, |end| end + 1);
    let end = lower[at..].find(ends).map_or(lower.len(), |end| at + end);
    &lower[start..end]
}

/// The policy with all its values, and the published advisories; files of `content/` have been looked at.
fn mojibake(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let file = subject.policy.document.reviewed.span.file;
    let policy = source::text::lenient(&subject.sources.file(file).bytes);
    report_mojibake(&policy, &mut |part| Span::new(file, part), diags);
    for advisory in subject.advisories {
        let place = |file: FileId, offset: usize| {
            move |part: std::ops::Range<usize>| Span::new(file, part.start + offset..part.end + offset)
        };
        let title = &advisory.front.title;
        report_mojibake(title.as_str(), &mut |_| title.span, diags);
        // Nearly every body is done with here.
        if mojibake::find(&advisory.body, 0).is_some() {
            let read = crate::markdown::without_code(&advisory.body);
            report_mojibake(&read, &mut place(advisory.id, advisory.body_offset), diags);
        }
    }
}

fn report_mojibake(
    text: &str,
    place: &mut dyn FnMut(std::ops::Range<usize>) -> Span,
    diags: &mut Diagnostics,
) {
    let mut from = 0;
    for _ in 0..MOST {
        let Some(found) = mojibake::find(text, from) else { break };
        from = found.range.end;
        let shown = short(&text[found.range.clone()], 20);
        let help = match &found.meant {
            Some(meant) => format!("write `{}`", short(meant, 20)),
            None => "write the sign that was meant; a part of it is lost".to_owned(),
        };
        let message = format!("`{shown}` is UTF-8 that was decoded as another encoding");
        diags.push(rules::MOJIBAKE.at(place(found.range), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::{find_words, hosts, in_small};

    #[test]
    fn a_sentence_is_found_across_lines() {
        let text = "x use this section\n  to tell people how";
        assert_eq!(find_words(text, "use this section to tell people"), Some(2..35));
        assert_eq!(find_words("use this sectionto tell", "use this section to tell"), None);
    }

    #[test]
    fn letters_keep_their_place() {
        assert_eq!(in_small("UTILICE SECCIÓN İẞ é"), "utilice sección İẞ é");
    }

    #[test]
    fn hosts_are_whole() {
        let found = |text| hosts(text, &["huntr.dev"]).len();
        assert_eq!(found("see https://www.huntr.dev/x and huntr.dev."), 2);
        assert_eq!(found("huntr.development, ourhuntr.dev, huntr.dev.example.org, a@huntr.dev"), 0);
    }
}
