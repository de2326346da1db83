//! A host as a place: in goes what it serves, out comes what [`verify`](super) may look at. What else a host has, and
//! what it shows to others, cannot be known.

use std::collections::BTreeMap;

use super::place::{Fault, Name, Place};
use crate::io::escape;
use crate::io::fetch::{Host, Served, Trouble};
use crate::routes::{self, OutPath};

impl Place for Host {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let Some(served) = self.get(path, most)? else { return Ok(None) };
        if is_page_instead(path, &served) {
            return Ok(None);
        }
        if *path == routes::security_txt().file() {
            let media_type = served.media_type.as_deref().unwrap_or_default();
            if !is_plain_text(media_type) {
                let shown = escape::text(media_type);
                return Err(Fault::Refused(format!(
                    "the host serves it as `{shown}`, and a security.txt must be `text/plain; charset=utf-8` (RFC 9116 §3)"
                )));
            }
        }
        Ok(Some(served.bytes))
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        Ok(None)
    }

    fn may_hide(&self, path: &OutPath) -> bool {
        [routes::nojekyll(), routes::cname(), routes::headers()].iter().any(|own| own.file() == *path)
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::TooLarge => Self::TooLarge,
            Trouble::Refused(words) => Self::Refused(words),
            Trouble::Failed(words) => Self::Failed(words),
        }
    }
}

/// Whether this is the way in which some hosts say that there is no such file: a page, and that all is well. No JSON and
/// no signature begins like one.
fn is_page_instead(path: &OutPath, served: &Served) -> bool {
    let data = [".json", ".asc"].iter().any(|extension| path.as_str().ends_with(extension));
    let html = served.media_type.as_ref().is_some_and(|it| it.to_ascii_lowercase().starts_with("text/html"));
    data && html && served.bytes.trim_ascii_start().starts_with(b"<")
}

/// `text/plain` in UTF-8, or in a charset that is not named: then it is UTF-8 by RFC 9116.
fn is_plain_text(media_type: &str) -> bool {
    let mut parts = media_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let plain = parts.next().is_some_and(|essence| essence == "text/plain");
    let utf8 = |charset: &str| matches!(charset.trim_matches('"'), "utf-8" | "us-ascii");
    plain && parts.all(|part| part.strip_prefix("charset=").is_none_or(utf8))
}

#[cfg(test)]
mod tests {
    use super::is_plain_text;

    #[test]
    fn text_is_told_from_pages() {
        for good in [
            "text/plain",
            "Text/Plain; charset=UTF-8",
            "text/plain;charset=\"utf-8\"",
            "text/plain; format=flowed",
        ] {
            assert!(is_plain_text(good), "{good}");
        }
        for bad in ["", "text/html", "text/plainer", "text/plain; charset=utf-16", "application/octet-stream"]
        {
            assert!(!is_plain_text(bad), "{bad}");
        }
    }
}
