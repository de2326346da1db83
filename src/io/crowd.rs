//! Threads that wait for the disk, or for folders of others: many small files come as fast as one, if they are asked for
//! side by side. In goes work that rayon shares out; nothing is known here of what it does.

use rayon::ThreadPoolBuilder;

/// How many wait at the same time.
const AT_ONCE: usize = 16;

/// Does the work with more threads than there are processors. If there may be none of its own, it is merely slower.
pub fn together<T: Send>(work: impl Fn() -> T + Sync) -> T {
    match ThreadPoolBuilder::new().num_threads(AT_ONCE).build() {
        Ok(pool) => pool.install(&work),
        Err(_) => work(),
    }
}
