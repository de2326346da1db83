//! Versions that begin with a year: `2026.03.1`, `24.04`, `20260320`, `2026.1-rc.2`.
//!
//! A year of two digits counts from 2000 (from 1900 if 90 or later), so that `24.04` and `2024.04` are one
//! version. A word after the numbers is a stage of the release: dev, alpha, beta, rc, none, post.

use super::numeric::{Number, trimmed};
use super::refuse;
use crate::value::Invalid;
use crate::value::scheme::Scheme;

/// Numbers, then stage, then the number of the stage.
pub(super) type Key = (Vec<Number>, Stage, Number);

/// Where a release stands between its first try and its last repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Dev,
    Alpha,
    Beta,
    Candidate,
    Release,
    Post,
}

pub(super) fn parse(text: &str) -> Result<Key, Invalid> {
    let no = |why| refuse(text, Scheme::Calver, why);
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (date, word) = text.split_at(end);
    let date = if word.is_empty() { date } else { date.strip_suffix(['.', '-', '_']).unwrap_or(date) };

    let parts: Vec<&str> = date.split(['.', '-', '_']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(no("it is more than a date, numbers and a stage"));
    }
    let mut numbers = year(parts[0]).ok_or_else(|| no("it does not begin with a year"))?;
    numbers.extend(parts[1..].iter().map(|part| Number::new(part)));

    let (stage, count) = stage(word).ok_or_else(|| no("its stage is none of dev, alpha, beta, rc, post"))?;
    Ok((trimmed(numbers), stage, count))
}

/// The year, and the month and day that may be glued to it.
fn year(digits: &str) -> Option<Vec<Number>> {
    let century = |year: &str| if year < "90" { "20" } else { "19" };
    let (year, rest) = match digits.len() {
        1 => (format!("200{digits}"), ""),
        2 => (format!("{}{digits}", century(digits)), ""),
        4 | 6 | 8 => (digits[..4].to_owned(), &digits[4..]),
        _ => return None,
    };
    if !("1990"..="2100").contains(&year.as_str()) {
        return None;
    }
    let glued = [rest.get(..2), rest.get(2..4)];
    Some(std::iter::once(Number::new(&year)).chain(glued.into_iter().flatten().map(Number::new)).collect())
}

fn stage(text: &str) -> Option<(Stage, Number)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, count) = text.split_at(end);
    let stage = match word.to_ascii_lowercase().as_str() {
        "" => Stage::Release,
        "dev" => Stage::Dev,
        "a" | "alpha" => Stage::Alpha,
        "b" | "beta" => Stage::Beta,
        "rc" => Stage::Candidate,
        "post" => Stage::Post,
        _ => return None,
    };
    let count = count.strip_prefix(['.', '-', '_']).unwrap_or(count);
    count.bytes().all(|b| b.is_ascii_digit()).then(|| (stage, Number::new(count)))
}
