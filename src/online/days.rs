//! How many days are left.

use jiff::Timestamp;

use super::Line;

/// Something that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// What.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// What to do before.
    pub help: &'static str,
}

/// A line for each; those within `notice` days are odd, those that are over bad.
pub fn ends(ends: &[End], now: Timestamp, notice: u16) -> Vec<Line> {
    let line = |End { what, at, help }: &End| {
        let days = at.duration_since(now).as_hours().div_euclid(24);
        let day = at.strftime("%Y-%m-%d");
        match days {
            ..0 => Line::bad(what, format!("ended on {day}"), help),
            days if days <= i64::from(notice) => {
                Line::odd(what, format!("{days} days left, until {day}"), help)
            }
            days => Line::good(what, format!("{days} days left, until {day}")),
        }
    };
    ends.iter().map(line).collect()
}

/// The `Expires` of a security.txt (RFC 9116 §2.5.5).
pub fn security_txt_end(text: &str) -> Option<Timestamp> {
    text.lines().find_map(|line| line.strip_prefix("Expires: "))?.trim().parse().ok()
}
