//! Answers and failures in words: in goes what the HTTP client met, out comes one printable clause about it.

use std::io::ErrorKind;

use ureq::http::{Response, header};
use ureq::{Body, Error, Timeout};

use super::{HEADERS, Limits, Stop, Trouble, roots};
use crate::io::{escape, plain};

/// A status that is neither "here it is" nor "there is none".
pub(super) fn refusal(response: &Response<Body>) -> Trouble {
    let status = response.status().as_u16();
    match (status, super::header(response, header::LOCATION)) {
        (300..=399, Some(target)) => {
            let target = escape::text(&target);
            Trouble::Refused(format!(
                "the host redirects to `{target}` ({status}), and redirects are not followed"
            ))
        }
        (429, _) => Trouble::Failed("the host asks for fewer requests (429)".to_owned()),
        (500.., _) => Trouble::Failed(format!("the host is at fault (status {status})")),
        _ => Trouble::Refused(format!("the host refuses it (status {status})")),
    }
}

/// Why no answer came, or no more of it.
pub(super) fn stop(error: Error, limits: &Limits) -> Stop {
    let failed = |words: String| Stop::Trouble(Trouble::Failed(words));
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            Stop::Slow(format!("cannot be connected to within {}", seconds(limits.connect)))
        }
        Error::Timeout(Timeout::RecvBody | Timeout::Global) => {
            Stop::Slow(format!("sends less than {} bytes a second", limits.rate))
        }
        Error::Timeout(_) => Stop::Slow(format!("does not answer within {}", seconds(limits.patience))),
        Error::HostNotFound => failed("the host's name is not known".to_owned()),
        Error::Io(error) => {
            let words = escape::text(&plain(&error));
            match error.kind() {
                ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                    Stop::Broken(format!("the connection ended early: {words}"))
                }
                // A socket has no opinion on data; TLS has.
                ErrorKind::InvalidData => failed(insecure(&words)),
                _ => failed(words),
            }
        }
        Error::Rustls(error) => failed(insecure(&escape::text(&error.to_string()))),
        Error::LargeResponseHeader(..) => {
            failed(format!("the host's answer has more than {HEADERS} bytes of headers"))
        }
        Error::Protocol(error) => {
            failed(format!("the host does not speak HTTP: {}", escape::text(&error.to_string())))
        }
        Error::ConnectProxyFailed(why) => {
            failed(format!("the proxy does not connect to the host: {}", escape::text(&why)))
        }
        other => failed(escape::text(&other.to_string())),
    }
}

/// TLS refuses. The one refusal that a reader can do something about is told in words.
fn insecure(words: &str) -> String {
    let advice = match words.contains("UnknownIssuer") {
        true => format!(
            "; no authority that is trusted speaks for the host: if it is your company's own, name the file of its \
             certificate in {}",
            roots::VARIABLE
        ),
        false => String::new(),
    };
    format!("no secure connection: {words}{advice}")
}

fn seconds(time: std::time::Duration) -> String {
    format!("{} s", time.as_secs_f64())
}
