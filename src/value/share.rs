//! How long lists are shared out among threads.

/// How many items of a long list a thread takes at once. rayon halves a list only as often as threads ask for work, so that
/// its last piece may be an eighth of all: one thread would work on it while the others wait.
pub(crate) const SHARE: usize = 64;
