//! The closed wording of ranges on our pages, read back.

use crate::selftest::facts::{Stretch, To};

/// `1.4.0 and later, before 1.7.9` and its kin.
pub(super) fn stretch(words: &str) -> Result<Stretch<'_>, String> {
    let stretch = |from: &'static str, to| Stretch { from: from.into(), to };
    Ok(match words {
        "all versions" | "not known yet" => Stretch::all(),
        _ => {
            if let Some((from, to)) = words.split_once(" and later, before ") {
                Stretch { from: from.into(), to: To::Before(to.into()) }
            } else if let Some(from) = words.strip_suffix(" and later") {
                Stretch { from: from.into(), to: To::Forever }
            } else if let Some(to) = words.strip_prefix("before ") {
                stretch("0", To::Before(to.into()))
            } else if let Some(to) = words.strip_suffix(" and earlier") {
                stretch("0", To::Through(to.into()))
            } else if let Some(only) = words.strip_suffix(" only") {
                Stretch::one(only.into())
            } else if let Some((from, to)) =
                words.strip_suffix(", inclusive").and_then(|words| words.split_once(" to "))
            {
                Stretch { from: from.into(), to: To::Through(to.into()) }
            } else {
                return Err(format!("`{}` are no versions", crate::diag::escape::short(words, 60)));
            }
        }
    })
}

/// The same of text that does not stand in the page as it is read.
pub(super) fn owned(words: &str) -> Result<Stretch<'static>, String> {
    stretch(words).map(Stretch::into_owned)
}

#[cfg(test)]
mod tests {
    use super::stretch;
    use crate::value::range::{End, Range};

    #[test]
    fn every_wording_is_read() {
        let ends = [
            End::Fixed("2.0".into()),
            End::LastAffected("2.0".into()),
            End::LastAffected("1.0".into()),
            End::Open,
        ];
        for from in ["0", "1.0"] {
            for end in &ends {
                let range = Range { introduced: from.to_owned(), end: end.clone() };
                let read = stretch(&range.to_string())
                    .map(|read| read.bounds().map(|bound| bound.as_str().to_owned()).collect::<Vec<_>>());
                let mut bounds = vec![from.to_owned()];
                match end {
                    End::Fixed(to) | End::LastAffected(to) => bounds.push(to.clone()),
                    End::Open => {}
                }
                assert_eq!(read, Ok(bounds), "{range}");
            }
        }
        assert!(stretch("some").is_err());
    }
}
