//! Ranges of commits: our format has one commit that brings a flaw and several that mend it, per entry.

use super::affected::Event;
use crate::import::draft::Draft;
use crate::import::front_matter::{Affected, Git};
use crate::import::json::Node;
use crate::value::line;
use crate::value::url::WebUrl;

/// Entries for one range, one for each commit that introduces it.
pub(super) fn entries(draft: &mut Draft<'_>, range: &Node, entry: &Affected) -> Vec<Affected> {
    let repository = range.text_at("repo").and_then(|repo| WebUrl::parse(repo.trim()).ok());
    let Some(repository) = repository else {
        range.lost("commits of a repository that has no http or https address");
        return Vec::new();
    };
    let (mut introduced, mut fixed): (Vec<Option<String>>, Vec<String>) = (Vec::new(), Vec::new());
    for (kind, node) in super::affected::events(range) {
        let Some(commit) = node.text().map(str::trim).filter(|commit| line::check(commit).is_ok()) else {
            continue;
        };
        match kind {
            Event::Introduced => introduced.push((commit != "0").then(|| commit.to_owned())),
            Event::Fixed => fixed.push(commit.to_owned()),
            Event::LastAffected => {
                node.lost("our format names the commits that mend, not the last that is hit");
                continue;
            }
        }
        node.field("affected.git");
    }
    if introduced.is_empty() {
        draft.note(
            range.line,
            "commits that nothing introduces",
            crate::import::loss::Outcome::Field("affected.git".to_owned()),
        );
        introduced.push(None);
    }
    for key in ["repo", "type"] {
        if let Some(node) = range.get(key) {
            node.field("affected.git");
        }
    }
    introduced.dedup();
    let git =
        |introduced| Git { repository: repository.as_str().to_owned(), introduced, fixed: fixed.clone() };
    introduced
        .into_iter()
        .map(|introduced| Affected { git: Some(git(introduced)), ..entry.clone() })
        .collect()
}
