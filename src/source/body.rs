//! The Markdown of a file: the end of the text that [`SourceFile`] holds already, without a copy where the bytes are that
//! text.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::SourceFile;

/// The end of a file's text.
#[derive(Clone)]
pub struct Body(Held);

#[derive(Clone)]
enum Held {
    /// From this byte on, all is UTF-8.
    From(Arc<SourceFile>, usize),
    /// The file has CRLF there, which its text has not.
    Own(Box<str>),
}

impl Body {
    /// `rest` is the end of the text that [`decode`](super::text::decode) made of the file.
    pub fn of(rest: &str, file: &Arc<SourceFile>) -> Self {
        let start = file.bytes.len().saturating_sub(rest.len());
        let same = file.bytes.get(start..) == Some(rest.as_bytes());
        Self(if same { Held::From(Arc::clone(file), start) } else { Held::Own(rest.into()) })
    }

    /// The same without its first `skipped` bytes.
    #[must_use]
    pub fn without(self, skipped: usize) -> Self {
        match self.0 {
            Held::From(file, start) => Self(Held::From(file, start + skipped)),
            Held::Own(text) => Self(Held::Own(text.get(skipped..).unwrap_or_default().into())),
        }
    }
}

impl Deref for Body {
    type Target = str;
    fn deref(&self) -> &str {
        match &self.0 {
            Held::From(file, start) => {
                // It was UTF-8 when it was decoded, and bytes of a source never change.
                file.bytes.get(*start..).and_then(|rest| std::str::from_utf8(rest).ok()).unwrap_or_default()
            }
            Held::Own(text) => text,
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::text;

    #[test]
    fn is_the_end_of_the_text() {
        for (bytes, skipped, expect) in [
            ("+++\n+++\nBody", 8, "Body"),
            ("\u{feff}+++\n+++\nBödy", 8, "Bödy"),
            ("+++\r\n+++\r\nBody\r\n", 8, "Body\n"),
            ("\u{feff}all", 0, "all"),
            ("all", 3, ""),
        ] {
            let file = Arc::new(SourceFile { path: String::new(), bytes: bytes.into() });
            let text = text::decode(&file.bytes).unwrap();
            let body = Body::of(&text[skipped..], &file);
            assert_eq!(&*body, expect, "{bytes:?}");
            assert_eq!(&*body.without(expect.len()), "");
        }
    }
}
