//! One HTTP server for one author: in go requests, out come the answers of a pure function, and events.
//!
//! What a client may take up is bounded: the size of a request's head, the time until it is there, the number of
//! connections. Where all are taken the oldest has to go, so that nobody can keep the author out by holding them. Nothing
//! here knows what is asked for, and nothing of the disk is touched.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::mpsc;

use super::Error;
use crate::serve::answer::{Answer, Body as Content, COMMON};
use crate::serve::event::Event;
use crate::serve::gate::Request;

/// The most connections at once.
const CONNECTIONS: usize = 128;

/// The most browsers that wait for events; each is a connection.
const LISTENERS: usize = 48;

/// The largest head of a request, in bytes.
const HEAD: usize = 16 * 1024;

/// How long a client may take for the head of its next request.
const IDLE: Duration = Duration::from_secs(20);

/// How many files are baked at once, beside what is watched.
const BAKERS: usize = 3;

/// How many ports are tried.
const PORTS: u16 = 100;

/// Takes the port at an address, or the next one that is free. Port 0 stands for any.
pub fn bind(address: IpAddr, port: u16) -> Result<(TcpListener, u16), Error> {
    for port in port..=port.saturating_add(PORTS) {
        match TcpListener::bind((address, port)) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(port, |address| address.port());
                return Ok((listener, port));
            }
            Err(cause) if cause.kind() == ErrorKind::AddrInUse && port != u16::MAX => {}
            Err(cause) => {
                return Err(Error::system("listen at", SocketAddr::new(address, port).to_string(), cause));
            }
        }
    }
    let why = format!("this port and the {PORTS} after it are taken");
    let shown = SocketAddr::new(address, port).to_string();
    Err(Error::refused("listen at", shown, why, "name a free port with -p PORT"))
}

/// Those who wait for events.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    listeners: Arc<Mutex<Vec<mpsc::Sender<Bytes>>>>,
}

impl Bell {
    /// Tells everybody. Who does not listen any more, or does not keep up, is forgotten: the browser asks again, and
    /// learns what it missed.
    pub fn ring(&self, event: &Event) {
        let frame = Bytes::from(event.frame());
        self.listeners().retain(|listener| listener.try_send(frame.clone()).is_ok());
    }

    fn listen(&self) -> Option<mpsc::Receiver<Bytes>> {
        let (sender, receiver) = mpsc::channel(16);
        let mut listeners = self.listeners();
        listeners.retain(|listener| !listener.is_closed());
        if listeners.len() >= LISTENERS {
            return None;
        }
        listeners.push(sender);
        Some(receiver)
    }

    fn listeners(&self) -> MutexGuard<'_, Vec<mpsc::Sender<Bytes>>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers a request that came in at an address of this machine.
pub type Answerer = dyn Fn(&Request<'_>, IpAddr) -> Answer + Send + Sync;

/// Serves until the process ends.
///
/// # Errors
/// Where the system gives no thread, or takes the socket away.
pub fn serve(listener: TcpListener, bell: &Bell, answer: &Arc<Answerer>) -> Result<(), Error> {
    let failed = |cause| Error::system("listen at", "the port", cause);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(BAKERS)
        .thread_name("secsite-page")
        .build()
        .map_err(failed)?;
    runtime.block_on(async {
        listener.set_nonblocking(true).map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        let mut guests = Vec::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // The process has no file left to give: some end soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let Ok(local) = stream.local_addr() else { continue };
            // An answer is small or whole: there is nothing to wait for.
            let _ = stream.set_nodelay(true);
            let (bell, answer) = (bell.clone(), Arc::clone(answer));
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                respond(request, local.ip(), bell.clone(), Arc::clone(&answer))
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(IDLE)
                .max_header_size(HEAD)
                .max_buf_size(2 * HEAD)
                .serve_connection(TokioIo::new(stream), service);
            guests.retain(|guest: &tokio::task::JoinHandle<()>| !guest.is_finished());
            if guests.len() >= CONNECTIONS {
                guests.remove(0).abort();
            }
            // How a connection ends is the client's affair.
            guests.push(tokio::spawn(async move { connection.await.unwrap_or_default() }));
        }
    })
}

async fn respond(
    request: hyper::Request<Incoming>,
    local: IpAddr,
    bell: Bell,
    answer: Arc<Answerer>,
) -> Result<Response<Body>, Infallible> {
    let head = request.method() == hyper::Method::HEAD;
    // Baking takes as long as it takes; others are answered meanwhile.
    let baked = tokio::task::spawn_blocking(move || {
        let headers = request.headers();
        // A request may name the host in its target; that is no path, and refused as such.
        let target = request.uri().to_string();
        let asked = Request {
            method: request.method().as_str(),
            target: &target,
            host: all(headers, HOST),
            origin: all(headers, ORIGIN),
            fetch_site: all(headers, HeaderName::from_static("sec-fetch-site")),
        };
        // Who waits for events is taken in before the state is looked at, so that none is missed between.
        let listening = (asked.target.ends_with("/events") && !head).then(|| bell.listen());
        (answer(&asked, local), listening)
    });
    Ok(match baked.await {
        Ok((answer, listening)) => response(answer, head, listening.flatten()),
        Err(_) => empty(StatusCode::INTERNAL_SERVER_ERROR),
    })
}

fn all(headers: &HeaderMap, name: HeaderName) -> Vec<&[u8]> {
    headers.get_all(name).iter().map(HeaderValue::as_bytes).collect()
}

fn response(answer: Answer, head: bool, listening: Option<mpsc::Receiver<Bytes>>) -> Response<Body> {
    let body = match (answer.body, listening) {
        (Content::Bytes(bytes), _) => Body::Whole(Some(Bytes::from(bytes))),
        (Content::Events(_), _) if head => Body::Whole(None),
        (Content::Events(first), Some(rest)) => {
            // Something may have been rung already; what the stream begins with still comes first.
            Body::Events { first: Some(Bytes::from(first.frame())), rest }
        }
        (Content::Events(_), None) => return empty(StatusCode::SERVICE_UNAVAILABLE),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    dress(&mut response, &answer.headers);
    response
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::Whole(None));
    *response.status_mut() = status;
    dress(&mut response, &[]);
    response
}

fn dress(response: &mut Response<Body>, headers: &[(&'static str, String)]) {
    for (name, value) in COMMON {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in headers {
        // Values are types and encoded addresses; one that is no header's value is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
}

/// What follows the headers.
enum Body {
    Whole(Option<Bytes>),
    Events { first: Option<Bytes>, rest: mpsc::Receiver<Bytes> },
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Events { first: first @ Some(_), .. } => {
                Poll::Ready(first.take().map(|bytes| Ok(Frame::data(bytes))))
            }
            Self::Events { rest, .. } => {
                rest.poll_recv(context).map(|event| event.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::Events { .. } => SizeHint::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use hyper::body::Body as _;

    use super::*;

    #[test]
    fn a_stream_begins_with_hello_whatever_was_rung_before() {
        let bell = Bell::default();
        let listening = bell.listen();
        bell.ring(&Event::Findings);
        let answer =
            Answer { status: 200, headers: Vec::new(), body: Content::Events(Event::Hello("run-1".into())) };
        let mut body = response(answer, false, listening).into_body();
        let mut next = || match Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            _ => Bytes::new(),
        };
        assert_eq!([next(), next()], [Event::Hello("run-1".into()), Event::Findings].map(|it| it.frame()));
    }
}
