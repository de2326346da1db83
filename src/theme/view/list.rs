//! A page of a list of advisories, and the filters above it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::link::Link;
use super::row::{Row, Rows};
use crate::model::advisory::{Exploited, Status};
use crate::routes::{self, Route};
use crate::site::Site;
use crate::site::advisory::{Advisory, Target};
use crate::value::severity::Severity;

/// Rows on one page.
pub const PAGE: usize = 100;

/// One page of a list.
#[derive(Debug, Serialize)]
pub struct List<'p> {
    /// Heading.
    pub heading: &'p str,
    /// The way up, on a filter's page.
    pub crumbs: Vec<Link>,
    /// All filters that have members.
    pub filters: &'p [Group],
    /// Id of the filter that is on; may be empty.
    pub current: &'p str,
    /// How many advisories the whole list has.
    pub count: usize,
    /// Place of the first row in the whole list, from 1.
    pub first: usize,
    /// Rows.
    pub rows: Vec<&'p Row>,
    /// Which page this is, from 1.
    pub number: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Address of the page of newer ones.
    pub previous: Option<String>,
    /// Address of the page of older ones.
    pub next: Option<String>,
    /// Pages to jump to; one without an address stands for a gap.
    pub pager: Vec<Jump>,
}

/// A page to jump to.
#[derive(Debug, Serialize)]
pub struct Jump {
    /// Its number.
    pub number: usize,
    /// Its address.
    pub href: Option<String>,
}

/// Filters of one kind.
#[derive(Debug, Serialize)]
pub struct Group {
    /// `severity`, `state`, `product`, `year`.
    pub id: &'static str,
    /// What the filters tell apart.
    pub label: &'static str,
    /// The filters.
    pub items: Vec<Item>,
}

/// One filter.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Unique among all.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its words.
    pub label: String,
    /// How many it lets through.
    pub count: usize,
}

/// A list to be: which advisories, and where.
#[derive(Debug)]
pub struct Filter {
    /// Id, as in [`Item`].
    pub id: String,
    /// First page.
    pub route: Route,
    /// The filter bar's words.
    pub label: String,
    /// Heading.
    pub heading: String,
    /// Kind: `severity`, `state`, `product`, `year`, or `all`.
    pub kind: &'static str,
    /// Places in `site.advisories`.
    pub members: Vec<usize>,
}

impl Filter {
    /// How many pages the list has; an empty one has one.
    pub fn pages(&self) -> usize {
        self.members.len().div_ceil(PAGE).max(1)
    }
}

/// All lists: every advisory first, then each filter that has members.
pub fn filters(site: &Site) -> Vec<Filter> {
    let mut all = vec![Filter {
        id: "all".into(),
        route: routes::advisories(),
        label: "All".into(),
        heading: "Security advisories".into(),
        kind: "all",
        members: (0..site.advisories.len()).collect(),
    }];
    let mut add =
        |kind: &'static str, id: &str, route: Route, label: &str, heading: String, members: Vec<usize>| {
            if !members.is_empty() {
                let (id, label) = (format!("{kind}-{id}"), label.to_owned());
                all.push(Filter { id, route, label, heading, kind, members });
            }
        };
    let which = |test: &dyn Fn(&Advisory) -> bool| -> Vec<usize> {
        site.advisories.iter().enumerate().filter(|(_, advisory)| test(advisory)).map(|(at, _)| at).collect()
    };
    for level in Severity::ALL.into_iter().rev() {
        let members = which(&|advisory| advisory.severity == Some(level));
        let (word, label) = (level.as_str(), level.label());
        add("severity", word, routes::by_severity(word), label, format!("Severity: {word}"), members);
    }
    let members = which(&|advisory| advisory.severity.is_none());
    add(
        "severity",
        "unknown",
        routes::by_severity("unknown"),
        "Unknown",
        "Severity: unknown".into(),
        members,
    );
    for (id, label, test) in STATES {
        add(
            "state",
            id,
            routes::by_state(id),
            label,
            format!("State: {}", label.to_lowercase()),
            which(test),
        );
    }
    let mut products: Vec<Vec<usize>> = vec![Vec::new(); site.policy.products.len()];
    let mut years: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
    for (at, advisory) in site.advisories.iter().enumerate() {
        years.entry(advisory.published.day().year()).or_default().push(at);
        for affected in &advisory.affected {
            if let Target::Product(product) = affected.target
                && products[product].last() != Some(&at)
            {
                products[product].push(at);
            }
        }
    }
    for (product, members) in site.policy.products.iter().zip(products) {
        let (id, name) = (product.id.as_str(), product.name.as_str());
        add("product", id, routes::by_product(id), name, format!("Advisories about {name}"), members);
    }
    for (year, members) in years.into_iter().rev() {
        let word = year.to_string();
        add("year", &word, routes::by_year(year), &word, format!("Advisories of {year}"), members);
    }
    all
}

type State = (&'static str, &'static str, &'static (dyn Fn(&Advisory) -> bool + Sync));

/// States that have a list of their own.
const STATES: [State; 5] = [
    ("unfixed", "No fix yet", &super::row::is_open),
    ("exploited", "Exploited", &|advisory| advisory.front.exploited == Some(Exploited::InTheWild)),
    ("disputed", "Disputed", &|advisory| advisory.front.status.value == Status::Disputed),
    ("withdrawn", "Withdrawn", &Advisory::is_withdrawn),
    ("informational", "Notices", &|advisory| advisory.front.informational.is_some()),
];

/// The filter bar. One that would let everything through, alone of its kind, helps nobody and is left out.
pub fn groups(site: &Site, filters: &[Filter]) -> Vec<Group> {
    let total = site.advisories.len();
    let kinds = [("severity", "Severity"), ("state", "State"), ("product", "Product"), ("year", "Year")];
    let group = |(kind, label): (&'static str, &'static str)| {
        let members = filters.iter().filter(|filter| filter.kind == kind);
        let items: Vec<Item> = members
            .map(|filter| Item {
                id: filter.id.clone(),
                href: site.href(&filter.route),
                label: filter.label.clone(),
                count: filter.members.len(),
            })
            .collect();
        let idle = matches!(items.as_slice(), [only] if only.count == total && kind != "state");
        (!items.is_empty() && !idle).then_some(Group { id: kind, label, items })
    };
    let all =
        Item { id: "all".into(), href: site.href(&routes::advisories()), label: "All".into(), count: total };
    let mut groups: Vec<Group> = kinds.into_iter().filter_map(group).collect();
    if !groups.is_empty() {
        groups.insert(0, Group { id: "all", label: "Show", items: vec![all] });
    }
    groups
}

impl<'p> List<'p> {
    /// Page `number` of a list.
    pub fn of(site: &Site, filter: &'p Filter, filters: &'p [Group], rows: &'p Rows, number: usize) -> Self {
        let pages = filter.pages();
        let start = (number - 1) * PAGE;
        let href = |page: usize| site.href(&routes::paged(&filter.route, page));
        let members = filter.members.iter().skip(start).take(PAGE);
        let crumbs = (filter.kind != "all").then(|| Link::to(site, &routes::advisories(), "Advisories"));
        Self {
            heading: &filter.heading,
            crumbs: crumbs.into_iter().collect(),
            filters,
            current: &filter.id,
            count: filter.members.len(),
            first: start + 1,
            rows: members.filter_map(|at| rows.get(site, *at)).collect(),
            number,
            pages,
            previous: (number > 1).then(|| href(number - 1)),
            next: (number < pages).then(|| href(number + 1)),
            pager: jumps(number, pages)
                .into_iter()
                .map(|n| Jump { number: n, href: (n > 0).then(|| href(n)) })
                .collect(),
        }
    }
}

/// First, last and nearby pages; 0 for a gap.
fn jumps(number: usize, pages: usize) -> Vec<usize> {
    let mut jumps = Vec::new();
    for page in 1..=pages {
        let near = page == 1 || page == pages || page.abs_diff(number) <= 2;
        if near {
            jumps.push(page);
        } else if jumps.last() != Some(&0) {
            jumps.push(0);
        }
    }
    jumps
}

#[cfg(test)]
mod tests {
    use super::jumps;

    #[test]
    fn pagers_stay_short() {
        assert_eq!(jumps(1, 1), [1]);
        assert_eq!(jumps(1, 4), [1, 2, 3, 4]);
        assert_eq!(jumps(50, 100), [1, 0, 48, 49, 50, 51, 52, 0, 100]);
    }
}
