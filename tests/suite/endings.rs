//! A host that serves `404.html` as `404` is asked there; wherever else it leads, it is not followed.

use secsite::io::fetch::{Host, Limits, Trouble};
use secsite::routes::OutPath;

use crate::server::{Reply, Server};

fn get(location: &'static str) -> Result<Option<Vec<u8>>, Trouble> {
    let server = Server::new(move |path| match path {
        "404.html" => Reply::with("308 Permanent Redirect", &format!("Location: {location}\r\n"), b""),
        "404" => Reply::with("404 Not Found", "", b"<p>lost"),
        path => Reply::with("200 OK", "", path.as_bytes()),
    });
    let host = Host::new(&server.base(), Limits::default());
    host.get(&OutPath::parse("404.html").unwrap(), 100).map(|served| served.map(|served| served.bytes))
}

#[test]
fn a_page_may_lose_its_ending() {
    assert_eq!(get("/404"), Ok(Some(b"<p>lost".to_vec())));
}

#[test]
fn a_page_may_not_lead_elsewhere() {
    for location in ["/404/", "/", "/elsewhere", "https://example.org/404", "//example.org/404", "404.html"] {
        let refused = get(location).unwrap_err();
        assert!(
            matches!(&refused, Trouble::Refused(words) if words.contains("redirects are not followed")),
            "{refused:?}"
        );
    }
}
