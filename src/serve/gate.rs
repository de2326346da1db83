//! Who may ask: a page of another site must neither read nor trigger anything here.
//!
//! A preview holds embargoed text, and every page that the author visits can send requests to this machine. So the
//! names of this server are compared exactly (a foreign name that leads here is DNS rebinding), a request that a
//! foreign page caused is refused by `Origin` and by `Sec-Fetch-Site`, and nothing can be changed by asking. No answer
//! ever has a CORS header.

use std::net::IpAddr;

/// The part of a request that counts. Each header as often as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    /// `GET`.
    pub method: &'a str,
    /// What stands between the method and the version: `/policy/?x`.
    pub target: &'a str,
    /// `Host`.
    pub host: Vec<&'a [u8]>,
    /// `Origin`.
    pub origin: Vec<&'a [u8]>,
    /// `Sec-Fetch-Site`.
    pub fetch_site: Vec<&'a [u8]>,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No host, several, or one that is none.
    NoHost,
    /// A name that is not this server's.
    OtherHost,
    /// Another page asked.
    OtherSite,
    /// Something else than reading.
    Method,
    /// No path.
    Target,
}

impl Refusal {
    /// The status of the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::NoHost | Self::Target => 400,
            Self::OtherSite => 403,
            Self::Method => 405,
            Self::OtherHost => 421,
        }
    }

    /// One sentence. It repeats nothing of the request.
    pub fn text(self) -> &'static str {
        match self {
            Self::NoHost => "A request names one host.",
            Self::OtherHost => {
                "This server answers to the address that `secsite serve` printed, and to no other name."
            }
            Self::OtherSite => {
                "Another site asked for this. To look at the preview, type its address or follow a link on it."
            }
            Self::Method => "Only GET and HEAD are answered.",
            Self::Target => "A request names a path that begins with a slash.",
        }
    }
}

/// The names of this server.
#[derive(Debug, Clone)]
pub struct Gate {
    port: u16,
    /// Whether it was opened to other machines.
    open: bool,
}

impl Gate {
    /// The gate of a server that listens on this address.
    pub fn new(listens: IpAddr, port: u16) -> Self {
        Self { port, open: !listens.is_loopback() }
    }

    /// Whether a request may be answered; `local` is the address that the connection came in at. Gives the name by
    /// which it was asked.
    pub fn admit<'a>(&self, request: &Request<'a>, local: IpAddr) -> Result<&'a str, Refusal> {
        let [host] = request.host.as_slice() else { return Err(Refusal::NoHost) };
        let host = std::str::from_utf8(host).ok().filter(|host| !host.is_empty()).ok_or(Refusal::NoHost)?;
        if !self.names(local).iter().any(|name| name == host) {
            return Err(Refusal::OtherHost);
        }
        let own = format!("http://{host}");
        if request.origin.iter().any(|origin| *origin != own.as_bytes()) {
            return Err(Refusal::OtherSite);
        }
        // `none` is the address bar. A link on another site is refused too: what it opens, that site can look at from
        // the side.
        if request.fetch_site.iter().any(|site| !matches!(*site, b"same-origin" | b"none")) {
            return Err(Refusal::OtherSite);
        }
        if !matches!(request.method, "GET" | "HEAD") {
            return Err(Refusal::Method);
        }
        if !request.target.starts_with('/') {
            return Err(Refusal::Target);
        }
        Ok(host)
    }

    fn names(&self, local: IpAddr) -> Vec<String> {
        let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        if self.open {
            hosts.push(match local.to_canonical() {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        let bare = if self.port == 80 { hosts.clone() } else { Vec::new() };
        hosts.iter().map(|host| format!("{host}:{}", self.port)).chain(bare).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn ask<'a>(host: &'a [u8]) -> Request<'a> {
        Request { method: "GET", target: "/", host: vec![host], ..Request::default() }
    }

    #[test]
    fn only_our_names_are_answered() {
        let gate = Gate::new(LOCAL, 9116);
        for host in ["localhost:9116", "127.0.0.1:9116", "[::1]:9116"] {
            assert_eq!(gate.admit(&ask(host.as_bytes()), LOCAL), Ok(host));
        }
        let foreign: [&[u8]; 9] = [
            b"evil.example",
            b"localhost.evil:9116",
            b"127.0.0.1:1",
            b"127.0.0.1",
            b"0.0.0.0:9116",
            b"255.255.255.256:9116",
            b"[::z]:9116",
            b"LOCALHOST:9116@evil.example",
            b"192.0.2.7:9116",
        ];
        for host in foreign {
            assert_eq!(gate.admit(&ask(host), LOCAL), Err(Refusal::OtherHost), "{host:?}");
        }
        for host in [&b""[..], b"\xff\xfe"] {
            assert_eq!(gate.admit(&ask(host), LOCAL), Err(Refusal::NoHost));
        }
        let twice = Request { host: vec![b"localhost:9116", b"localhost:9116"], ..ask(b"") };
        assert_eq!(gate.admit(&twice, LOCAL), Err(Refusal::NoHost));
    }

    #[test]
    fn an_open_server_has_the_address_of_the_connection() {
        let lan: IpAddr = "192.0.2.7".parse().unwrap();
        let gate = Gate::new("0.0.0.0".parse().unwrap(), 9116);
        assert_eq!(gate.admit(&ask(b"192.0.2.7:9116"), lan), Ok("192.0.2.7:9116"));
        assert_eq!(gate.admit(&ask(b"evil.example:9116"), lan), Err(Refusal::OtherHost));
        assert_eq!(Gate::new(LOCAL, 9116).admit(&ask(b"192.0.2.7:9116"), lan), Err(Refusal::OtherHost));
    }

    #[test]
    fn other_pages_are_refused() {
        let gate = Gate::new(LOCAL, 9116);
        let own = ask(b"localhost:9116");
        for origin in [&b"https://evil.example"[..], b"null", b"http://127.0.0.1:9116", b"\xff", b""] {
            let request = Request { origin: vec![origin], ..own.clone() };
            assert_eq!(gate.admit(&request, LOCAL), Err(Refusal::OtherSite), "{origin:?}");
        }
        for site in ["cross-site", "same-site", "", "other"] {
            let request = Request { fetch_site: vec![site.as_bytes()], ..own.clone() };
            assert_eq!(gate.admit(&request, LOCAL), Err(Refusal::OtherSite), "{site}");
        }
        let request = Request {
            origin: vec![b"http://localhost:9116"],
            fetch_site: vec![b"same-origin"],
            ..own.clone()
        };
        assert!(gate.admit(&request, LOCAL).is_ok());
        for method in ["POST", "PUT", "OPTIONS", "DELETE", "get", "CONNECT"] {
            assert_eq!(gate.admit(&Request { method, ..own.clone() }, LOCAL), Err(Refusal::Method));
        }
        for target in ["*", "http://localhost:9116/", "", "policy/"] {
            assert_eq!(gate.admit(&Request { target, ..own.clone() }, LOCAL), Err(Refusal::Target));
        }
    }
}
