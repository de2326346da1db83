//! Lists of some hundred thousand files: in go items, out come their bytes in the same order, made by many threads.

use rayon::prelude::*;

/// How many items a thread takes at a time.
const PIECE: usize = 4096;

/// How many items are made before they are put in their place: of a long list, most is there once.
const WINDOW: usize = 16 * PIECE;

/// Adds what `write` makes of the items, of some thousand at a time.
pub(in crate::formats) fn append<T: Sync>(
    out: &mut Vec<u8>,
    items: &[T],
    write: impl Fn(&[T]) -> Vec<u8> + Sync,
) {
    let mut made: Vec<Vec<u8>> = Vec::new();
    for window in items.chunks(WINDOW) {
        // Those of the window before are put in their place meanwhile.
        let ((), next) = rayon::join(
            || made.iter().for_each(|piece| out.extend_from_slice(piece)),
            || window.par_chunks(PIECE).map(&write).collect(),
        );
        made = next;
    }
    made.iter().for_each(|piece| out.extend_from_slice(piece));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items() {
        for count in [0, 1, PIECE, PIECE + 1, WINDOW, 2 * WINDOW + 7] {
            let items: Vec<usize> = (0..count).collect();
            let mut out = b"before".to_vec();
            append(&mut out, &items, |some| some.iter().flat_map(|at| (*at as u64).to_be_bytes()).collect());
            let expect: Vec<u8> = (0..count as u64).flat_map(u64::to_be_bytes).collect();
            assert_eq!(out.strip_prefix(b"before"), Some(expect.as_slice()));
        }
    }
}
