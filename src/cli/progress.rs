//! A progress bar: on a terminal alone, and only when work passes half a second.
#![allow(clippy::disallowed_methods, reason = "I/O boundary")]

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::globals::Globals;

/// Work that takes shorter than this is not shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts steps, and shows them if there is time to look.
pub struct Progress {
    started: Instant,
    total: usize,
    done: AtomicUsize,
    wanted: bool,
    bar: OnceLock<ProgressBar>,
    what: &'static str,
}

impl Progress {
    /// Begins a count.
    pub fn new(globals: &Globals, what: &'static str, total: usize) -> Self {
        let wanted = !globals.quiet && std::io::stderr().is_terminal();
        let (done, bar) = (AtomicUsize::new(0), OnceLock::new());
        Self { started: Instant::now(), total, done, wanted, bar, what }
    }

    /// The same, never shown: while somebody may type a passphrase on this terminal.
    pub fn unseen(globals: &Globals, what: &'static str, total: usize) -> Self {
        Self { wanted: false, ..Self::new(globals, what, total) }
    }

    /// One step is done. Called from many threads.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // A look at the clock every few files is enough.
        if !self.wanted || !done.is_multiple_of(64) || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::with_draw_target(Some(self.total as u64), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{msg:>12} [{bar:27}] {pos}/{len}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            bar.set_message(self.what);
            bar
        });
        bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}
