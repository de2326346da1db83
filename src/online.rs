//! What other people's programs meet at a live portal: in go answers of its host, out come lines, each a fact or a fault.
//!
//! Whether the bytes are the signed ones is for [`verify`](crate::verify) to tell; here it is about all that a host may do
//! to the right bytes: redirects, types, headers, folders that begin with a dot, and whether mail programs and readers of
//! CSAF find what is theirs. Nothing is fetched here but through [`Client`].

mod csaf;
mod days;
mod keys;
mod line;
mod root;
mod types;

use std::collections::BTreeSet;

use crate::io::fetch::probe::{Answer, Method, Prober, Silence};
use crate::routes::{self, OutPath, Route};
use crate::value::url::BaseUrl;

pub use days::{End, ends, security_txt_end};
pub use keys::Address;
pub use line::{Line, Mark};

/// The most that is read of a file that is looked into.
const MOST: u64 = 8 << 20;

/// Whoever asks hosts.
pub trait Client: Sync {
    /// One request.
    fn ask(&self, method: Method, address: &str, most: u64) -> Result<Answer, Silence>;
}

impl Client for Prober {
    fn ask(&self, method: Method, address: &str, most: u64) -> Result<Answer, Silence> {
        Self::ask(self, method, address, most)
    }
}

/// The portal that is looked at.
pub struct Portal<'a> {
    /// Where it is.
    pub base: &'a BaseUrl,
    /// Every file that it should have.
    pub files: &'a BTreeSet<String>,
    /// Addresses whose keys it should give out.
    pub addresses: &'a [Address],
}

impl Portal<'_> {
    fn has(&self, route: &Route) -> bool {
        self.files.contains(route.file().as_str())
    }

    fn url(&self, route: &Route) -> String {
        self.base.join(&route.encoded())
    }
}

/// Looks at all of it. The first line tells whether there is a host at all; if not, it is the only one.
pub fn probe(portal: &Portal<'_>, client: &dyn Client) -> Vec<Line> {
    let mut lines = vec![reached(portal, client)];
    if lines[0].mark == Mark::Silent {
        return lines;
    }
    lines.extend(plain_http(portal, client));
    lines.push(without_slash(portal, client));
    lines.push(nothing_there(portal, client));
    lines.extend(types::probe(portal, client));
    lines.extend(root::probe(portal, client));
    lines.extend(csaf::probe(portal, client));
    lines.extend(keys::probe(portal, client));
    lines
}

fn reached(portal: &Portal<'_>, client: &dyn Client) -> Line {
    let address = portal.base.as_str();
    match client.ask(Method::Get, address, 1) {
        Err(Silence::Unknown) => {
            Line::silent(address, "the host's name is not known", "set up the domain where you registered it")
        }
        Err(Silence::Failed(why)) => {
            Line::silent(address, why, "see whether the host is up, then run this again")
        }
        Ok(answer) if answer.status == 200 => Line::good(address, "200"),
        Ok(answer) => {
            let help = "publish the site there; on GitHub Pages, look at Settings, Pages";
            Line::bad(address, told(&answer), help)
        }
    }
}

/// Readers who type the name alone must come to `https`.
fn plain_http(portal: &Portal<'_>, client: &dyn Client) -> Option<Line> {
    let secure = portal.base.as_str();
    let address = format!("http{}", secure.strip_prefix("https")?);
    let line = match client.ask(Method::Head, &address, 0) {
        Err(_) => Line::good(&address, "not served, which is safe"),
        Ok(answer) if (300..400).contains(&answer.status) => match &answer.location {
            Some(target) if target.starts_with("https://") => Line::good(&address, told(&answer)),
            _ => Line::bad(
                &address,
                told(&answer),
                "let the host redirect it to the same address with `https`",
            ),
        },
        Ok(answer) => {
            let help = "tick \"Enforce HTTPS\" in the host's settings, or redirect it";
            Line::odd(&address, format!("{} without `https`", told(&answer)), help)
        }
    };
    Some(line)
}

/// People link pages without the slash at the end.
fn without_slash(portal: &Portal<'_>, client: &dyn Client) -> Line {
    let page = routes::policy();
    let address = portal.url(&page).trim_end_matches('/').to_owned();
    match client.ask(Method::Head, &address, 0) {
        Err(silence) => failed(&address, silence),
        Ok(answer) if matches!(answer.status, 200 | 301 | 302 | 307 | 308) => {
            Line::good(&address, told(&answer))
        }
        Ok(answer) => Line::odd(
            &address,
            told(&answer),
            "let the host redirect to the address with a slash: people leave it out",
        ),
    }
}

/// Programs take whatever comes with 200 for the file.
fn nothing_there(portal: &Portal<'_>, client: &dyn Client) -> Line {
    let address = portal.base.join(".well-known/secsite/there-is-no-such-file.json");
    match client.ask(Method::Get, &address, 0) {
        Err(silence) => failed(&address, silence),
        Ok(answer) if matches!(answer.status, 404 | 410) => Line::good(&address, told(&answer)),
        Ok(answer) => {
            let help = "let the host answer 404 where there is no file, not show a page instead";
            Line::bad(&address, format!("{} where there is no file", told(&answer)), help)
        }
    }
}

/// No answer to one of many questions.
fn failed(address: &str, silence: Silence) -> Line {
    let why = match silence {
        Silence::Unknown => "the host's name is not known".to_owned(),
        Silence::Failed(why) => why,
    };
    Line::silent(address, why, "run this again")
}

/// Status and what matters with it.
fn told(answer: &Answer) -> String {
    let shown = |text: &Option<String>| text.as_deref().map(|text| crate::diag::escape::short(text, 120));
    match (shown(&answer.location), shown(&answer.media_type)) {
        (Some(target), _) if (300..400).contains(&answer.status) => format!("{} to {target}", answer.status),
        (_, Some(media_type)) if answer.status == 200 => format!("200, {media_type}"),
        _ => answer.status.to_string(),
    }
}

/// A file that is there, as itself: 200, and no redirect.
fn file(portal: &Portal<'_>, client: &dyn Client, path: &OutPath) -> Result<Answer, Line> {
    let address = portal.base.join(&Route::new(path.as_str()).encoded());
    match client.ask(Method::Get, &address, MOST) {
        Err(silence) => Err(failed(&address, silence)),
        Ok(answer) if answer.status == 200 => Ok(answer),
        Ok(answer) => {
            let help = match path.as_str().starts_with('.') && answer.status == 404 {
                true => {
                    "the host leaves out folders that begin with a dot: `include-hidden-files: true` for the upload action, \
                     `.nojekyll` on a branch, an exception in a server of your own"
                }
                false => "let the host serve the file itself at this address",
            };
            Err(Line::bad(&address, told(&answer), help))
        }
    }
}

#[cfg(test)]
mod tests;
