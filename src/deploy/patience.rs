//! How often a host is asked whether it shows the new site.

use std::time::Duration;

/// How long a host is waited for in all: GitHub Pages lets caches keep what is old for ten minutes.
pub const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Pauses between questions: each twice as long as the one before, up to half a minute, and [`LONGEST`] together.
pub fn pauses() -> impl Iterator<Item = Duration> {
    let mut left = LONGEST;
    let mut next = Duration::from_secs(2);
    std::iter::from_fn(move || {
        let pause = next.min(left);
        left -= pause;
        next = (next * 2).min(Duration::from_secs(30));
        (!pause.is_zero()).then_some(pause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let all: Vec<u64> = pauses().map(|pause| pause.as_secs()).collect();
        assert_eq!(all[..6], [2, 4, 8, 16, 30, 30]);
        assert_eq!(all.iter().sum::<u64>(), LONGEST.as_secs());
    }
}
