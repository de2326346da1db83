//! A hand-written SECURITY.md becomes a policy: in go the file's bytes, out come `policy.toml`, texts for `content/`, and
//! a report of what became of each statement.
//!
//! Sections carry the order and the prose, tables carry the facts. A block gives way to an insertion mark only where the
//! fact says every word of it; else the text stays, and a mark with `told` says which facts it tells. No word of the
//! source is lost, none is invented, and SECURITY.md written from the result comes back as the same policy: that is tried
//! before anything is handed out. Nothing here touches a disk.

mod beside;
mod contact;
mod dated;
mod decode;
mod facts;
mod headings;
mod kind;
mod lists;
mod markup;
mod mojibake;
mod obfuscated;
mod outline;
mod promise;
mod prose;
mod report;
mod sections;
mod support;
#[cfg(test)]
mod tests;
mod toml;
mod whole;

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::diag::escape::short;
use crate::import::Problem;
use crate::import::loss::Outcome;
use crate::model::parsed;
use crate::model::policy::NEVER;
use crate::rules::policy::{MISSING_CONTACT, POLICY_NONE};
use crate::rules::version::VERSION_STATUS_UNKNOWN;
use crate::source::Sources;
use crate::value::reports;
use crate::value::slug::Slug;
use crate::value::url::{BaseUrl, WebUrl};

use facts::Reading;
use markup::Markup;
use outline::Kind;
use report::Entry;
pub use report::{Note, Report};
use sections::{Document, Text};

/// What the file itself does not say.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address of the portal; where it is not given, that of a file that secsite wrote, else an example.
    pub base_url: Option<BaseUrl>,
    /// Name of the project; else the repository's or the title's.
    pub name: Option<String>,
    /// The name where nothing tells it, such as the folder's.
    pub folder: String,
    /// The public repository; else the one that the file asks to report to.
    pub repository: Option<WebUrl>,
    /// Whether text that was encoded twice is mended.
    pub repair: bool,
    /// Where SECURITY.md is written, from the root.
    pub file: String,
    /// Names of the files in the same folder, in order: translations among them are reported, and not read.
    pub beside: Vec<String>,
}

impl Options {
    /// Nothing is told but the name of the folder; SECURITY.md stays where most forges look for it.
    pub fn of_folder(folder: &str) -> Self {
        Self {
            base_url: None,
            name: None,
            folder: folder.to_owned(),
            repository: None,
            repair: false,
            file: "SECURITY.md".to_owned(),
            beside: Vec::new(),
        }
    }
}

/// The files of the new policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// `policy.toml`.
    pub policy: String,
    /// Files below `content/`, by path.
    pub content: BTreeMap<String, String>,
    /// What became of each statement.
    pub report: Report,
}

/// Imports the file at `path`, whose ending tells its markup.
///
/// # Errors
/// The bytes are no UTF-8 and no repair was asked for, or there are too many of them.
pub fn import(path: &str, bytes: &[u8], options: &Options) -> Result<Imported, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem {
            source: path.to_owned(),
            line: 1,
            message: format!("{} bytes are too many for a policy", bytes.len()),
            help: format!("keep it below {LARGEST} bytes; the largest policies in use have 50,000"),
        });
    }
    let (text, mut notes) = decode::decode(path, bytes, options.repair)?;
    notes.extend(
        beside::translations(path, &options.beside)
            .into_iter()
            .map(|name| Note::new(1, &format!("`{}`", short(name, 60)), TRANSLATION)),
    );
    let markup = Markup::of(path);
    let first = converted(path, &text, markup, false, &notes, options);
    if markup == Markup::Markdown
        || is_stable(&first, path, options, true)
        || is_stable(&first, path, options, false)
    {
        return Ok(first);
    }
    Ok(converted(path, &text, markup, true, &notes, options))
}

/// The import of a text in any markup; with `fenced`, as blocks of code below its headings.
fn converted(
    path: &str,
    text: &str,
    markup: Markup,
    fenced: bool,
    notes: &[Note],
    options: &Options,
) -> Imported {
    let converted = markup.to_markdown(text, fenced);
    let notes: Vec<Note> = notes.iter().chain(&converted.notes).cloned().collect();
    let mut imported = settled(path, &converted.text, &notes, options);
    if markup != Markup::Markdown {
        // People look for a statement in the file that they have. The notes before these name its lines already.
        let entries = imported.report.entries.iter_mut().map(|entry| &mut entry.line);
        let own = imported.report.notes.iter_mut().skip(notes.len()).map(|note| &mut note.line);
        for line in entries.chain(own) {
            *line = converted.lines.get(*line - 1).copied().unwrap_or(*line);
        }
    }
    imported
}

/// What is said of a translation beside the file.
const TRANSLATION: &str = "a translation beside this file, not read: a portal speaks one language. See that it promises nothing \
                           else, or remove it; `secsite check` names the links that lead to it";

/// How often a text is written and read again, until it comes back the same. Once is enough but for texts that no person
/// writes.
const ROUNDS: usize = 8;

/// The import of a text that comes back the same.
///
/// Where marks would not, the text tells its facts itself: what is written then holds the same words, and is tried in turn.
fn settled(path: &str, text: &str, notes: &[Note], options: &Options) -> Imported {
    let mut text = text.to_owned();
    let mut report: Option<Report> = None;
    for _ in 0..ROUNDS {
        let with = |imported: Imported| match &report {
            Some(report) => Imported { report: report.clone(), ..imported },
            None => imported,
        };
        let marked = make(path, &text, notes.to_vec(), options, true);
        if is_stable(&marked, path, options, true) {
            return with(marked);
        }
        let told = make(path, &text, notes.to_vec(), options, false);
        match written(&told) {
            Some(next) if next != text => {
                report.get_or_insert(told.report);
                text = next;
            }
            _ => return with(told),
        }
    }
    let told = make(path, &text, notes.to_vec(), options, false);
    Imported { report: report.unwrap_or_else(|| told.report.clone()), ..told }
}

/// The largest file; a policy is read by people.
const LARGEST: usize = 256 << 10;

/// One way to import; `marks` tells whether blocks may give way to marks.
fn make(path: &str, text: &str, mut notes: Vec<Note>, options: &Options, marks: bool) -> Imported {
    let (text, footer) = prose::without_footer(text);
    let mut text = text.to_owned();
    if let Some((inner, note)) = whole::unwrap(&text) {
        text = inner;
        notes.push(note);
    }
    if let Some((harmless, note)) = prose::without_marks(&text) {
        text = harmless;
        notes.push(note);
    }
    let front = sections::front_matter(&text).unwrap_or(0);
    // Front matter is no Markdown; blanks keep every place where it is.
    let blank: String = text[..front]
        .chars()
        .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
        .collect();
    let outline = outline::outline(&format!("{blank}{}", &text[front..]));
    let mut reading = Reading::new(&text, &outline);
    reading.facts.repository =
        options.repository.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
    prose::read(&mut reading);
    let title = outline.statements.iter().find(|s| s.kind == Kind::Heading(1)).map(|s| s.text.clone());
    contact::read(&mut reading);
    let name = name(options, reading.facts.repository.as_deref(), title.as_deref());
    let product = Slug::of_name(&name);
    lists::read(&mut reading);
    support::read(&mut reading, product.as_str());
    promise::read(&mut reading);
    if !marks {
        for (_, mark) in std::mem::take(&mut reading.marks) {
            let mark = ["support", "include", "phases"].into_iter().find(|known| mark.starts_with(known));
            let said: Vec<usize> = reading
                .evidence
                .iter()
                .filter(|(_, told, _)| Some(*told) == mark || told.is_empty())
                .map(|(at, ..)| *at)
                .collect();
            for at in said {
                reading.say(at, mark.unwrap_or_default(), String::new());
            }
        }
    }
    let document = sections::split(&reading);
    let base = options.base_url.as_ref().map(BaseUrl::as_str);
    let base = base
        .or(footer.as_ref().map(|footer| footer.base_url.as_str()))
        .unwrap_or("https://security.example.org/");
    let dated = footer.as_ref().map(|footer| footer.reviewed).or(reading.facts.updated);
    let reviewed = dated.unwrap_or(NEVER);
    if dated.is_none() {
        notes.push(Note::new(
            1,
            "[policy].reviewed",
            "the file does not say when somebody last attested it; 1990-01-01 stands for never, until `secsite renew`",
        ));
    }
    if reading.facts.contacts.is_empty() {
        notes.push(nobody(&text));
    }
    notes.extend(headings::notes(&text, &outline));
    notes.extend(unread(&reading));
    notes.extend(left(&reading));
    let frame =
        toml::Frame { base_url: base, name: &name, product: product.as_str(), reviewed, file: &options.file };
    let policy = toml::write(&frame, &reading.facts, &document);
    let content = document.sections.iter().filter_map(|section| match &section.text {
        Text::File(path, text) => Some((path.clone(), text.clone())),
        Text::None | Text::Body(_) => None,
    });
    let report = Report { source: path.to_owned(), entries: entries(&reading, &document), notes };
    Imported { policy, content: content.collect(), report }
}

/// What is said of a file that names no contact.
fn nobody(text: &str) -> Note {
    let note = |outcome| Note::new(1, "[[contact]]", outcome);
    if reports::speaks_of_reports(text) {
        return note("the file names none; add one, or build with `--preview`").of(&MISSING_CONTACT);
    }
    note("the file names none, and says nothing of reports: it is no security policy yet").of(&POLICY_NONE)
}

/// The project's name: as given, as the repository's, as what the title says besides "security policy".
fn name(options: &Options, repository: Option<&str>, title: Option<&str>) -> String {
    if let Some(name) = &options.name {
        return name.clone();
    }
    if let Some(name) = repository.and_then(|url| url.rsplit('/').next()).filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    let words = [
        "security",
        "policy",
        "policies",
        "process",
        "for",
        "of",
        "the",
        "-",
        "–",
        "—",
        ":",
        "and",
        "disclosure",
        "vulnerability",
        "vulnerabilities",
        "how",
        "to",
        "report",
        "reporting",
        "disclosing",
        "a",
        "an",
        "bug",
        "bugs",
        "issue",
        "issues",
        "response",
        "sicherheit",
        "sicherheitsrichtlinie",
        "sicherheitsrichtlinien",
    ];
    let rest: Vec<&str> = title
        .unwrap_or_default()
        .split_whitespace()
        .filter(|word| !words.contains(&word.to_lowercase().as_str()))
        .collect();
    let rest = rest.join(" ");
    let named = (1..=40).contains(&rest.len()) && crate::value::line::check(&rest).is_ok() && rest.is_ascii();
    if named { rest } else { options.folder.clone() }
}

/// The rows of tables whose status nobody can tell from what they print.
fn unread(reading: &Reading<'_>) -> Vec<Note> {
    let rows = reading.facts.products.iter().flat_map(|product| &product.rows);
    let unread = rows.filter(|row| row.status == "unknown").take(MOST_UNREAD);
    let note = |row: &facts::Row| {
        let cell = row.as_printed.as_deref().unwrap_or_default();
        let is_row = |line: &str| line.contains(cell) && line.contains(row.versions.as_str());
        let line = reading.text.lines().position(is_row).map_or(1, |at| at + 1);
        let what = format!("`{}`", short(cell, 40));
        let outcome = "no status that is known: `unknown` promises nothing and denies nothing";
        Note::new(line, &what, outcome).of(&VERSION_STATUS_UNKNOWN)
    };
    unread.map(note).collect()
}

/// What stays text although it was understood.
fn left(reading: &Reading<'_>) -> Vec<Note> {
    let note = |(at, words, why): &(usize, String, &'static str)| {
        let place = reading.outline.statements[*at].range.start;
        Note::new(1 + reading.text[..place].matches('\n').count(), &format!("`{words}`"), why)
    };
    reading.left.iter().map(note).collect()
}

/// Enough to show that a table is in words of its own.
const MOST_UNREAD: usize = 20;

/// Where each statement went.
fn entries(reading: &Reading<'_>, document: &Document) -> Vec<Entry> {
    let mut fields: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (at, _, key) in reading.evidence.iter().filter(|(_, _, key)| !key.is_empty()) {
        fields.entry(*at).or_default().push(key);
    }
    let mut line = 1;
    let mut counted = 0;
    let mut entries = Vec::new();
    for (at, statement) in reading.outline.statements.iter().enumerate() {
        // Statements come in order, so each line is counted once.
        line += reading.text[counted.min(statement.range.start)..statement.range.start].matches('\n').count();
        counted = counted.max(statement.range.start);
        let kind = match statement.kind {
            Kind::Heading(_) | Kind::InnerHeading => "heading",
            Kind::Paragraph => "paragraph",
            Kind::Item(_) => "list item",
            Kind::Row(..) => "table row",
            Kind::Code => "code block",
            Kind::Html => "HTML",
            Kind::Comment => "comment",
            Kind::Rule => "rule",
        };
        let section = document.starts.partition_point(|start| *start <= statement.range.start);
        let section = section.checked_sub(1).and_then(|at| document.sections.get(at));
        let place =
            section.map_or_else(|| "[policy].intro".to_owned(), |s| format!("[[section]] `{}`", s.title));
        let outcomes = fields.get(&at).into_iter().flatten().map(|key| Outcome::Field((*key).to_owned()));
        let mut outcomes: Vec<Outcome> = outcomes.collect();
        let replaced = reading.marks.iter().any(|(range, _)| range.contains(&statement.range.start));
        if !replaced {
            outcomes.push(Outcome::Section(place));
        }
        let words = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
        entries.push(Entry { line, kind, text: short(&words, 72), outcomes });
    }
    entries
}

/// SECURITY.md of an import, if its policy can be read and has no flaw but that nobody is named to write to.
fn written(imported: &Imported) -> Option<String> {
    let mut files: BTreeMap<String, Vec<u8>> =
        imported.content.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec())).collect();
    files.insert("policy.toml".to_owned(), imported.policy.as_bytes().to_vec());
    let then = jiff::Timestamp::UNIX_EPOCH;
    let sources = Sources::new(files, then, then);
    let mut diags = Diagnostics::default();
    let parsed = parsed::parse(&sources, &mut diags);
    let contacts = imported.policy.contains("\n[[contact]]\n");
    if diags.iter().any(|finding| contacts || finding.rule.id != crate::rules::input::MISSING_KEY.id) {
        return None;
    }
    let policy = parsed.policy?;
    let fragments = parsed.fragments.into_iter().map(|file| (file.path, file.body.to_string())).collect();
    Some(crate::security_md::write(&policy, &fragments, &policy.site.base_url.value))
}

/// Whether what is written back is imported as the same.
fn is_stable(imported: &Imported, path: &str, options: &Options, marks: bool) -> bool {
    let Some(text) = written(imported) else { return false };
    let again = make(path, &text, Vec::new(), options, marks);
    again.policy == imported.policy && again.content == imported.content
}
