//! What browsers are told while they look at a page, as server-sent events.

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first of every stream: which state is shown. A page of another one loads itself again.
    Hello(String),
    /// There is another portal now.
    Reload(String),
    /// Only style sheets have changed: the page takes them over as it stands.
    Css(String),
    /// What was found has changed.
    Findings,
    /// The page at this address has been edited.
    Open(String),
}

impl Event {
    /// The event as it is sent. No value holds a line break: each is a number of ours or an encoded address.
    pub fn frame(&self) -> String {
        let (name, data) = match self {
            Self::Hello(at) => ("hello", at.as_str()),
            Self::Reload(at) => ("reload", at.as_str()),
            Self::Css(at) => ("css", at.as_str()),
            Self::Findings => ("findings", ""),
            // `open` is what a stream says of itself.
            Self::Open(href) => ("go", href.as_str()),
        };
        format!("event: {name}\ndata: {data}\n\n")
    }
}
