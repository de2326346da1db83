//! The time that all requests to one host may take together: in goes each request and what it brings, out comes whether
//! to go on. A host that is slow enough at every file never to be cut off at one would else take days.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{Limits, Stop};

/// Begins with four times the patience for one file; each request adds a hundredth of it, and each byte its due.
#[derive(Debug)]
pub(super) struct Purse {
    started: Instant,
    limits: Limits,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Purse {
    pub(super) fn new(limits: Limits) -> Self {
        Self { started: Instant::now(), limits, requests: AtomicU64::new(0), bytes: AtomicU64::new(0) }
    }

    pub(super) fn ask(&self) -> Result<(), Stop> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.check()
    }

    pub(super) fn receive(&self, bytes: u64) -> Result<(), Stop> {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.check()
    }

    fn check(&self) -> Result<(), Stop> {
        let requests = self.requests.load(Ordering::Relaxed);
        let bytes = self.bytes.load(Ordering::Relaxed);
        let each = self.limits.patience / 100;
        // Years do not overflow, and more than four thousand million requests are not made.
        let due = each.saturating_mul(u32::try_from(requests).unwrap_or(u32::MAX));
        let allowed = self.limits.patience * 4 + due + Duration::from_secs(bytes / self.limits.rate.max(1));
        if self.started.elapsed() <= allowed {
            return Ok(());
        }
        Err(Stop::Slow(format!("needed more than {} s for {requests} files", allowed.as_secs())))
    }
}
