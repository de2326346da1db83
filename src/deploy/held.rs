//! Ids that are held back: drafts and embargoed advisories, looked for in what would be public.

use std::collections::BTreeSet;

/// Ids that must not be seen, in lower case.
#[derive(Debug, Default)]
pub struct Held {
    ids: BTreeSet<Vec<u8>>,
    lengths: BTreeSet<usize>,
}

impl Held {
    /// These ids.
    pub fn new<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let ids: BTreeSet<Vec<u8>> = ids.into_iter().map(|id| id.to_ascii_lowercase().into_bytes()).collect();
        let lengths = ids.iter().map(Vec::len).filter(|length| *length > 0).collect();
        Self { ids, lengths }
    }

    /// Whether nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The first id in some bytes, standing by itself, in whatever case.
    pub fn find(&self, bytes: &[u8]) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let inside = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let starts = (0..bytes.len()).filter(|at| inside(*at) && (*at == 0 || !inside(at - 1)));
        starts
            .flat_map(|at| self.lengths.iter().map(move |length| at..at + length))
            .filter(|range| range.end <= bytes.len() && !inside(range.end))
            .map(|range| &bytes[range])
            .find(|word| self.ids.contains(&word.to_ascii_lowercase()))
            .map(|word| String::from_utf8_lossy(word).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Held;

    #[test]
    fn ids_stand_by_themselves() {
        let held = Held::new(["EXAMPLE-2026-0002", "EX-1"]);
        assert_eq!(held.find(b"osv/x_EXAMPLE-2026-0002.json").as_deref(), Some("EXAMPLE-2026-0002"));
        assert_eq!(
            held.find(b"csaf/white/2026/example-2026-0002.json").as_deref(),
            Some("example-2026-0002")
        );
        assert_eq!(held.find(b"see ex-1"), Some("ex-1".into()));
        for fine in ["EXAMPLE-2026-00021", "XEXAMPLE-2026-0002", "EX-12", "EX-", ""] {
            assert_eq!(held.find(fine.as_bytes()), None, "{fine}");
        }
        assert_eq!(Held::default().find(b"EX-1"), None);
    }
}
