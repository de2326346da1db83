//! The root of the host, where programs look for a portal that lives below a path.

use super::{Client, Line, Portal, failed, told};
use crate::io::fetch::probe::Method;
use crate::routes;

/// The largest security.txt that is compared.
const MOST: u64 = 64 << 10;

/// One line where the portal lives below a path; none where the root is its own.
pub(super) fn probe(portal: &Portal<'_>, client: &dyn Client) -> Option<Line> {
    let route = routes::security_txt();
    if portal.base.is_root() || !portal.has(&route) {
        return None;
    }
    let address = format!("{}/{}", portal.base.origin(), route.encoded());
    let help = format!(
        "give the portal a host name of its own, or copy `.well-known/security.txt` and `.well-known/openpgpkey/` there \
         with each release: nobody looks for them below `{}`",
        portal.base.path()
    );
    let ask = |address: &str| client.ask(Method::Get, address, MOST);
    Some(match (ask(&address), ask(&portal.url(&route))) {
        (Err(silence), _) => failed(&address, silence),
        (Ok(there), _) if there.status != 200 => Line::bad(&address, told(&there), &help),
        (Ok(there), Ok(ours)) if there.bytes != ours.bytes => {
            Line::odd(&address, "it is not the portal's security.txt", &help)
        }
        (Ok(there), _) => Line::good(&address, told(&there)),
    })
}
