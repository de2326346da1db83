//! The allow-list of our HTML, as a sanitiser that is not ours. Nothing of the crate is used here: `fuzz/` includes this
//! file as well.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

type Set = HashSet<&'static str>;

/// Knows every element and attribute that our HTML may hold, and takes everything else away.
pub(super) fn sanitiser() -> Builder<'static> {
    let set = |words: &'static str| words.split(' ').collect::<Set>();
    let attributes = [
        ("a", "href rel title class aria-label"),
        ("img", "src alt title"),
        ("pre", "tabindex"),
        ("code", "class"),
        ("ol", "start"),
        ("li", "id"),
        ("div", "class role tabindex aria-label"),
        ("p", "class"),
        ("span", "class aria-hidden"),
        ("sup", "class id"),
        ("th", "scope class"),
        ("td", "class"),
        ("h1", "id"),
        ("h2", "id"),
        ("h3", "id"),
        ("h4", "id"),
        ("h5", "id"),
        ("h6", "id"),
    ];
    let mut builder = Builder::empty();
    builder
        .tags(set("p h1 h2 h3 h4 h5 h6 blockquote div pre code ul ol li hr br em strong del a img table thead tbody tr th td sup span"))
        .tag_attributes(attributes.into_iter().map(|(tag, names)| (tag, set(names))).collect::<HashMap<_, _>>())
        .url_schemes(set("https http mailto"))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
}
