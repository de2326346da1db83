//! RustSec's advisories: in goes a file's fence and Markdown, out comes an advisory of ours and what became of each
//! statement, or everything that is wrong with the file.
//!
//! Two decisions of this format alone. RustSec's `patched` and `unaffected` name the versions that are safe; ours are
//! the ones that are not, so the ranges are their complement. And the files under `rust/` speak of the toolchain
//! (`std`, `cargo`), which is in no OSV ecosystem: crates.io has other packages by those names, and RustSec itself
//! exports only `crates/` to OSV. Their `ecosystem` is therefore a word of ours, and the report says so.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::front_matter::{Affected, FrontMatter, Reference};
use super::loss::{Loss, Outcome};
use super::{Imported, Problem, body};
use crate::value::id::AdvisoryId;
use crate::value::line;
use mapping::Mapping;
use source::Source;

mod advisory;
mod affected;
mod mapping;
pub(super) mod source;
mod title;

/// The id a document claims, whether or not it is a good one.
pub(super) fn id<'d>(document: &'d DeTable<'_>) -> Option<&'d str> {
    document.get("advisory")?.get_ref().as_table()?.get("id")?.get_ref().as_str()
}

/// Maps one file. `owners` has the ids of the whole set, each with the path of the file that may use it.
pub(super) fn convert(
    source: &Source,
    document: &DeTable<'_>,
    owners: &BTreeMap<String, &str>,
) -> Result<Imported, Vec<Problem>> {
    let mut mapping = Mapping::new(source, owners);
    mapping.document(document);
    let body = text(&mut mapping);
    let Mapping { matter, mut losses, problems, .. } = mapping;
    if !problems.is_empty() {
        return Err(problems);
    }
    losses.sort_by_key(|loss| loss.line);
    Ok(Imported {
        path: format!("advisories/{}/{}.md", year(&matter), matter.id),
        text: format!("{}\n{body}", matter.write()),
        id: matter.id,
        losses,
    })
}

/// The Markdown's title goes to the front matter; the rest of it comes back, fit for our renderer.
fn text(mapping: &mut Mapping<'_>) -> String {
    let source = mapping.source;
    let markdown = source.markdown();
    let Some(title) = title::title(markdown) else {
        mapping.problem_at(
            source.markdown_line(markdown.len() - markdown.trim_start().len()),
            "the text does not begin with a title".to_owned(),
            "write `# ` and the title first after the fence",
        );
        return String::new();
    };
    let at = source.markdown_line(title.start);
    if let Err(invalid) = line::check(&title.text) {
        mapping.problem_at(at, format!("the title: {}", invalid.message), invalid.help);
    }
    mapping.matter.title = title.text;
    mapping.loss_at(at, "title", Outcome::Field("title".to_owned()));
    if title.stripped {
        mapping.loss_at(at, "markup of the title", Outcome::nowhere("a title is plain text with code spans"));
    }
    if title.body == markdown.len() {
        return mapping.licence.take().unwrap_or_default();
    }
    let first = source.markdown_line(title.body);
    mapping.loss_at(first, "text", Outcome::Section("body".to_owned()));
    let (mut text, changes) = body::fit(&markdown[title.body..]);
    for change in changes {
        let (statement, outcome) = match change.what {
            body::What::Html => ("raw HTML", "body, shown as text"),
            body::What::Image => ("image", "body, as a link"),
            body::What::Link => ("link that is not http, https or mailto", "body, shown as text"),
        };
        mapping.loss_at(first + change.line - 1, statement, Outcome::Section(outcome.to_owned()));
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    if let Some(licence) = mapping.licence.take() {
        text.push('\n');
        text.push_str(&licence);
    }
    text
}

/// The year in the id (`RUSTSEC-2021-0001`), which is when it was given out; else the year of the date.
fn year(matter: &FrontMatter) -> String {
    let of_date = || matter.published.and_then(|stamp| stamp.date).map(|date| format!("{:04}", date.year));
    let of_id = AdvisoryId::parse(&matter.id).ok().and_then(|id| id.year()).map(|year| year.to_string());
    of_id.or_else(of_date).unwrap_or_default()
}
