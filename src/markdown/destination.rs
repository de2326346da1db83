//! Where a link may lead: `https`, `http`, `mailto`, or a place of this site.
//!
//! In goes a destination as CommonMark decoded it; out comes an address that browsers read one way only, or the reason
//! why there is none. The test is made on the decoded form, for a browser decodes more eagerly than any author.

use super::escape::{self, is_hidden};
use super::problem::Refusal;

/// A destination that may be published, in the form that goes into the attribute (before HTML escaping).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// `https` or `http`.
    External(String),
    /// `mailto`.
    Mail(String),
    /// A path, query or fragment of this site, as written.
    Relative,
    /// Nothing at all, as in `[x]()`.
    Empty,
}

/// Judges a destination.
pub(super) fn judge(raw: &str) -> Result<Destination, Refusal> {
    let raw = raw.trim_matches(' ');
    if raw.is_empty() {
        return Ok(Destination::Empty);
    }
    // Browsers drop tabs and newlines and turn `\` into `/`; neither has a place in an address.
    let odd = |at| raw[at..].chars().any(|c| c.is_control() || is_hidden(c));
    if raw.contains('\\')
        || escape::next(raw, 0, escape::ALWAYS).is_some_and(odd)
        || raw.contains(['\t', '\n'])
    {
        return Err(Refusal::Characters);
    }
    let head = raw.find(['/', '?', '#']).map_or(raw, |end| &raw[..end]);
    match head.split_once(':') {
        Some((scheme, _)) if is(scheme, "https") || is(scheme, "http") => {
            let rest = &raw[scheme.len() + 1..];
            host(rest.strip_prefix("//").ok_or(Refusal::Host)?)?;
            Ok(Destination::External(encoded(raw)))
        }
        Some((scheme, _)) if is(scheme, "mailto") => {
            mail(&raw[scheme.len() + 1..]).map(|()| Destination::Mail(encoded(raw)))
        }
        Some(_) => Err(Refusal::Scheme),
        None if raw.starts_with("//") => Err(Refusal::NoScheme),
        None => relative(head),
    }
}

fn is(scheme: &str, name: &str) -> bool {
    scheme.eq_ignore_ascii_case(name)
}

fn host(rest: &str) -> Result<(), Refusal> {
    let authority = rest.find(['/', '?', '#']).map_or(rest, |end| &rest[..end]);
    if authority.contains('@') || authority.to_ascii_lowercase().contains("%40") {
        return Err(Refusal::UserInfo);
    }
    let (name, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            address.parse::<std::net::Ipv6Addr>().map_err(|_| Refusal::Host)?;
            ("v6", port)
        }
        None => authority.find(':').map_or((authority, ""), |colon| authority.split_at(colon)),
    };
    let named = !name.is_empty() && !name.starts_with(['.', '-']) && !name.contains("..");
    let letters = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let ported =
        port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    if named && letters && ported { Ok(()) } else { Err(Refusal::Host) }
}

fn mail(rest: &str) -> Result<(), Refusal> {
    let (address, _) = rest.split_once('?').unwrap_or((rest, ""));
    let (local, domain) = address.rsplit_once('@').ok_or(Refusal::Host)?;
    if local.is_empty() || domain.is_empty() || rest.starts_with('/') {
        return Err(Refusal::Host);
    }
    // An encoded line break would add a header to the letter (RFC 6068 §5).
    let lower = rest.to_ascii_lowercase();
    if lower.contains("%0a") || lower.contains("%0d") || rest.contains(' ') {
        return Err(Refusal::Characters);
    }
    Ok(())
}

/// A first segment that decodes to one with a colon reads as a scheme to whoever decodes once more.
fn relative(head: &str) -> Result<Destination, Refusal> {
    let bytes = head.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let decoded = match byte {
            b'%' => bytes.get(at + 1..at + 3).and_then(hex),
            b'&' => Some(b'&'),
            _ => None,
        };
        match decoded {
            Some(b':' | b'&') => return Err(Refusal::Scheme),
            Some(b'/' | b'\\' | 0..0x20 | 0x7f) => return Err(Refusal::Characters),
            _ => {}
        }
    }
    Ok(Destination::Relative)
}

fn hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (high, low) = (digit(*pair.first()?)?, digit(*pair.get(1)?)?);
    u8::try_from(high * 16 + low).ok()
}

/// The address with what RFC 3986 does not allow percent-encoded. Letters beyond ASCII stay (RFC 3987).
pub(super) fn encoded(raw: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._:#?=&+,;@~!$()*'".contains(&byte);
    if raw.bytes().all(plain) && raw.matches('#').count() < 2 {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let bytes = raw.as_bytes();
    // Brackets are allowed around an IPv6 host alone.
    let literal =
        raw.find("://[").and_then(|at| raw[at..].find(']').map(|end| at + 3..at + end + 1)).unwrap_or(0..0);
    let mut fragment = false;
    for (at, c) in raw.char_indices() {
        let bad = match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
            '[' | ']' => !literal.contains(&at),
            '%' => bytes.get(at + 1..at + 3).and_then(hex).is_none(),
            '#' => std::mem::replace(&mut fragment, true),
            _ => false,
        };
        if bad {
            // Writing to a String cannot fail, and every such character is ASCII.
            let _ = std::fmt::Write::write_fmt(&mut out, format_args!("%{:02X}", c as u32));
        } else {
            out.push(c);
        }
    }
    out
}
