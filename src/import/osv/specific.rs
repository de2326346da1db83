//! `database_specific` of a record: members of GitHub's shape and of ours. Others go to the loss report by themselves.

use super::{exploited, state};
use crate::import::draft::Draft;
use crate::import::json::Node;

pub(super) fn of_record<'s>(draft: &mut Draft<'s>, specific: &'s Node) {
    for weakness in specific.list("cwe_ids") {
        draft.weakness(weakness);
    }
    draft.severity(specific.get("severity"));
    for key in ["github_reviewed", "github_reviewed_at", "nvd_published_at"] {
        if let Some(node) = specific.get(key) {
            node.lost("tells of the source's own work on the record");
        }
    }
    if let Some((node, word)) = specific.get("status").and_then(|node| Some((node, state(node.text()?)?))) {
        draft.matter.status = Some(word.to_owned());
        node.field("status");
    }
    if let Some((node, word)) =
        specific.get("exploited").and_then(|node| Some((node, exploited(node.text()?)?)))
    {
        draft.matter.exploited = Some(word.to_owned());
        node.field("exploited");
    }
    if let Some(node) = specific.get("impact") {
        draft.matter.impact = draft.prose(node, "impact");
    }
    if let Some(node) = specific.get("withdrawn_reason")
        && let Some(reason) =
            draft.matter.withdrawn.is_some().then(|| draft.prose(node, "withdrawn.reason")).flatten()
        && let Some(withdrawn) = &mut draft.matter.withdrawn
    {
        withdrawn.reason = Some(reason);
    }
}
