//! Policies that nobody would write: pieces of real ones, cut, doubled and joined at random. Each is imported or refused,
//! none is too much for the reader, and of what is imported no word is lost.
//!
//! The suite tries a few. `SECSITE_RANDOM_SECONDS=600` goes on for that long, and `SECSITE_RANDOM_FOLDER` names a folder
//! of more policies to begin with. A failure prints the text, which is then a test of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secsite::diag::Diagnostics;
use secsite::import::security_md::{Options, import};
use secsite::model;
use secsite::source::Sources;

use crate::project::{read_tree, repository};

/// Texts that are tried where no time is given.
const TRIES: usize = 150;

/// Pieces that mean something to one of the markups.
const PIECES: &[&str] = &[
    "|",
    "\n|---|---|\n",
    "```",
    "~~~\n",
    "<!--",
    "-->",
    "<!-- secsite:support -->",
    "[",
    "](",
    "]: ",
    "\n\n",
    "\n",
    "    ",
    "\t",
    "# ",
    "\n===\n",
    "\n---\n",
    "> ",
    "- ",
    "1. ",
    "* ",
    "\\",
    "`",
    "**",
    "_",
    "<br>",
    "&#64;",
    "@",
    " at ",
    " dot ",
    "\u{200b}",
    "\u{202e}",
    "\u{0}",
    "\r\n",
    "é",
    "🔒",
    "âœ…",
    "+---+---+\n",
    "=== ===\n",
    ".. list-table::\n",
    "   * - a\n",
    "|===\n",
    "[cols=\"1,1\"]\n",
    "----\n",
    "....\n",
    "////\n",
    " `x <https://a.example/x>`_ ",
    " `x`_ x_ ",
    "\n\n.. _x: https://a.example/x\n",
    ":ref:`x <x>`",
    "a::\n\n  b",
    " link:x/y.adoc[z^] ",
    " https://a.example/x[z]",
    " mailto:a@a.example[]",
    " *x* ",
    "`+x+`",
    "'''",
    "\"\"\"",
    "+++\n",
    "48 hours",
    "https://",
    "mailto:",
    "% ",
    "$",
    "Supported Versions",
    "## Reporting\n",
    "security@acme.example",
    "| 1.x | yes |\n",
    "<a href=\"",
    "</p>",
    "{",
    "}}",
];

/// Numbers that look random and are the same on each run (xorshift, by Marsaglia).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (bound.max(1) as u64)).unwrap()
    }
}

#[test]
fn no_text_is_too_much_and_none_is_lost() {
    let mut sources: Vec<Vec<u8>> =
        read_tree(&repository().join("fuzz/seeds/import_security_md")).into_values().collect();
    sources.push(std::fs::read(repository().join("SECURITY.md")).unwrap());
    let shared = std::env::var_os("SECSITE_SHARED").map(|shared| Path::new(&shared).join("seeds"));
    let more = std::env::var_os("SECSITE_RANDOM_FOLDER").map(PathBuf::from);
    for folder in [shared, more].into_iter().flatten() {
        sources.extend(read_tree(&folder).into_values());
    }
    let seconds = std::env::var("SECSITE_RANDOM_SECONDS").ok().map(|text| text.parse().unwrap());
    let begun = Instant::now();
    let mut dice =
        Dice(std::env::var("SECSITE_RANDOM_SEED").map_or(0x9e37_79b9, |seed| seed.parse().unwrap()));
    let mut tried = 0;
    while seconds.map_or(tried < TRIES, |seconds| begun.elapsed() < Duration::from_secs(seconds)) {
        let text = mutated(&mut dice, &sources);
        let path = ["SECURITY.md", "SECURITY.rst", "SECURITY.adoc"][dice.below(3)];
        tried += 1;
        let before = Instant::now();
        if let Err(panic) = std::panic::catch_unwind(|| try_one(path, &text)) {
            println!("=== {path} ===\n{}\n=== as bytes ===", String::from_utf8_lossy(&text));
            println!("{}", text.escape_ascii());
            std::panic::resume_unwind(panic);
        }
        assert!(before.elapsed() < Duration::from_secs(120), "{path}:\n{}", String::from_utf8_lossy(&text));
    }
    println!("{tried} texts in {:?}", begun.elapsed());
}

/// A source with some changes.
fn mutated(dice: &mut Dice, sources: &[Vec<u8>]) -> Vec<u8> {
    let mut text = sources[dice.below(sources.len())].clone();
    for _ in 0..=dice.below(6) {
        let (at, length) = (dice.below(text.len() + 1), dice.below(80));
        let end = (at + length).min(text.len());
        match dice.below(8) {
            0 => drop(text.drain(at..end)),
            1 => {
                let piece = text[at..end].repeat(1 + dice.below(4));
                text.splice(at..at, piece);
            }
            2 => {
                let other = &sources[dice.below(sources.len())];
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(2000)).min(other.len());
                text.splice(at..end, other[from..to].iter().copied());
            }
            3 => text.truncate(at),
            4 if dice.below(8) == 0 && at < text.len() => text[at] = u8::try_from(dice.below(256)).unwrap(),
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(3));
                text.splice(at..at, piece.into_bytes());
            }
        }
    }
    // Cuts go through letters; most texts are to be text all the same.
    if dice.below(10) > 0 { String::from_utf8_lossy(&text).into_owned().into_bytes() } else { text }
}

fn try_one(path: &str, bytes: &[u8]) {
    let options = Options::of_folder("Example");
    let imported = match import(path, bytes, &options) {
        Ok(imported) => imported,
        Err(problem) => {
            let refused = std::str::from_utf8(bytes).is_err() || bytes.len() > 256 << 10;
            assert!(problem.line > 0 && refused, "{problem:?}");
            return;
        }
    };
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let mut have = words(&imported.policy);
    let mut all = imported.policy.to_lowercase();
    let mut files = vec![("policy.toml".to_owned(), imported.policy.clone().into_bytes())];
    for (path, text) in imported.content {
        have.extend(words(&text));
        all.push_str(&text.to_lowercase());
        files.push((path, text.into_bytes()));
    }
    let sources = Sources::new(files.into_iter().collect(), now, now);
    let parsed = model::parsed::parse(&sources, &mut Diagnostics::default());
    assert!(parsed.policy.is_some(), "what was imported cannot be read:\n{}", imported.policy);
    // Words of ASCII alone: others may stand beside a control character that is left out.
    let source = String::from_utf8_lossy(bytes);
    if source.contains(|c: char| c.is_control() && c != '\n') {
        return;
    }
    // `Ver**please**` is one word where a title cannot be emphatic, and its letters are all there.
    let letters: String = all.chars().filter(|c| c.is_alphanumeric()).collect();
    let told = |line: &&str| !is_ours(line) && (path == "SECURITY.md" || !is_of_a_table(line));
    for line in source.lines().filter(told) {
        for word in words(line).into_iter().filter(|word| word.len() > 3 && word.is_ascii()) {
            let sign = word == "markdown" || word == "link" && path == "SECURITY.adoc";
            let kept = have.contains(&word) || letters.contains(&word) || sign;
            assert!(kept, "`{word}` is lost:\n{}", imported.policy);
        }
    }
}

/// A line that secsite writes above and below a policy, from facts that are imported as such.
fn is_ours(line: &str) -> bool {
    ["<!-- Made from policy.toml", "This policy on the web", "Reviewed on ", "Not reviewed yet"]
        .iter()
        .any(|words| line.contains(words))
}

/// A line that says how a table is to look, which no other table says.
fn is_of_a_table(line: &str) -> bool {
    let line = line.trim();
    line.starts_with([':', '['])
        || line.starts_with(".. list-table::")
        || line.starts_with(".. csv-table::")
        || line.starts_with(".. code")
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
}
