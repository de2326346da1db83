//! What a push would change: two trees become three lists of paths.

use crate::io::git::objects::Tree;

/// The paths that differ between two trees, sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the new one alone.
    pub added: Vec<String>,
    /// In both, with other bytes or another mode.
    pub changed: Vec<String>,
    /// In the old one alone.
    pub removed: Vec<String>,
}

impl Changes {
    /// Compares.
    pub fn between(old: &Tree, new: &Tree) -> Self {
        let mut changes = Self::default();
        for (path, item) in new {
            match old.get(path) {
                None => changes.added.push(path.clone()),
                Some(before) if before != item => changes.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        changes.removed = old.keys().filter(|path| !new.contains_key(*path)).cloned().collect();
        changes
    }

    /// Whether the trees are the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// One line for each path: `added`, `changed` or `removed`, a tab, and the path fit to be printed.
    pub fn lines(&self) -> String {
        let lists = [("added", &self.added), ("changed", &self.changed), ("removed", &self.removed)];
        let lines = lists.iter().flat_map(|(word, paths)| {
            paths.iter().map(move |path| format!("{word}\t{}\n", crate::diag::escape::visible(path)))
        });
        lines.collect()
    }

    /// `3 added, 1 changed, 0 removed`.
    pub fn counts(&self) -> String {
        let Self { added, changed, removed } = self;
        format!("{} added, {} changed, {} removed", added.len(), changed.len(), removed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::git::objects::Item;

    fn tree(items: &[(&str, &str, &str)]) -> Tree {
        let item = |mode: &str, id: &str| Item { mode: mode.into(), id: id.into() };
        items.iter().map(|(path, mode, id)| ((*path).to_owned(), item(mode, id))).collect()
    }

    #[test]
    fn modes_count_as_bytes_do() {
        let old = tree(&[
            ("a", "100644", "1"),
            ("b", "100755", "2"),
            ("c", "100644", "3"),
            ("gone", "100644", "4"),
        ]);
        let new =
            tree(&[("a", "100644", "1"), ("b", "100644", "2"), ("c", "100644", "5"), ("new", "100644", "4")]);
        let changes = Changes::between(&old, &new);
        assert_eq!(changes.lines(), "added\tnew\nchanged\tb\nchanged\tc\nremoved\tgone\n");
        assert_eq!(changes.counts(), "1 added, 2 changed, 1 removed");
        assert!(Changes::between(&new, &new).is_empty());
    }
}
