//! A host on this machine: as slow, as wrong and as changing as a test wants it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use secsite::value::url::BaseUrl;

/// What is sent for a request.
pub enum Reply {
    /// Bytes, status line and headers among them; the connection stays open.
    Bytes(Vec<u8>),
    /// Bytes, and then the connection is closed.
    Cut(Vec<u8>),
    /// The start of an answer, and then one piece after the other until the client has gone.
    Drip { head: Vec<u8>, piece: Vec<u8>, every: Duration },
}

impl Reply {
    pub fn with(status: &str, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let mut bytes =
            format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n").into_bytes();
        bytes.extend(body);
        Self::Bytes(bytes)
    }

    /// A file, with the type that a host gives to its name.
    pub fn file(path: &str, body: &[u8]) -> Self {
        let media_type = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("txt") => "text/plain; charset=utf-8",
            Some("json") => "application/json",
            Some("html") => "text/html; charset=utf-8",
            _ => "application/octet-stream",
        };
        Self::with("200 OK", &format!("Content-Type: {media_type}\r\n"), body)
    }

    pub fn missing() -> Self {
        Self::with("404 Not Found", "Content-Type: text/html\r\n", b"<p>There is nothing here.")
    }
}

/// Serves until it is dropped.
pub struct Server {
    port: u16,
    stop: Arc<AtomicBool>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each request, told its path as it was sent, without the first slash.
    pub fn new(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), answer)
    }

    /// The same on a socket that is there already, for answers that need to know its port.
    pub fn on(listener: TcpListener, answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let port = listener.local_addr().unwrap().port();
        let (stop, connections) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (answer, ended, counted) = (Arc::new(answer), Arc::clone(&stop), Arc::clone(&connections));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                counted.fetch_add(1, Ordering::Relaxed);
                let answer = Arc::clone(&answer);
                thread::spawn(move || serve(stream.unwrap(), &*answer));
            }
        });
        Self { port, stop, connections }
    }

    /// Serves a tree as static hosts do: a folder by its `index.html`.
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self::new(move |path| from_tree(&files, path))
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    pub fn base(&self) -> BaseUrl {
        BaseUrl::parse(&self.url()).unwrap()
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// The file under a path as it was sent.
pub fn from_tree(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Reply {
    let mut name = decoded(path);
    if name.is_empty() || name.ends_with('/') {
        name += "index.html";
    } else if name.ends_with("index.html") {
        let folder = name.strip_suffix("index.html").unwrap();
        return Reply::with("301 Moved Permanently", &format!("Location: /{folder}\r\n"), b"");
    }
    files.get(&name).map_or_else(Reply::missing, |bytes| Reply::file(&name, bytes))
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&str) -> Reply) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut request = String::new();
        let mut line = String::new();
        while reader.read_line(&mut line).is_ok_and(|length| length > 2) {
            request.push_str(&line);
            line.clear();
        }
        let head = request.strip_prefix("HEAD /");
        let Some(path) = head.or(request.strip_prefix("GET /")).and_then(|rest| rest.split(' ').next())
        else {
            return;
        };
        let lower = request.to_ascii_lowercase();
        assert!(lower.contains("\r\naccept-encoding: identity\r\n"), "{request}");
        assert!(lower.contains("\r\nuser-agent: secsite/"), "{request}");
        let sent = match answer(path) {
            Reply::Bytes(mut bytes) => {
                if head.is_some() {
                    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
                    bytes.truncate(end + 4);
                }
                stream.write_all(&bytes)
            }
            Reply::Cut(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Reply::Drip { head, piece, every } => {
                let mut sent = stream.write_all(&head);
                while sent.is_ok() {
                    thread::sleep(every);
                    sent = stream.write_all(&piece);
                }
                sent
            }
        };
        if sent.is_err() {
            return;
        }
    }
}
