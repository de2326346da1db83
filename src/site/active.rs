//! Copied files that a browser would run: in go the path and the bytes of a file of `content/`, out comes why it is
//! refused and where, if it is.
//!
//! What an `<img>` shows never runs, but every file of a portal has an address of its own, and there an SVG or XML file
//! is a document with all of a page's powers. Only what the scan understands wholly is let through; nothing is mended.

/// Why a file is refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Active {
    /// Byte offset of what is refused.
    pub at: usize,
    /// What it is.
    pub what: String,
}

/// What is wrong with a file, if it is of a kind that browsers run.
pub fn find(path: &str, bytes: &[u8]) -> Option<Active> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())?;
    let markup = match extension.as_str() {
        "html" | "htm" | "shtml" | "xhtml" | "xht" | "xsl" | "xslt" => html,
        "svg" | "xml" | "rss" | "atom" | "rdf" | "mml" | "xsd" | "wsdl" => xml,
        "svgz" => return Some(refuse(0, "a compressed drawing, which cannot be looked into")),
        _ => return None,
    };
    // UTF-16 would hide everything from a scan for ASCII.
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0')) else {
        return Some(refuse(0, "text that is not UTF-8"));
    };
    markup(text)
}

fn refuse(at: usize, what: impl Into<String>) -> Active {
    Active { at, what: what.into() }
}

/// The confirmation files of search engines hold one line of text; anything with a tag is a page.
fn html(text: &str) -> Option<Active> {
    let mut pairs = text.bytes().zip(text.bytes().skip(1)).enumerate();
    let opens = |next: u8| next.is_ascii_alphabetic() || matches!(next, b'!' | b'/' | b'?');
    let (at, _) = pairs.find(|(_, (byte, next))| *byte == b'<' && opens(*next))?;
    Some(refuse(at, "a page with markup of its own"))
}

fn xml(text: &str) -> Option<Active> {
    tags(text).err().or_else(|| style(text))
}

/// Walks over the tags. In XML a `<` stands nowhere else but in comments and CDATA.
fn tags(text: &str) -> Result<(), Active> {
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        let skip = |end: &str| rest.find(end).map(|length| length + end.len());
        let length = if rest.starts_with("<!--") {
            skip("-->")
        } else if rest.starts_with("<![CDATA[") {
            skip("]]>")
        } else if rest.starts_with("<?") {
            let length = skip("?>");
            let declared = rest[..length.unwrap_or(0)].to_ascii_lowercase();
            let known =
                !declared.contains("encoding") || declared.contains("utf-8") || declared.contains("us-ascii");
            // A style sheet's instruction loads a transformation, which may make anything.
            if !declared.starts_with("<?xml ") || !known {
                return Err(refuse(at, "an instruction to the browser"));
            }
            length
        } else if rest.starts_with("<!") {
            let length = skip(">");
            // Entities could spell anything that is refused below.
            if rest[..length.unwrap_or(0)].contains('[') || !rest.starts_with("<!DOCTYPE") {
                return Err(refuse(at, "a declaration of entities"));
            }
            length
        } else if rest.starts_with("</") {
            skip(">")
        } else {
            Some(tag(text, at)? - at)
        };
        at += length.ok_or_else(|| refuse(at, "markup that is never closed"))?;
    }
    Ok(())
}

/// Elements that run, embed or ask, whichever namespace they claim.
const ELEMENTS: [&str; 18] = [
    "script",
    "foreignobject",
    "iframe",
    "frame",
    "embed",
    "object",
    "applet",
    "handler",
    "listener",
    "html",
    "body",
    "form",
    "input",
    "button",
    "link",
    "meta",
    "base",
    "template",
];

/// One opening tag; returns where it ends.
fn tag(text: &str, start: usize) -> Result<usize, Active> {
    let broken = || refuse(start, "markup that is not well-formed XML");
    let bytes = text.as_bytes();
    let name_at = |from: usize| {
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '>' | '=' | '<' | '"' | '\'');
        let length = text[from..].find(ends).unwrap_or(text.len() - from);
        &text[from..from + length]
    };
    let space = |from: usize| from + (text[from..].len() - text[from..].trim_start().len());
    let element = name_at(start + 1);
    let local = local(element);
    if element.is_empty() {
        return Err(broken());
    }
    if ELEMENTS.contains(&local.as_str()) {
        return Err(refuse(start, format!("the element `{}`", crate::diag::escape::short(element, 40))));
    }
    let mut at = start + 1 + element.len();
    loop {
        at = space(at);
        match bytes.get(at) {
            Some(b'>') => return Ok(at + 1),
            Some(b'/') if bytes.get(at + 1) == Some(&b'>') => return Ok(at + 2),
            _ => {}
        }
        let name = name_at(at);
        let equals = space(at + name.len());
        if name.is_empty() || bytes.get(equals) != Some(&b'=') {
            return Err(broken());
        }
        let open = space(equals + 1);
        let quote =
            bytes.get(open).copied().filter(|quote| matches!(quote, b'"' | b'\'')).ok_or_else(broken)?;
        let length = text[open + 1..].find(char::from(quote)).ok_or_else(broken)?;
        let value = &text[open + 1..open + 1 + length];
        if value.contains('<') {
            return Err(broken());
        }
        if !harmless(&local, name, value) {
            return Err(refuse(at, format!("the attribute `{}`", crate::diag::escape::short(name, 40))));
        }
        at = open + 1 + length + 1;
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

fn harmless(element: &str, name: &str, value: &str) -> bool {
    let (attribute, value) = (local(name), value.trim().to_ascii_lowercase());
    // A character reference could spell any of the words that are looked for.
    if attribute.starts_with("on") || value.contains("&#") {
        return false;
    }
    match attribute.as_str() {
        "href" | "src" => {
            let picture = ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
            let link = ["https:", "http:", "mailto:"];
            value.starts_with('#')
                || picture.iter().any(|start| value.starts_with(start))
                || element == "a" && link.iter().any(|start| value.starts_with(start))
        }
        // Animations of a link's target.
        "attributename" => !matches!(local(&value).as_str(), "href" | "src") && !value.starts_with("on"),
        "action" | "formaction" | "srcdoc" | "background" | "base" => false,
        _ if name.starts_with("xmlns") => !value.contains("xhtml") && !value.contains("xsl/"),
        _ => true,
    }
}

/// Style may paint with what the file holds, and fetch nothing.
fn style(text: &str) -> Option<Active> {
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.find("@import").or_else(|| lower.find("image-set(")) {
        return Some(refuse(at, "a style sheet from elsewhere"));
    }
    let foreign = lower.match_indices("url(").find(|(at, found)| {
        let target = lower[at + found.len()..].trim_start();
        let quoted = ["\"", "'", "&quot;", "&apos;"];
        let target = quoted.iter().find_map(|quote| target.strip_prefix(quote)).unwrap_or(target);
        !target.starts_with('#') && !target.starts_with("data:image/")
    });
    if let Some((at, _)) = foreign {
        return Some(refuse(at, "a resource from elsewhere"));
    }
    // Escapes could spell any of the words above.
    let escape = lower.find('\\').or_else(|| lower.find("&#")).filter(|_| lower.contains("style"));
    escape.map(|at| refuse(at, "an escaped character beside style"))
}

#[cfg(test)]
mod tests {
    use super::find;

    fn svg(inner: &str) -> bool {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>\n");
        find("content/logo.svg", text.as_bytes()).is_some()
    }

    #[test]
    fn drawings_pass() {
        for inner in [
            "",
            "<!-- a > b --><path d='M0 0' fill=\"url(#a)\"/>",
            "<style>path { fill: url('#a') }</style><use xlink:href=\"#a\"/>",
            "<a href='https://example.org/'><text>x &#38; y &lt;script&gt;</text></a>",
            "<image href=\"data:image/png;base64,AAAA\"/><set attributeName=\"fill\" to=\"red\"/>",
            "<![CDATA[<script>]]>",
        ] {
            assert!(!svg(inner), "{inner}");
        }
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                    \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg/>";
        assert_eq!(find("content/x.svg", head.as_bytes()), None);
        assert_eq!(find("content/google1.html", b"google-site-verification: google1.html"), None);
        assert_eq!(find("content/auth.xml", b"<users><user>1</user></users>"), None);
        assert_eq!(find("content/x.txt", b"<script>"), None);
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<s:SCRIPT xmlns:s='http://www.w3.org/2000/svg'/>",
            "<g onload=\"alert(1)\"/>",
            "<g\nONLOAD = 'alert(1)'/>",
            "<foreignObject/>",
            "<use href=\"https://example.net/x.svg#a\"/>",
            "<image xlink:href='//example.net/x.png'/>",
            "<image href='data:image/svg+xml,x'/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a href=\"java&#115;cript:alert(1)\"/>",
            "<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/></a>",
            "<a><animate attributeName='xlink:href' values='javascript:alert(1)'/></a>",
            "<h:p xmlns:h='http://www.w3.org/1999/xhtml'/>",
            "<style>@import 'https://example.net/x.css';</style>",
            "<path style='fill: url(https://example.net/x)'/>",
            "<style>path { fill: u\\72l(https://example.net/x) }</style>",
            "<g a=b/>",
            "<g a='<'/>",
            "<g a='x",
            "<!-- ",
            "<?xml-stylesheet href='x.xsl'?>",
            "<!ENTITY x 'y'>",
        ] {
            assert!(svg(inner), "{inner}");
        }
        let entities = "<!DOCTYPE svg [<!ENTITY x 'javascript:alert(1)'>]><svg/>";
        assert!(find("content/x.svg", entities.as_bytes()).is_some());
        assert!(find("content/x.svg", b"\xff\xfe<\0s\0").is_some());
        assert!(find("content/x.svg", b"<?xml version='1.0' encoding='utf-7'?><svg/>").is_some());
        assert!(find("content/x.SVGZ", b"\x1f\x8b").is_some());
        assert!(find("content/x.html", b"text\n<p>").is_some());
    }

    #[test]
    fn a_long_file_ends_soon() {
        for piece in ["<", "<a ", "<!--", "<?xml ", "<a b='", "url(", "&#"] {
            let _ = find("content/x.svg", piece.repeat(1_000_000 / piece.len()).as_bytes());
        }
    }
}
