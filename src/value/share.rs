//! How long lists are shared out among threads.

/// How many files a thread takes at once. rayon halves a list only as often as threads ask for work, so that its last piece
/// may be an eighth of all: one thread would bake it while the others wait.
pub const SHARE: usize = 64;
