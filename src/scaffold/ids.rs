//! The next free id of a year.

use crate::value::id::AdvisoryId;
use crate::value::prefix::Prefix;

/// One more than the highest number of `year` among `existing`, or 1. Gaps stay gaps: an id that was withdrawn or is
/// still on somebody's desk is not given twice. `None` for a year that no id can have.
pub fn next_id<'i>(
    prefix: &Prefix,
    year: i16,
    existing: impl IntoIterator<Item = &'i AdvisoryId>,
) -> Option<AdvisoryId> {
    let numbers = existing.into_iter().filter_map(|id| prefix.number_of(id));
    let highest = numbers.filter(|(of, _)| *of == year).map(|(_, number)| number).max().unwrap_or(0);
    prefix.id(year, highest.checked_add(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(existing: &[&str]) -> String {
        let prefix = Prefix::parse("EXAMPLE").unwrap();
        let existing: Vec<AdvisoryId> = existing.iter().map(|id| AdvisoryId::parse(id).unwrap()).collect();
        next_id(&prefix, 2026, &existing).unwrap().to_string()
    }

    #[test]
    fn counts_on_from_the_highest() {
        assert_eq!(next(&[]), "EXAMPLE-2026-0001");
        assert_eq!(next(&["EXAMPLE-2025-0007", "OTHER-2026-0009", "RUSTSEC-2026-0100"]), "EXAMPLE-2026-0001");
        assert_eq!(next(&["EXAMPLE-2026-0003", "EXAMPLE-2026-0001"]), "EXAMPLE-2026-0004");
        assert_eq!(next(&["EXAMPLE-2026-9999"]), "EXAMPLE-2026-10000");
    }

    #[test]
    fn never_overflows() {
        let last = AdvisoryId::parse("EXAMPLE-2026-4294967295").unwrap();
        assert_eq!(next_id(&Prefix::parse("EXAMPLE").unwrap(), 2026, [&last]), None);
        assert_eq!(next_id(&Prefix::parse("EXAMPLE").unwrap(), 1800, []), None);
    }
}
