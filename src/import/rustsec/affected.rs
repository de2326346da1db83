//! The tables `[versions]` and `[affected]`: in go safe versions, platforms and functions, out comes the front
//! matter's one `[[affected]]`, beside what its format cannot say.

use semver::VersionReq;
use toml::de::DeTable;

use super::Outcome;
use super::mapping::{Mapping, Value};
use crate::import::range::{Versions, simple};
use crate::site::support::RUST_TOOLCHAIN;
use crate::value::shown::shown;

impl Mapping<'_> {
    /// Maps both tables onto the package that `[advisory]` named; without one there is nothing to map onto, and a
    /// problem said so already.
    pub(super) fn affected(&mut self, document: &DeTable<'_>) {
        if self.matter.affected.is_empty() {
            return;
        }
        self.ecosystem();
        let hit = self.table(document, "versions").map(|table| self.versions(table));
        let Some(table) = self.table(document, "affected") else { return };
        for (key, value) in table {
            let statement = format!("affected.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "functions" => self.functions(value, hit.as_ref()),
                "os" => self.platforms(&statement, value, |affected| &mut affected.os),
                "arch" => self.platforms(&statement, value, |affected| &mut affected.arch),
                _ => self.loss(&key.span(), &statement, Outcome::nowhere(super::advisory::UNKNOWN)),
            }
        }
    }

    fn ecosystem(&mut self) {
        let toolchain = self.is_toolchain();
        if toolchain {
            let why = "the Rust toolchain is in no OSV ecosystem; `Rust toolchain` stands in its place";
            self.loss_at(1, "the collection `rust`", Outcome::nowhere(why));
        }
        let ecosystem = if toolchain { RUST_TOOLCHAIN } else { "crates.io" };
        self.edit(|affected| affected.ecosystem = Some(ecosystem.to_owned()));
    }

    /// By the fence, else by the folder (`rust/std/ID.md`), else by the id: RustSec gives its own to crates alone.
    fn is_toolchain(&self) -> bool {
        if let Some(collection) = &self.collection {
            return collection == "rust";
        }
        match self.source.path.rsplit(['/', '\\']).nth(2) {
            Some("rust") => true,
            Some("crates") => false,
            _ => !self.matter.id.starts_with("RUSTSEC-"),
        }
    }

    /// The versions that are hit: all but the patched and the unaffected.
    fn versions(&mut self, table: &DeTable<'_>) -> Versions {
        let mut safe = Vec::new();
        let mut unaffected = Vec::new();
        let mut ranges_said = false;
        if !table.contains_key("patched") {
            let help = "write `patched = []` where no version is";
            self.problem_at(1, "`[versions]` has no `patched`".to_owned(), help);
        }
        for (key, value) in table {
            let statement = format!("versions.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "patched" => {
                    safe.extend(self.requirements(&statement, value));
                    self.loss(&key.span(), &statement, Outcome::Field("affected.versions".to_owned()));
                    ranges_said = true;
                }
                "unaffected" => {
                    let requirements = self.requirements(&statement, value);
                    if !requirements.is_empty() {
                        unaffected.extend(requirements.iter().filter_map(simple));
                        self.loss(&key.span(), &statement, Outcome::Field("affected.versions".to_owned()));
                    }
                    safe.extend(requirements);
                }
                _ => self.loss(&key.span(), &statement, Outcome::nowhere(super::advisory::UNKNOWN)),
            }
        }
        let hit = Versions::matching(&safe).complement();
        let ranges = hit.ranges();
        if ranges.is_empty() && ranges_said {
            self.loss_at(1, "versions", Outcome::nowhere("no version is affected by what the file says"));
        }
        self.edit(|affected| {
            affected.versions = ranges;
            affected.unaffected = unaffected;
        });
        hit
    }

    fn requirements(&mut self, statement: &str, value: &Value<'_>) -> Vec<VersionReq> {
        let mut requirements = Vec::new();
        for (span, text) in self.strings(statement, value) {
            match VersionReq::parse(text) {
                Ok(requirement) => requirements.push(requirement),
                Err(error) => {
                    let message = format!("{} is not a version requirement: {error}", shown(text));
                    self.problem(&span, message, "write it as Cargo reads it, such as `>= 1.2.3, < 2.0.0`");
                }
            }
        }
        requirements
    }

    /// Functions are `symbols`. The versions of each are kept only where they are the advisory's own.
    fn functions(&mut self, value: &Value<'_>, hit: Option<&Versions>) {
        let statement = "affected.functions";
        let Some(functions) = value.get_ref().as_table() else {
            return self.wrong_type(statement, value, "a table");
        };
        // In the order of the file; the table itself is ordered by name.
        let mut functions: Vec<_> = functions.iter().collect();
        functions.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in functions {
            let requirements = self.requirements(statement, value);
            self.edit(|affected| affected.symbols.push(key.get_ref().to_string()));
            self.loss(&key.span(), statement, Outcome::Field("affected.symbols".to_owned()));
            if !requirements.is_empty() && hit != Some(&Versions::matching(&requirements)) {
                let why = "a symbol has no versions of its own, and these differ from the advisory's";
                self.loss(&value.span(), "versions of affected.functions", Outcome::nowhere(why));
            }
        }
    }

    fn platforms(
        &mut self,
        statement: &str,
        value: &Value<'_>,
        list: fn(&mut super::Affected) -> &mut Vec<String>,
    ) {
        for (span, name) in self.strings(statement, value) {
            self.edit(|affected| list(affected).push(name.to_owned()));
            self.loss(&span, statement, Outcome::Field("affected.platforms".to_owned()));
        }
    }

    /// Changes the one `[[affected]]` there is.
    fn edit(&mut self, change: impl FnOnce(&mut super::Affected)) {
        if let Some(affected) = self.matter.affected.first_mut() {
            change(affected);
        }
    }
}
