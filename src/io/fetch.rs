//! A published site on a host: in goes the path of a file, out come its bytes as the host sends them.
//!
//! Nothing that comes is believed, and nothing is waited for without end: not the connection, not the headers, not a
//! body that never ends or drips, not the whole. No redirect is followed but to the same page without its `.html`,
//! nothing is unpacked, nothing is remembered but the connections. What a file means is not known here.
//!
//! The usual variables name a proxy (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, and `NO_PROXY` for exceptions); for
//! `https` it passes on what it cannot read. A host on this machine is asked without one. `SSL_CERT_FILE` names the
//! authorities whose word on a host's name is taken, where they are not Mozilla's.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::io::{ErrorKind, Read};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use ureq::config::ConfigBuilder;
use ureq::http::{Response, header};
use ureq::typestate::AgentScope;
use ureq::{Agent, Body};

use crate::io::escape;
use crate::routes::{self, OutPath, Route};
use crate::value::host;
use crate::value::url::BaseUrl;

pub mod probe;
mod purse;
mod roots;
mod words;

use purse::Purse;

/// Largest headers of an answer, in bytes.
const HEADERS: usize = 32 * 1024;

/// Requests at a time that keep their connection. More would be rude to a small host, fewer slow on a far one.
pub const LANES: usize = 16;

/// How long is waited for what.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For the host's address, and again for a connection.
    pub connect: Duration,
    /// For the answer to begin, and for a file without bytes.
    pub patience: Duration,
    /// Bytes a second that a host must send beyond that.
    pub rate: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), patience: Duration::from_secs(30), rate: 16 * 1024 }
    }
}

/// Why there are no bytes. The words are printable: lower case, no full stop, what the host said escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// More bytes than asked for.
    TooLarge,
    /// The host answers with something else than a file: a redirect, a refusal, packed bytes.
    Refused(String),
    /// The host or the way to it fails.
    Failed(String),
}

/// What a host has under an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The body, as it was sent.
    pub bytes: Vec<u8>,
    /// The header `Content-Type`, if there is one. Not escaped.
    pub media_type: Option<String>,
}

/// A site on a host, asked by many threads at once.
#[derive(Debug)]
pub struct Host {
    agent: Agent,
    base: BaseUrl,
    limits: Limits,
    purse: Purse,
    /// Said of every file where nobody's word on the host's name is taken, and of every further one once the host was too
    /// slow for one: all in vain must not take hours.
    silent: OnceLock<String>,
}

impl Host {
    /// A site at its base URL. Nothing is sent yet.
    ///
    /// [`BaseUrl`] lets only this machine's own hosts use `http`. A site's signatures would do without `https`, but who
    /// reads about which advisory would travel in clear.
    pub fn new(base: &BaseUrl, limits: Limits) -> Self {
        let local = host::is_loopback(base.host());
        let config = configured(&limits, local)
            .https_only(!local)
            .max_idle_connections(LANES)
            .max_idle_connections_per_host(LANES)
            .timeout_per_read(Some(limits.patience));
        let (config, silent) = match roots::configured(local) {
            Ok(tls) => (config.tls_config(tls), OnceLock::new()),
            Err(words) => (config, OnceLock::from(words)),
        };
        let purse = Purse::new(limits);
        Self { agent: config.build().into(), base: base.clone(), limits, purse, silent }
    }

    /// What the host serves for a file; `None` if it says that there is none. Never more than `most` bytes.
    ///
    /// # Errors
    /// Any answer but these two, and none at all.
    pub fn get(&self, path: &OutPath, most: u64) -> Result<Option<Served>, Trouble> {
        // A connection that was kept may be closed by the host while a request is under way; a fresh one cannot be.
        let result = match self.ask(path, most) {
            Err(Stop::Broken(_)) => self.ask(path, most),
            result => result,
        };
        result.map_err(|stop| match stop {
            Stop::Trouble(trouble) => trouble,
            Stop::Broken(words) => Trouble::Failed(words),
            Stop::Slow(words) => {
                let _ = self.silent.set(format!("not asked for, because the host {words}"));
                Trouble::Failed(format!("the host {words}"))
            }
        })
    }

    fn ask(&self, path: &OutPath, most: u64) -> Result<Option<Served>, Stop> {
        let started = Instant::now();
        let address = self.address(path);
        let mut response = self.call(&address, most)?;
        // Cloudflare Pages serves `404.html` as `404`. That is not followed wherever it leads: the name is the file's own.
        if let Some(short) = address.strip_suffix(".html").filter(|short| self.leads_to(&response, short)) {
            response = self.call(short, most)?;
        }
        self.take(path, response, most, started)
    }

    /// Whether a redirect leads to this address, however the host spells it.
    fn leads_to(&self, response: &Response<Body>, address: &str) -> bool {
        let target = header(response, header::LOCATION).filter(|_| response.status().is_redirection());
        let origin = self.base.origin();
        target
            .is_some_and(|target| target == address || address.strip_prefix(origin) == Some(target.as_str()))
    }

    fn call(&self, address: &str, most: u64) -> Result<Response<Body>, Stop> {
        if let Some(words) = self.silent.get() {
            return Err(Trouble::Failed(words.clone()).into());
        }
        self.purse.ask()?;
        let at_most = self.limits.patience + self.time_for(most);
        // Caches on the way are asked to look whether they are out of date; a mix of two releases is none.
        let request = self
            .agent
            .get(address)
            .header(header::CACHE_CONTROL, "no-cache")
            .config()
            .timeout_global(Some(at_most))
            .build();
        request.call().map_err(|error| words::stop(error, &self.limits))
    }

    fn take(
        &self,
        path: &OutPath,
        mut response: Response<Body>,
        most: u64,
        started: Instant,
    ) -> Result<Option<Served>, Stop> {
        let status = response.status().as_u16();
        // What a host shows for an address that is not there it may serve with the status that says so.
        let not_found_page = *path == routes::not_found().file();
        match status {
            200 => {}
            404 if not_found_page => {}
            404 | 410 => return Ok(None),
            _ => return Err(words::refusal(&response).into()),
        }
        if let Some(coding) =
            header(&response, header::CONTENT_ENCODING).filter(|coding| coding != "identity")
        {
            let coding = escape::text(&coding);
            return Err(Trouble::Refused(format!(
                "the host sends it packed (`{coding}`), which was not asked for"
            ))
            .into());
        }
        let media_type = header(&response, header::CONTENT_TYPE);
        let bytes = self.body(&mut response, most, started)?;
        Ok(Some(Served { bytes, media_type }))
    }

    fn body(&self, response: &mut Response<Body>, most: u64, started: Instant) -> Result<Vec<u8>, Stop> {
        if response.body().content_length().is_some_and(|length| length > most) {
            return Err(Trouble::TooLarge.into());
        }
        let mut reader = response.body_mut().as_reader();
        let (mut bytes, mut chunk) = (Vec::new(), [0; 16 * 1024]);
        loop {
            let read = match reader.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(words::stop(error.into(), &self.limits)),
            };
            bytes.extend_from_slice(&chunk[..read]);
            let length = bytes.len() as u64;
            if length > most {
                return Err(Trouble::TooLarge.into());
            }
            if started.elapsed() > self.limits.patience + self.time_for(length) {
                return Err(Stop::Slow(format!("sends less than {} bytes a second", self.limits.rate)));
            }
            self.purse.receive(read as u64)?;
        }
    }

    fn time_for(&self, bytes: u64) -> Duration {
        Duration::from_secs(bytes / self.limits.rate.max(1))
    }

    /// A page is asked for by its folder, as readers do: some hosts redirect `/policy/index.html` to `/policy/`.
    fn address(&self, path: &OutPath) -> String {
        let route = path.page().unwrap_or_else(|| Route::new(path.as_str()));
        self.base.join(&route.encoded())
    }
}

/// What every request has in common: who asks, for what, and how long is waited. A host on this machine is asked without a
/// proxy.
fn configured(limits: &Limits, local: bool) -> ConfigBuilder<AgentScope> {
    let config = Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(concat!("secsite/", env!("CARGO_PKG_VERSION")))
        .accept("*/*")
        .accept_encoding("identity")
        .max_response_header_size(HEADERS)
        .timeout_resolve(Some(limits.connect))
        .timeout_connect(Some(limits.connect))
        .timeout_recv_response(Some(limits.patience));
    if local { config.proxy(None) } else { config }
}

/// Why a request ended early.
#[derive(Debug)]
enum Stop {
    Trouble(Trouble),
    /// The connection ended before its time.
    Broken(String),
    /// The host takes its time, as the words that stand after "the host".
    Slow(String),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// A header that is text; `None` if it is not there.
fn header(response: &Response<Body>, name: header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}
