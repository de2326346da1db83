//! Types and headers of the files that programs look at.

use super::{Client, Line, Portal, file, told};
use crate::io::fetch::probe::{Answer, Method};
use crate::routes::{self, Route};

/// What is asked of one file.
struct Wish {
    route: Route,
    /// Types that do; none where it only must be no page.
    types: &'static [&'static str],
    /// Whether programs refuse it otherwise.
    strict: bool,
    /// Whether `HEAD` is asked, and `Last-Modified` with it.
    headed: bool,
    /// Whether programs in browsers ask for it from elsewhere.
    open: bool,
}

fn wishes() -> Vec<Wish> {
    let wish = |route, types| Wish { route, types, strict: false, headed: false, open: false };
    let json: &[&str] = &["application/json"];
    vec![
        Wish { strict: true, headed: true, ..wish(routes::security_txt(), &["text/plain"]) },
        wish(routes::manifest(), json),
        Wish { strict: true, headed: true, open: true, ..wish(routes::csaf_provider(), json) },
        Wish { headed: true, open: true, ..wish(routes::osv_list(), json) },
        wish(routes::feed("atom"), &["application/atom+xml", "application/xml", "text/xml"]),
        wish(routes::feed("rss"), &["application/rss+xml", "application/xml", "text/xml"]),
        wish(routes::feed("json"), &["application/feed+json", "application/json"]),
        wish(routes::renewals_calendar(), &["text/calendar"]),
        wish(routes::checksums(), &[]),
    ]
}

/// One line for each file that the portal should have.
pub(super) fn probe(portal: &Portal<'_>, client: &dyn Client) -> Vec<Line> {
    let wishes =
        wishes().into_iter().filter(|wish| portal.has(&wish.route) || wish.strict && portal.files.is_empty());
    wishes.flat_map(|wish| look(&wish, portal, client)).collect()
}

fn look(wish: &Wish, portal: &Portal<'_>, client: &dyn Client) -> Vec<Line> {
    let address = portal.url(&wish.route);
    let answer = match file(portal, client, &wish.route.file()) {
        Ok(answer) => answer,
        Err(line) => return vec![line],
    };
    let mut lines = vec![judge_type(wish, &address, &answer)];
    if wish.open && answer.open_to.as_deref() != Some("*") {
        let help = "send `Access-Control-Allow-Origin: *`, so that programs in browsers may read it";
        lines.push(Line::odd(&address, "no page of others may read it", help));
    }
    if wish.headed {
        lines.push(judge_head(&address, &answer, client));
    }
    lines
}

fn judge_type(wish: &Wish, address: &str, answer: &Answer) -> Line {
    let media_type = answer.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let mut parts = media_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_owned();
    let fits = match wish.types {
        [] => essence != "text/html",
        types => types.contains(&essence.as_str()),
    };
    let text = wish.route == routes::security_txt();
    let charset =
        parts.find_map(|part| part.strip_prefix("charset=").map(|it| it.trim_matches('"').to_owned()));
    if fits && text && charset.as_deref() != Some("utf-8") {
        return Line::odd(address, told(answer), "send `text/plain; charset=utf-8` (RFC 9116 §3)");
    }
    if fits {
        return Line::good(address, told(answer));
    }
    let help = match wish.types.first() {
        Some(media_type) => format!("let the host send it as `{media_type}`"),
        None => "let the host send it as what it is".to_owned(),
    };
    if wish.strict {
        Line::bad(address, told(answer), &help)
    } else {
        Line::odd(address, told(answer), &help)
    }
}

/// Importers ask for the headers first, and whether anything is new.
fn judge_head(address: &str, answer: &Answer, client: &dyn Client) -> Line {
    let subject = format!("HEAD {address}");
    match client.ask(Method::Head, address, 0) {
        Err(silence) => super::failed(&subject, silence),
        Ok(head) if head.status != answer.status || head.media_type != answer.media_type => {
            Line::odd(&subject, told(&head), "let the host answer HEAD as it answers GET")
        }
        Ok(head) => match &head.last_modified {
            Some(date) => {
                Line::good(&subject, format!("200, last modified {}", crate::diag::escape::short(date, 60)))
            }
            None => Line::odd(
                &subject,
                "no `Last-Modified`",
                "let the host send it: importers ask what is new since then",
            ),
        },
    }
}
