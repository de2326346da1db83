//! An error of the template engine as findings, each at its line in the site's own theme.

use tera::{Error, ErrorKind};

use super::sources::Own;
use crate::diag::{Diagnostic, escape};
use crate::rules::theme::TEMPLATE_ERROR;

/// Long enough for any message of the engine, short enough for a terminal.
const LONGEST: usize = 300;

/// What is wrong when templates are read together: possibly several things.
pub(super) fn all(error: &Error, own: &Own) -> Vec<Diagnostic> {
    // References to what does not exist are collected by the engine and come as printed reports, one after the other.
    if let ErrorKind::Msg(text) = error.kind()
        && text.starts_with("error: ")
    {
        let printed: Vec<Diagnostic> = text.split("\n\n").filter_map(|report| reread(report, own)).collect();
        if !printed.is_empty() {
            return printed;
        }
    }
    vec![one(error, own)]
}

/// What is wrong with one page.
pub(super) fn one(error: &Error, own: &Own) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            placed(report.message(), report.filename(), span.start_line, span.start_col, own)
        }
        _ => {
            let message = sentence(&error.to_string());
            // Errors about inheritance and includes name the template in their text, but have no place in it.
            let named = |name: &&str| {
                message.contains(&format!("`{name}`")) || message.contains(&format!("'{name}'"))
            };
            let place = own.templates().map(|(name, _)| name).find(named);
            match place.and_then(|name| own.place(name, 1, 0)) {
                Some(span) => TEMPLATE_ERROR.at(span, message),
                None => TEMPLATE_ERROR.anywhere(message),
            }
        }
    }
}

/// A report as the engine prints it: `error: MESSAGE`, then ` --> FILE:LINE:COLUMN`.
fn reread(report: &str, own: &Own) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, line) = (place.next()?.parse::<usize>().ok()?, place.next()?.parse().ok()?);
    Some(placed(message, place.next()?, line, column.saturating_sub(1), own))
}

fn placed(message: &str, template: &str, line: usize, column: usize, own: &Own) -> Diagnostic {
    let help = "templates see what the theming page of the guide lists";
    match own.place(template, line, column) {
        Some(place) => TEMPLATE_ERROR.at(place, sentence(message)).help(help),
        None => TEMPLATE_ERROR.anywhere(format!("{template}:{line}: {}", sentence(message))).help(help),
    }
}

/// The engine's message in the manner of ours: one line, lower case, no full stop.
fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = line.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    escape::short(&format!("{first}{}", chars.as_str()), LONGEST)
}
