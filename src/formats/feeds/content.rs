//! The whole advisory as HTML that stands by itself in a reader: no class, no relative link.

use crate::formats::xml::escape;
use crate::markdown;
use crate::model::advisory::Status;
use crate::model::advisory::affected::AffectedStatus;
use crate::routes;
use crate::site::Site;
use crate::site::advisory::{Advisory, Affected, absolute_html};

use super::channel::name_of;

/// What readers must know first: whether it still stands, what can happen, which versions, and then the text.
pub(super) fn html(site: &Site, advisory: &Advisory) -> String {
    let mut out = notice(site, advisory);
    if let Some(impact) = &advisory.front.impact {
        out.push_str(&format!("<p>{}</p>\n", markdown::inline_html(impact)));
    }
    if let Some(severity) = advisory.severity {
        let vector = advisory.vector().map(|cvss| {
            format!(" (CVSS {:.1}, <code>{}</code>)", cvss.vector.score(), escape(cvss.vector.as_str()))
        });
        out.push_str(&format!("<p>Severity: {}{}</p>\n", severity.label(), vector.unwrap_or_default()));
    }
    if !advisory.affected.is_empty() {
        out.push_str("<table>\n<thead><tr><th>Product</th><th>Affected</th><th>First safe release</th></tr></thead>\n<tbody>\n");
        for affected in &advisory.affected {
            let cells = [name_of(&affected.target, site), hit(affected), safe(affected)];
            let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
            out.push_str(&format!("<tr>{cells}</tr>\n"));
        }
        out.push_str("</tbody>\n</table>\n");
    }
    out.push_str(&absolute_html(advisory, &site.links));
    out
}

/// A paragraph for an advisory that does not stand as it was published.
fn notice(site: &Site, advisory: &Advisory) -> String {
    let Some(withdrawn) = &advisory.front.withdrawn else {
        return match advisory.front.status.value {
            Status::Rejected => "<p><strong>Rejected: this is no vulnerability.</strong></p>\n".to_owned(),
            Status::Disputed => {
                "<p><strong>Disputed: whether this is a vulnerability is not agreed.</strong></p>\n"
                    .to_owned()
            }
            Status::Draft | Status::Final => String::new(),
        };
    };
    let mut out = format!("<p><strong>Withdrawn on {}.</strong>", withdrawn.date.day());
    if let Some(reason) = &withdrawn.reason {
        out.push_str(&format!(" {}", markdown::inline_html(reason)));
    }
    if let Some(id) = &withdrawn.superseded_by {
        let url = escape(&site.url(&routes::advisory(id)));
        out.push_str(&format!(" Superseded by <a href=\"{url}\">{}</a>.", escape(id.as_str())));
    }
    out.push_str("</p>\n");
    out
}

fn hit(affected: &Affected) -> String {
    match affected.text.status.value {
        AffectedStatus::NotAffected => "not affected".to_owned(),
        AffectedStatus::UnderInvestigation => "under investigation".to_owned(),
        AffectedStatus::Affected if affected.ranges.is_empty() => "versions not given".to_owned(),
        AffectedStatus::Affected => {
            let ranges: Vec<String> = affected.ranges.iter().map(ToString::to_string).collect();
            ranges.join("; ")
        }
    }
}

fn safe(affected: &Affected) -> String {
    if affected.text.status.value != AffectedStatus::Affected || affected.ranges.is_empty() {
        return "–".to_owned();
    }
    let fixes: Vec<&str> = affected.ranges.fixes().collect();
    if fixes.is_empty() { "none".to_owned() } else { fixes.join(", ") }
}
