mod bounds;
mod commonmark;
mod corpus;
mod hostile;
mod imported;
mod oracle;
mod sanitiser;
mod shape;

use super::*;

fn unchanged(_: &str) -> Target {
    Target::Unchanged
}

pub(super) const PLAIN: Options<'static> =
    Options { id_prefix: "d-", top_level: 2, resolve: &unchanged, markers: None };

fn html(source: &str) -> String {
    render(source, &PLAIN).html
}

fn kinds(source: &str) -> Vec<ProblemKind> {
    render(source, &PLAIN).problems.into_iter().map(|problem| problem.kind).collect()
}
