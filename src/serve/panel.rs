//! The pages of `serve` itself: the list of drafts and findings, and what stands where no page could be made.

use super::address::OWN;
use super::report::{Draft, Report, more};
use super::words::escape;
use crate::value::counted::counted;

/// The same as pages of the portal have; `dress` adds the script's place.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

fn page(title: &str, body: &str) -> Vec<u8> {
    let policy = escape(POLICY);
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{OWN}live.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

/// Drafts and what each lacks, then all findings.
pub(super) fn panel(report: &Report, home: &str) -> Vec<u8> {
    let mut body = format!(
        "<p>Only you see this. Nothing here is signed or published. <a href=\"{}\">The portal</a></p>\n",
        escape(home)
    );
    body.push_str("<h2>Not published yet</h2>\n");
    if report.drafts.is_empty() {
        body.push_str("<p>No draft or embargoed advisory is shown.</p>\n");
    }
    report.drafts.iter().for_each(|draft| body.push_str(&of_draft(draft)));
    for (title, list, all) in
        [("Errors", &report.errors, report.denied), ("Warnings", &report.warnings, report.warned)]
    {
        if all > 0 {
            body.push_str(&format!("<h2>{title}</h2>\n"));
            list.iter().for_each(|text| body.push_str(text));
            body.push_str(&more(all, list.len()));
        }
    }
    page("What secsite serve knows", &body)
}

fn of_draft(draft: &Draft) -> String {
    let title = escape(&draft.title);
    let name = match &draft.page {
        Some((id, href)) => format!("<a href=\"{}\">{}</a> {title}", escape(href), escape(id)),
        None => title,
    };
    let missing = match draft.missing.len() {
        0 => "<p>Nothing is missing.</p>\n".to_owned(),
        count => format!("<p>{} before it can be published:</p>\n", counted(count, "thing")),
    };
    format!(
        "<article>\n<h3>{name}</h3>\n<p><strong>{}</strong> · <code>{}</code></p>\n{missing}{}</article>\n",
        escape(&draft.state),
        escape(&draft.path),
        draft.missing.concat()
    )
}

/// Stands where a page could not be made and none was made before.
pub(super) fn no_page(problem: &str) -> Vec<u8> {
    let wait = "<p>It comes by itself once this is mended.</p>\n";
    page("This page cannot be made yet", &format!("{wait}{problem}"))
}

/// Stands where a request is refused.
pub(super) fn refused(text: &str) -> Vec<u8> {
    page("This was not asked for here", &format!("<p>{}</p>\n", escape(text)))
}
