//! Periods of support as bars. Only rows whose both dates are known have one; the table beside it says everything.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::policy::product::Product;

/// Where bars begin and end, in the units of the drawing.
const LEFT: f64 = 150.0;
const RIGHT: f64 = 700.0;
const ROW: usize = 26;

/// A drawing, in its own units.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// Height of the whole.
    pub height: usize,
    /// Where vertical lines end.
    pub floor: usize,
    /// The line on which the years stand.
    pub baseline: usize,
    /// The day of the build.
    pub now: String,
    /// Beginnings of years.
    pub years: Vec<Tick>,
    /// One bar per row.
    pub bars: Vec<Bar>,
}

/// The beginning of a year.
#[derive(Debug, Serialize)]
pub struct Tick {
    /// Where.
    pub x: String,
    /// Which.
    pub label: i16,
}

/// A period of support.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// The versions.
    pub label: String,
    /// Left edge.
    pub x: String,
    /// Upper edge.
    pub y: usize,
    /// Baseline of the label.
    pub text_y: usize,
    /// Length.
    pub width: String,
    /// Whether it has ended.
    pub over: bool,
}

impl Chart {
    /// The drawing of a product; `None` with fewer than two bars, where it would say nothing.
    pub(super) fn of(product: &Product, today: Date) -> Option<Self> {
        let period = |row: &crate::model::policy::product::Support| {
            let (from, to) = (row.released?.day(), row.until.as_ref()?.last_day()?);
            (from < to).then(|| (row.versions.as_printed().to_owned(), from, to))
        };
        let periods: Vec<_> = product.support.iter().filter_map(period).collect();
        if periods.len() < 2 {
            return None;
        }
        let first = periods.iter().map(|(_, from, _)| *from).min()?.min(today).year();
        let last = periods.iter().map(|(.., to)| *to).max()?.max(today).year() + 1;
        let years = f64::from(last - first);
        let scale = |day: Date| {
            let place = f64::from(day.year() - first) + f64::from(day.day_of_year() - 1) / 366.0;
            LEFT + (RIGHT - LEFT) * place / years
        };
        // Many years would print their numbers over each other.
        let step = usize::try_from((last - first) / 10 + 1).unwrap_or(1);
        let floor = periods.len() * ROW + 8;
        let bar = |(at, (label, from, to)): (usize, (String, Date, Date))| Bar {
            label: label.chars().take(20).collect(),
            x: format!("{:.1}", scale(from)),
            y: at * ROW + 8,
            text_y: at * ROW + 20,
            width: format!("{:.1}", scale(to) - scale(from)),
            over: to < today,
        };
        Some(Self {
            height: floor + 22,
            floor,
            baseline: floor + 16,
            now: format!("{:.1}", scale(today)),
            years: (first..=last)
                .step_by(step)
                .filter_map(|year| {
                    Some(Tick { x: format!("{:.1}", scale(Date::new(year, 1, 1).ok()?)), label: year })
                })
                .collect(),
            bars: periods.into_iter().enumerate().map(bar).collect(),
        })
    }
}
