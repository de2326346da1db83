//! The table `[advisory]`, key by key: in go its values, out come fields of the front matter and losses.

use toml::de::DeTable;
use toml::value::Datetime;

use super::mapping::{Mapping, Value};
use super::{Affected, Outcome, Reference};
use crate::import::front_matter::{Cvss, Withdrawn};
use crate::import::reference;
use crate::value::id::{AdvisoryId, Alias};
use crate::value::line;
use crate::value::shown::shown;

/// Why a key that nobody knows went nowhere.
pub(super) const UNKNOWN: &str = "no field of an advisory means this";

fn field(name: &str) -> Outcome {
    Outcome::Field(name.to_owned())
}

impl Mapping<'_> {
    /// Maps the table. Needed are `id`, `package` and `date`.
    pub(super) fn advisory(&mut self, table: &DeTable<'_>) {
        for key in ["id", "package", "date"] {
            if !table.contains_key(key) {
                self.problem_at(1, format!("`[advisory]` has no `{key}`"), format!("write `{key} = \"…\"`"));
            }
        }
        // The id comes first, since aliases are compared to it, and the URL before the references, as RustSec prints.
        for key in ["id", "url"] {
            if let Some((key, value)) = table.get_key_value(key) {
                self.advisory_key(key.get_ref(), value);
            }
        }
        for (key, value) in table.iter().filter(|(key, _)| !["id", "url"].contains(&key.get_ref().as_ref())) {
            self.advisory_key(key.get_ref(), value);
        }
    }

    fn advisory_key(&mut self, key: &str, value: &Value<'_>) {
        let statement = format!("advisory.{key}");
        let span = value.span();
        match key {
            "id" => self.id(value),
            "package" => self.package(value),
            "date" => self.matter.published = self.date(&statement, value, "published"),
            "withdrawn" => {
                let date = self.date(&statement, value, "withdrawn.date");
                self.matter.withdrawn =
                    date.map(|date| Withdrawn { date, reason: None, superseded_by: None });
            }
            "aliases" | "related" => self.other_ids(key, &statement, value),
            "informational" => match self.string(&statement, value) {
                Some(word @ ("unmaintained" | "unsound" | "notice")) => {
                    self.matter.informational = Some(word.to_owned());
                    self.loss(&span, &statement, field("informational"));
                }
                Some(_) => {
                    let why = "`informational` is `unmaintained`, `unsound` or `notice`";
                    self.loss(&span, &statement, Outcome::nowhere(why));
                }
                None => {}
            },
            "cvss" => {
                let Some(vector) = self.string(&statement, value) else { return };
                if vector.parse::<cvss::Cvss>().is_err() {
                    let why = "not a CVSS vector of any version";
                    return self.loss(&span, &statement, Outcome::nowhere(why));
                }
                self.matter.cvss.push(Cvss { vector: vector.to_owned(), ..Cvss::default() });
                self.loss(&span, &statement, field("cvss.vector"));
            }
            "categories" => {
                for (span, category) in self.strings(&statement, value) {
                    if line::check(category).is_err() {
                        self.loss(&span, &statement, Outcome::nowhere("not one line of text"));
                        continue;
                    }
                    self.matter.categories.push(category.to_owned());
                    self.loss(&span, &statement, field("categories"));
                }
            }
            "keywords" => {
                if !self.strings(&statement, value).is_empty() {
                    let why = "advisories have no free keywords; `categories` are other words";
                    self.loss(&span, &statement, Outcome::nowhere(why));
                }
            }
            "url" => {
                if let Some(url) = self.string(&statement, value) {
                    self.reference(&statement, &span, url);
                }
            }
            "references" => {
                for (span, url) in self.strings(&statement, value) {
                    self.reference(&statement, &span, url);
                }
            }
            "license" => self.licence(&statement, value),
            "collection" => {
                self.collection = self.string(&statement, value).map(str::to_owned);
                self.loss(&span, &statement, field("affected.ecosystem"));
            }
            "expect-deleted" => {
                let why = "tells RustSec's own checks that the package has left the registry";
                self.loss(&span, &statement, Outcome::nowhere(why));
            }
            "yanked" => {
                let why = "the registry itself says what is yanked, and may change it";
                self.loss(&span, &statement, Outcome::nowhere(why));
            }
            _ => self.loss(&span, &statement, Outcome::nowhere(UNKNOWN)),
        }
    }

    fn id(&mut self, value: &Value<'_>) {
        let Some(id) = self.string("id", value) else { return };
        let span = value.span();
        if let Err(invalid) = AdvisoryId::parse(id) {
            return self.problem(&span, invalid.message, invalid.help);
        }
        if id.ends_with("-0000-0000") {
            let message = format!("{} stands for an id that is not given out yet", shown(id));
            return self.problem(&span, message, "import the file once it has its id");
        }
        let file = self.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        if file.strip_suffix(".md") != Some(id) {
            let message = format!("{} is not the id that the file's name says", shown(id));
            return self.problem(&span, message, format!("name the file `{id}.md`, or mend the id"));
        }
        if let Some(owner) = self.owners.get(id).filter(|owner| **owner != self.source.path) {
            let message = format!("{} is the id of {} already", shown(id), shown(owner));
            return self.problem(&span, message, "leave one of the two files out");
        }
        self.matter.id = id.to_owned();
        self.loss(&span, "advisory.id", field("id"));
    }

    fn package(&mut self, value: &Value<'_>) {
        let Some(package) = self.line("package", value) else { return };
        if package.trim().is_empty() {
            return self.problem(&value.span(), "`package` is empty".to_owned(), "write the package's name");
        }
        let package = Some(package.to_owned());
        self.matter.affected.push(Affected { package, ..Affected::default() });
        self.loss(&value.span(), "advisory.package", field("affected.package"));
    }

    /// A date, spelled as a string (RustSec's way) or as TOML's own.
    fn date(&mut self, statement: &str, value: &Value<'_>, target: &str) -> Option<Datetime> {
        let own = value.get_ref().as_datetime().copied();
        let date = own.or_else(|| value.get_ref().as_str()?.parse().ok());
        // Without a zone no instant is meant; with one, or without a time at all, our format takes it as it is.
        let Some(date) =
            date.filter(|date| date.date.is_some() && date.time.is_some() == date.offset.is_some())
        else {
            let message = format!("{} is not a date", shown(statement));
            self.problem(&value.span(), message, "write a day of the calendar such as `\"2021-01-31\"`");
            return None;
        };
        self.loss(&value.span(), statement, field(target));
        Some(date)
    }

    /// An alias that has its own file in the set is another advisory, so it is `related`: no two of ours may be the
    /// same. A CVE id that several files share stays an alias in each; that is RustSec's usage.
    fn other_ids(&mut self, key: &str, statement: &str, value: &Value<'_>) {
        for (span, id) in self.strings(statement, value) {
            if id.contains("://") {
                self.reference(statement, &span, id);
            } else if Alias::parse(id).is_err() {
                self.loss(&span, statement, Outcome::nowhere("not an id of any database"));
            } else if id == self.matter.id {
                self.loss(&span, statement, Outcome::nowhere("repeats the advisory's own id"));
            } else if self.matter.aliases.iter().chain(&self.matter.related).any(|known| known == id) {
                self.loss(&span, statement, Outcome::nowhere("stands there twice"));
            } else if key == "related" || self.owners.contains_key(id) {
                self.matter.related.push(id.to_owned());
                self.loss(&span, statement, field("related"));
            } else {
                self.matter.aliases.push(id.to_owned());
                self.loss(&span, statement, field("aliases"));
            }
        }
    }

    fn reference(&mut self, statement: &str, span: &std::ops::Range<usize>, url: &str) {
        if self.matter.references.iter().any(|known| known.url == url) {
            return self.loss(span, statement, Outcome::nowhere("stands there twice"));
        }
        let Some(kind) = reference::kind(url) else {
            return self.loss(span, statement, Outcome::nowhere("not an http or https URL"));
        };
        self.matter.references.push(Reference { kind: kind.to_owned(), url: url.to_owned() });
        self.loss(span, statement, field("reference"));
    }

    /// The public domain (CC0-1.0, RustSec's default) asks for nothing. Any other licence wants to be named with its
    /// source, so a section at the end of the text does.
    fn licence(&mut self, statement: &str, value: &Value<'_>) {
        let Some(licence) = self.string(statement, value) else { return };
        if licence == "CC0-1.0" {
            let why = "the public domain asks for no notice";
            return self.loss(&value.span(), statement, Outcome::nowhere(why));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | ' ' | '(' | ')');
        if licence.is_empty() || !licence.chars().all(plain) {
            return self.loss(&value.span(), statement, Outcome::nowhere("not an SPDX licence expression"));
        }
        let source = match self.matter.references.first() {
            Some(url) => format!("; adapted from <{}>", url.url),
            None => String::new(),
        };
        self.licence = Some(format!("## License\n\nThis text is under {licence}{source}.\n"));
        self.loss(&value.span(), statement, Outcome::Section("License".to_owned()));
    }
}
