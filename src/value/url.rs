//! Web addresses: those that pages link to, and the one under which the portal itself stands.
//!
//! In goes text, out comes an absolute URL that is safe to print in HTML, JSON and security.txt: no user names, no
//! hidden characters, nothing but `https` and `http`. Nothing is fetched.

use std::fmt;

use super::shown::shown;
use super::{Invalid, host, line};

mod base;

pub use base::BaseUrl;

/// An absolute `https` or `http` URL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebUrl {
    text: String,
    /// Where the authority ends; it begins after `://`.
    authority_end: usize,
}

impl WebUrl {
    /// Checks the URL. Scheme and host become lower case, and characters outside of ASCII are percent-encoded
    /// (RFC 3986 §2.1); in a host they are refused, for its ASCII form shows what a look-alike hides.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        line::check(text)?;
        let refuse = |why: &str| {
            Invalid::new(
                format!("{} is not a web address: {why}", shown(text)),
                "write the whole address, such as `https://example.org/security`",
            )
        };
        let (scheme, rest) = text.split_once("://").ok_or_else(|| refuse("it has no `https://`"))?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "https" | "http") {
            return Err(refuse("it is neither `https` nor `http`"));
        }
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(refuse("it has a user name before the host"));
        }
        if !is_authority(authority) {
            return Err(refuse(if authority.is_ascii() {
                "its host is malformed"
            } else {
                "its host is not ASCII; write the `xn--` form"
            }));
        }
        let prefix = format!("{scheme}://{}", authority.to_ascii_lowercase());
        let rest = encoded(rest)
            .ok_or_else(|| refuse("it has a space, a quote or a bracket that must be percent-encoded"))?;
        Ok(Self { authority_end: prefix.len(), text: prefix + &rest })
    }

    /// The whole URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        without_port(self.authority())
    }

    /// The host, with its port where one is written.
    pub fn authority(&self) -> &str {
        let start = self.text.find("://").map_or(0, |place| place + 3);
        &self.text[start..self.authority_end]
    }

    /// Path, query and fragment; empty or beginning with one of `/?#`.
    pub fn after_authority(&self) -> &str {
        &self.text[self.authority_end..]
    }

    /// Whether the host is kept for examples, so that the link leads nowhere.
    pub fn is_reserved_example(&self) -> bool {
        host::is_reserved_example(self.host())
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl AsRef<str> for WebUrl {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A domain, `localhost` or an IP address, with an optional port.
fn is_authority(authority: &str) -> bool {
    let name = without_port(authority);
    let port = authority.strip_prefix(name).unwrap_or_default();
    let address = name.parse::<std::net::Ipv4Addr>().is_ok()
        || name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .is_some_and(|name| name.parse::<std::net::Ipv6Addr>().is_ok());
    let port = port.strip_prefix(':').map_or(port.is_empty(), |port| {
        port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    port && (address || host::is_domain(name) || name.eq_ignore_ascii_case("localhost"))
}

fn without_port(authority: &str) -> &str {
    // The colons of an IPv6 address stand inside brackets.
    let ports = authority.rfind(']').unwrap_or(0);
    authority[ports..].find(':').map_or(authority, |colon| &authority[..ports + colon])
}

/// The rest of a URL with other scripts percent-encoded; `None` for what no URL may hold.
fn encoded(rest: &str) -> Option<String> {
    let mut out = String::with_capacity(rest.len());
    let bytes = rest.as_bytes();
    for (place, &byte) in bytes.iter().enumerate() {
        match byte {
            b'%' => {
                let hex = bytes.get(place + 1..place + 3)?;
                if !hex.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                out.push('%');
            }
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' | 0..=b' ' | 0x7F => {
                return None;
            }
            0x80.. => out.push_str(&format!("%{byte:02X}")),
            _ => out.push(char::from(byte)),
        }
    }
    // A second `#` would end the fragment for some programs and not for others.
    (out.matches('#').count() <= 1).then_some(out)
}

#[cfg(test)]
mod tests;
