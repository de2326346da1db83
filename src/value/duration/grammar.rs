//! The grammar of [`Duration`]: a small tokenizer and one pass over its tokens.
//!
//! In goes text, out comes a duration, or why it is none as half a sentence.

use super::{Bound, Duration, Unit};

/// Longest text that can be a duration, in bytes: "at least ninety-nine to one hundred …" is far shorter.
const LONGEST: usize = 80;
/// Largest number, of whatever unit.
const LARGEST: u32 = 100_000;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

#[derive(Debug, PartialEq)]
enum Token {
    Number(u32),
    /// Lower case.
    Word(String),
    Dash,
    Sign(Bound),
}

/// Reads a whole duration.
pub(super) fn parse(text: &str) -> Result<Duration, &'static str> {
    let tokens = tokens(text)?;
    let words: Vec<&str> =
        tokens.iter().map(|token| if let Token::Word(word) = token { word } else { "" }).collect();
    let whole = |max, unit| Duration {
        bound: Bound::Plain,
        min: max,
        max,
        business: false,
        unit,
        as_printed: text.trim().to_owned(),
    };
    match words.as_slice() {
        ["hourly"] => return Ok(whole(1, Unit::Hour)),
        ["daily"] => return Ok(whole(1, Unit::Day)),
        ["weekly"] => return Ok(whole(7, Unit::Day)),
        ["monthly"] => return Ok(whole(1, Unit::Month)),
        ["yearly" | "annually"] => return Ok(whole(1, Unit::Year)),
        _ => {}
    }

    let mut rest = tokens.as_slice();
    let bound = bound(&mut rest);
    let min = number(&mut rest).ok_or("no number stands where one is due")?;
    let max = if separated(&mut rest) { number(&mut rest).ok_or("the range has no end")? } else { min };
    if min > max {
        return Err("the range runs backwards");
    }
    if let [Token::Dash, after @ ..] = rest {
        rest = after; // "90-day"
    }
    let business = match rest {
        [Token::Word(word), ..] if word == "business" || word == "working" => true,
        [Token::Word(word), ..] if word == "calendar" => false,
        _ => return finish(rest, Duration { bound, min, ..whole(max, Unit::Day) }),
    };
    finish(&rest[1..], Duration { bound, min, business, ..whole(max, Unit::Day) })
}

/// The unit, and nothing after it.
fn finish(rest: &[Token], duration: Duration) -> Result<Duration, &'static str> {
    let [Token::Word(word), after @ ..] = rest else { return Err("it names no unit") };
    let unit = unit(word).ok_or("its unit is none of minutes, hours, days, weeks, months, years")?;
    if after.is_empty() { Ok(Duration { unit, ..duration }) } else { Err("words follow the unit") }
}

fn tokens(text: &str) -> Result<Vec<Token>, &'static str> {
    if text.len() > LONGEST {
        return Err("it is too long");
    }
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let run = |same: fn(&char) -> bool| rest.chars().take_while(same).map(char::len_utf8).sum::<usize>();
        let length = if first.is_ascii_digit() {
            let length = run(char::is_ascii_digit);
            let number = rest[..length].parse().ok().filter(|number| *number <= LARGEST);
            tokens.push(Token::Number(number.ok_or("its number is too large")?));
            length
        } else if first.is_ascii_alphabetic() {
            let length = run(char::is_ascii_alphabetic);
            tokens.push(Token::Word(rest[..length].to_ascii_lowercase()));
            length
        } else if first.is_whitespace() {
            first.len_utf8()
        } else {
            let (token, length) = sign(rest).ok_or("it holds a character of no duration")?;
            tokens.push(token);
            length
        };
        rest = &rest[length..];
    }
    Ok(tokens)
}

fn sign(rest: &str) -> Option<(Token, usize)> {
    [
        ("<=", Token::Sign(Bound::AtMost)),
        ("≤", Token::Sign(Bound::AtMost)),
        ("<", Token::Sign(Bound::LessThan)),
        (">=", Token::Sign(Bound::AtLeast)),
        ("≥", Token::Sign(Bound::AtLeast)),
        ("-", Token::Dash),
        ("–", Token::Dash),
        ("—", Token::Dash),
        ("\u{2011}", Token::Dash), // the hyphen that does not break
    ]
    .into_iter()
    .find_map(|(sign, token)| rest.starts_with(sign).then_some((token, sign.len())))
}

/// What stands before the number; "in" and "within" add nothing.
fn bound(rest: &mut &[Token]) -> Bound {
    loop {
        let word = |index: usize| match rest.get(index) {
            Some(Token::Word(word)) => word.as_str(),
            _ => "",
        };
        let (bound, length) = match (word(0), word(1)) {
            ("within" | "in", _) => {
                *rest = &rest[1..];
                continue;
            }
            ("at", "most") | ("up", "to") => (Bound::AtMost, 2),
            ("less", "than") => (Bound::LessThan, 2),
            ("at", "least") => (Bound::AtLeast, 2),
            _ => match rest.first() {
                Some(Token::Sign(bound)) => (*bound, 1),
                _ => (Bound::Plain, 0),
            },
        };
        *rest = &rest[length..];
        return bound;
    }
}

/// A number in digits or words; "forty-eight" is one number, "thirty-sixty" is a range.
fn number(rest: &mut &[Token]) -> Option<u32> {
    let ones = |word: &str| ONES.iter().position(|name| *name == word).and_then(|n| u32::try_from(n).ok());
    let tens =
        |word: &str| TENS.iter().position(|name| *name == word).and_then(|n| u32::try_from(n * 10 + 20).ok());
    let (number, length) = match rest {
        [Token::Number(number), ..] => (*number, 1),
        [Token::Word(ten), Token::Dash, Token::Word(one), ..]
            if tens(ten).is_some() && ones(one).is_some_and(|one| (1..10).contains(&one)) =>
        {
            (tens(ten)? + ones(one)?, 3)
        }
        [Token::Word(word), ..] if word == "a" || word == "an" => (1, 1),
        [Token::Word(word), ..] => (ones(word).or_else(|| tens(word))?, 1),
        _ => return None,
    };
    *rest = &rest[length..];
    Some(number)
}

/// Whether a dash or "to" and another number follow; takes the separator.
fn separated(rest: &mut &[Token]) -> bool {
    let to = matches!(rest, [Token::Word(word), ..] if word == "to");
    let dash = matches!(rest, [Token::Dash, ..]) && number(&mut &rest[1..]).is_some();
    if to || dash {
        *rest = &rest[1..];
    }
    to || dash
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" => Unit::Minute,
        "hour" | "hours" | "h" | "hr" | "hrs" => Unit::Hour,
        "day" | "days" | "d" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    })
}
