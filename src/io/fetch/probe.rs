//! One request to any address: in goes a method, out come status, headers and body as they were sent.
//!
//! For questions about a host itself, where a redirect or a missing header is the answer. The bounds are those of
//! [`Host`](super::Host).
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::io::Read;

use ureq::http::header;
use ureq::{Agent, Error};

use super::{Limits, Stop, Trouble};
use super::{roots, words};

/// How a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// With its body.
    Get,
    /// Its headers alone.
    Head,
}

/// What was answered. Headers are not escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// `Location`.
    pub location: Option<String>,
    /// `Content-Type`.
    pub media_type: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// `Access-Control-Allow-Origin`.
    pub open_to: Option<String>,
    /// The body; cut where it is longer than was asked for.
    pub bytes: Vec<u8>,
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// The host has no address.
    Unknown,
    /// Anything else, in words.
    Failed(String),
}

/// Asks.
#[derive(Debug)]
pub struct Prober {
    /// Or why nobody's word on a host's name is taken.
    agent: Result<Agent, String>,
    limits: Limits,
}

impl Prober {
    /// Nothing is sent yet. A host on this machine is asked without a proxy.
    pub fn new(limits: Limits, local: bool) -> Self {
        let config = super::configured(&limits, local).timeout_global(Some(limits.patience * 2));
        let agent = roots::configured(local).map(|tls| config.tls_config(tls).build().into());
        Self { agent, limits }
    }

    /// Asks for an address, and reads at most so many bytes.
    ///
    /// # Errors
    /// There was no answer.
    pub fn ask(&self, method: Method, address: &str, most: u64) -> Result<Answer, Silence> {
        let agent = self.agent.as_ref().map_err(|words| Silence::Failed(words.clone()))?;
        let request = match method {
            Method::Get => agent.get(address),
            Method::Head => agent.head(address),
        };
        // Some hosts say who may read a file only where somebody asks from a page.
        let request =
            request.header(header::CACHE_CONTROL, "no-cache").header(header::ORIGIN, "https://example.org");
        let mut response = request.call().map_err(|error| self.silence(error))?;
        let text = |name| super::header(&response, name);
        let mut answer = Answer {
            status: response.status().as_u16(),
            location: text(header::LOCATION),
            media_type: text(header::CONTENT_TYPE),
            last_modified: text(header::LAST_MODIFIED),
            open_to: text(header::ACCESS_CONTROL_ALLOW_ORIGIN),
            bytes: Vec::new(),
        };
        if method == Method::Get {
            let mut reader = response.body_mut().as_reader().take(most);
            reader.read_to_end(&mut answer.bytes).map_err(|error| self.silence(error.into()))?;
        }
        Ok(answer)
    }

    fn silence(&self, error: Error) -> Silence {
        if matches!(error, Error::HostNotFound) {
            return Silence::Unknown;
        }
        match words::stop(error, &self.limits) {
            Stop::Trouble(Trouble::Failed(words) | Trouble::Refused(words)) | Stop::Broken(words) => {
                Silence::Failed(words)
            }
            Stop::Slow(words) => Silence::Failed(format!("the host {words}")),
            Stop::Trouble(Trouble::TooLarge) => Silence::Failed("there is too much of it".to_owned()),
        }
    }
}
