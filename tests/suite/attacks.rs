//! What somebody who owns the host can do, and what `secsite verify` says to it. Each attack has words of its own.

mod content;
mod flips;
mod former;
mod frames;
mod manifests;
mod memory;
mod noise;
mod revocations;
mod shapes;
mod signatures;
mod signers;
mod store;
mod succession;
