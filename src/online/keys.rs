//! Keys as mail programs find them (draft-koch-openpgp-webkey-service §3.1): at `openpgpkey.` and the domain where there is
//! such a host, else at the domain itself.

use sha2::{Digest, Sha256};

use super::{Client, Line, Portal};
use crate::io::fetch::probe::{Answer, Method, Silence};
use crate::openpgp::wkd;

/// An address, and the hash of what is to be found for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What stands before the `@`.
    pub local: String,
    /// What stands after it, in small letters.
    pub domain: String,
    /// SHA-256 of its key.
    pub sha256: [u8; 32],
}

/// The largest key.
const MOST: u64 = 1 << 20;

/// One line for each address.
pub(super) fn probe(portal: &Portal<'_>, client: &dyn Client) -> Vec<Line> {
    portal.addresses.iter().map(|address| look(portal, client, address)).collect()
}

fn look(portal: &Portal<'_>, client: &dyn Client, address: &Address) -> Line {
    let Address { local, domain, sha256 } = address;
    let subject = format!("key of {local}@{domain}");
    let (hash, query) = (wkd::hash(local), encoded(local));
    let advanced = format!("https://openpgpkey.{domain}/.well-known/openpgpkey/{domain}/hu/{hash}?l={query}");
    let direct = format!("https://{domain}/.well-known/openpgpkey/hu/{hash}?l={query}");
    let help = format!(
        "let `openpgpkey.{domain}` be a name of this portal (a CNAME record, and a certificate for it), or copy its \
         `.well-known/openpgpkey` to `{domain}`"
    );
    let (place, answer) = match client.ask(Method::Get, &advanced, MOST) {
        // Only where there is no such host the other is asked.
        Err(Silence::Unknown) => (direct.as_str(), client.ask(Method::Get, &direct, MOST)),
        answer => (advanced.as_str(), answer),
    };
    let is_it = |answer: &Answer| <[u8; 32]>::from(Sha256::digest(&answer.bytes)) == *sha256;
    match answer {
        Ok(answer) if answer.status == 200 && is_it(&answer) => {
            Line::good(&subject, format!("found at {place}"))
        }
        Ok(answer) if answer.status == 200 => Line::bad(
            &subject,
            format!("another key, or none, at {place}"),
            "publish the same key there as here",
        ),
        // Somebody else's host is not this portal's fault.
        Ok(answer) if portal.base.host() == domain => {
            Line::bad(&subject, format!("{} at {place}", answer.status), &help)
        }
        Ok(answer) => Line::odd(&subject, format!("{} at {place}", answer.status), &help),
        Err(Silence::Unknown) => Line::odd(&subject, format!("there is no host `{domain}`"), &help),
        Err(Silence::Failed(why)) => Line::odd(&subject, format!("{why}, at {place}"), &help),
    }
}

/// A local part in a query.
fn encoded(local: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let letter = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    local.bytes().map(letter).collect()
}
