//! The search for the rare bytes that must be escaped.

/// Where the first byte at or after `from` stands for which `is` holds. Many bytes are asked at once, so `is` should only
/// compare: then the compiler has one instruction do it for sixteen of them.
pub(crate) fn first(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    const AT_ONCE: usize = 32;
    let rest = bytes.get(from..).unwrap_or_default();
    let clean = |chunk: &&[u8]| !chunk.iter().fold(false, |any, byte| any | is(*byte));
    let skipped = AT_ONCE * rest.chunks_exact(AT_ONCE).take_while(clean).count();
    let tail = &rest[skipped..];
    // What is left is asked for at once, too, together with some that have been asked.
    if tail.len() < AT_ONCE && rest.last_chunk::<AT_ONCE>().is_some_and(|last| clean(&last.as_slice())) {
        return None;
    }
    tail.iter().position(|byte| is(*byte)).map(|at| from + skipped + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_first(text in "[a-z]{0,70}[<>]?[a-z]{0,70}[<>]?", from in 0usize..150) {
            let is = |byte| byte == b'<' || byte == b'>';
            let expect = text.bytes().enumerate().position(|(at, byte)| at >= from && is(byte));
            prop_assert_eq!(super::first(text.as_bytes(), from, is), expect);
        }
    }
}
