//! What somebody who owns the host can do, and what `secsite verify` says to it. Each attack has words of its own.

mod content;
mod memory;
