//! HTML comments: the one piece of HTML an author may write, because nobody sees it.
//!
//! In goes a piece of raw HTML, out come its comments and what is left of it. Only the insertion marks of secsite are
//! ever obeyed; any other comment, whatever tool it was meant for, vanishes.

/// What a piece of raw HTML consists of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Between `<!--` and `-->`.
    Comment(&'a str),
    /// From `<!--` to the end: there is no `-->`.
    Unclosed(&'a str),
    /// Anything else.
    Html(&'a str),
}

/// Splits raw HTML at its comments.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        if start > 0 {
            pieces.push(Piece::Html(&rest[..start]));
        }
        let body = &rest[start + 4..];
        // `<!-->` and `<!--->` are whole comments (CommonMark §6.6).
        let end = if body.starts_with('>') {
            Some((0, 1))
        } else if body.starts_with("->") {
            Some((0, 2))
        } else {
            body.find("-->").map(|end| (end, end + 3))
        };
        let Some((end, next)) = end else {
            pieces.push(Piece::Unclosed(&rest[start..]));
            return pieces;
        };
        pieces.push(Piece::Comment(&body[..end]));
        rest = &body[next..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Html(rest));
    }
    pieces
}

/// What a comment asks to insert: `support product=core` for ` secsite:support product=core `.
pub(super) fn marker(comment: &str) -> Option<&str> {
    comment.trim().strip_prefix("secsite:").map(str::trim)
}
