//! Words of the policy and of its pages, for what no fact of the model can say.

use crate::profiles::{Answer, Place, Subject};
use crate::source::{Span, text};

/// The first line of each text that has one of `words`, in any case of letters. The words are lower case.
pub(in crate::profiles) fn named(subject: &Subject<'_>, words: &[&str], help: &'static str) -> Answer {
    let policy = subject.sources.find("policy.toml");
    let pages = subject.sources.below("content/").filter(|(_, file)| file.path.ends_with(".md"));
    let mut places = Vec::new();
    for (id, file) in policy.into_iter().chain(pages.map(|(id, file)| (id, &**file))) {
        let text = text::lenient(&file.bytes);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let comment = file.path == "policy.toml" && line.trim_start().starts_with('#');
            let lower = line.to_lowercase();
            if !comment && words.iter().any(|word| holds(&lower, word)) {
                places.push(Place::Written(Span::new(id, start..start + line.trim_end().len())));
                break;
            }
            start += line.len();
        }
    }
    if places.is_empty() { Answer::lacking(help) } else { Answer::Worded(places) }
}

/// Whether a word stands in a line as a whole.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        edge(line[..start].chars().next_back()) && edge(line[start + word.len()..].chars().next())
    })
}
