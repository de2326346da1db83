//! The address under which a portal stands: every absolute URL of its files begins with it.

use std::fmt;

use super::WebUrl;
use crate::value::Invalid;
use crate::value::host;
use crate::value::shown::shown;

/// An `https` URL whose path ends with `/`, without query and fragment. A loopback host may use `http`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseUrl(WebUrl);

impl BaseUrl {
    /// Checks the URL and adds the final `/` where it is missing.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let url = WebUrl::parse(text)?;
        let refuse = |why: &str| {
            Invalid::new(
                format!("{} cannot be the base of a portal: {why}", shown(text)),
                "write an address such as `https://security.example.org/` or `https://example.org/project/`",
            )
        };
        if !url.is_https() && !host::is_loopback(url.host()) {
            return Err(refuse("it is not `https`"));
        }
        let path = url.after_authority();
        if path.contains(['?', '#']) {
            return Err(refuse("it has a query or a fragment"));
        }
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let segment = |part: &str| {
            !matches!(part, "" | "." | "..")
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        };
        let doubled = url.after_authority().contains("//");
        if doubled || !path.is_empty() && !path.split('/').all(segment) {
            return Err(refuse(
                "its path has an empty segment, a dot segment or a character that needs encoding",
            ));
        }
        let slash = if url.as_str().ends_with('/') { "" } else { "/" };
        WebUrl::parse(&format!("{url}{slash}")).map(Self)
    }

    /// `https://example.org/`, which reaches nobody.
    pub fn example() -> Self {
        let text = "https://example.org/".to_owned();
        Self(WebUrl { authority_end: text.len() - 1, text })
    }

    /// The whole URL; ends with `/`.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        self.0.host()
    }

    /// The path: `/`, or `/project/`.
    pub fn path(&self) -> &str {
        self.0.after_authority()
    }

    /// Scheme and host, without a final `/`: what `/.well-known/` stands under.
    pub fn origin(&self) -> &str {
        self.as_str().strip_suffix(self.path()).unwrap_or_default()
    }

    /// Whether the portal owns the root of its host, and so its `/.well-known/`.
    pub fn is_root(&self) -> bool {
        self.path() == "/"
    }

    /// The absolute URL of a file or folder of the site, given without a leading `/`.
    pub fn join(&self, path: &str) -> String {
        [self.as_str(), path.trim_start_matches('/')].concat()
    }

    /// Whether the host is kept for examples.
    pub fn is_reserved_example(&self) -> bool {
        self.0.is_reserved_example()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
