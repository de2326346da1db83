//! A page as it is sent: the one that `build` writes, with the script that reloads it.
//!
//! The page's own Content Security Policy allows no script, and a header could only narrow it further. So the element
//! is made wider here, by exactly the one folder in which the script lies.

use super::address::OWN;

const ELEMENT: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

/// Adds the script to a page; `at` is the state that the page shows, `host` the name by which it was asked for.
pub(super) fn dress(page: Vec<u8>, at: &str, host: &str) -> Vec<u8> {
    let Ok(page) = String::from_utf8(page) else { return Vec::new() };
    let Some(end) = page.find("</head>") else { return page.into_bytes() };
    let (head, rest) = page.split_at(end);
    let script = format!("<script src=\"{OWN}live.js\" data-at=\"{at}\" defer></script>\n");
    let mut out = String::with_capacity(page.len() + 512);
    match policy_end(head) {
        Some(close) => {
            out.push_str(&head[..close]);
            let source = source(host);
            out.push_str(&format!("; script-src {source}; connect-src {source}"));
            out.push_str(&head[close..]);
        }
        None => out.push_str(head),
    }
    out.push_str(&script);
    out.push_str(rest);
    out.into_bytes()
}

/// Where the page's policy ends, if it says nothing of scripts yet.
fn policy_end(head: &str) -> Option<usize> {
    let start = head.find(ELEMENT)? + ELEMENT.len();
    let close = start + head[start..].find('"')?;
    (!head[start..close].contains("script-src")).then_some(close)
}

/// The one place that scripts and events come from. A policy cannot spell the address of an IPv6 host.
fn source(host: &str) -> String {
    if host.starts_with('[') { "&#39;self&#39;".to_owned() } else { format!("http://{host}{OWN}") }
}

#[cfg(test)]
mod tests {
    use super::dress;

    #[test]
    fn a_page_gets_the_script_and_no_more() {
        let page = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;\">\n</head>\n<p>&lt;/head>\n";
        let dressed = String::from_utf8(dress(page.into(), "1-2", "localhost:9116")).unwrap();
        let source = "http://localhost:9116/-/secsite/";
        let expected = format!(
            "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; script-src {source}; connect-src {source}\">\n<script src=\"/-/secsite/live.js\" data-at=\"1-2\" defer></script>\n</head>\n<p>&lt;/head>\n"
        );
        assert_eq!(dressed, expected);
        assert_eq!(dress(b"no head".to_vec(), "", ""), b"no head");
    }
}
