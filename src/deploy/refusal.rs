//! Why a site is not deployed, in words.

use crate::diag::escape::short;

/// A reason, and what to do about it. Fit to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// Nobody signs by the policy.
pub fn nobody_signs() -> Refusal {
    Refusal::new(
        "the policy names nobody who signs, and only a signed site is deployed",
        "make a key with `secsite key new`, name it in [signing], and build again",
    )
}

/// The site in the folder has no signer.
pub fn unsigned(folder: &str) -> Refusal {
    Refusal::new(
        format!("the site in `{folder}` is not signed"),
        "build it without --unsigned and --preview: `secsite sign` and then `secsite build`, or `secsite build --key FILE`",
    )
}

/// The site in the folder is signed by somebody else.
pub fn other_signer(folder: &str, signer: &str) -> Refusal {
    Refusal::new(
        format!("the site in `{folder}` is signed by `{signer}`, whom [signing] of the policy does not name"),
        "build it without --dev-key, by a key of the policy",
    )
}

/// Without this file dot folders are not served.
pub fn no_nojekyll() -> Refusal {
    Refusal::new(
        "the site has no `.nojekyll`, so GitHub Pages would not serve `.well-known`",
        "build it again with this version of secsite",
    )
}

/// An older release than the one that stands there.
pub fn rolled_back(ours: u64, theirs: u64) -> Refusal {
    Refusal::new(
        format!("this is version {ours}, and the branch has version {theirs}: readers would see a rollback"),
        "go on from what is published: bring `signatures/` up to date, or build with `--previous` and a copy of the branch",
    )
}

/// A release that does not come after the one that stands there.
pub fn no_successor(ours: u64, theirs: u64) -> Refusal {
    Refusal::new(
        format!("this version {ours} does not go on from the version {theirs} that the branch has"),
        "two builds began from the same release: build again with `--previous` and a copy of the branch, or bring `signatures/` up to date",
    )
}

/// The branch is another site's.
pub fn other_name(theirs: &str, ours: Option<&str>) -> Refusal {
    let ours = ours.map_or_else(
        || "this site has no `CNAME`".to_owned(),
        |ours| format!("this site is `{}`", short(ours, 120)),
    );
    Refusal::new(
        format!("the branch is the site of `{}`, and {ours}", short(theirs, 120)),
        "name another branch with --branch; if the portal moves, remove `CNAME` from that branch first, by a commit of your own",
    )
}

/// An id that is held back would be seen. `id` is `None` where others read along.
pub fn held_back(id: Option<&str>, path: &str) -> Refusal {
    let what = id.map_or_else(
        || "an advisory that is held back".to_owned(),
        |id| format!("`{}`, which is held back,", short(id, 80)),
    );
    let place = if id.is_some() { format!("`{}`", short(path, 160)) } else { "a file".to_owned() };
    Refusal::new(
        format!("{what} is named in {place} of the site"),
        "remove what names it, build again, then deploy",
    )
}

/// An id that is held back has been public; `place` has kept it.
pub fn was_public(id: Option<&str>, place: &str) -> Refusal {
    let what = id.map_or_else(
        || "an advisory that is held back".to_owned(),
        |id| format!("`{}`, which is held back,", short(id, 80)),
    );
    Refusal::new(
        format!("{what} was public: {place} tells of it"),
        "what was public stays public: publish the advisory, as withdrawn if need be",
    )
}

/// The branch that the user works on.
pub fn own_branch(branch: &str) -> Refusal {
    Refusal::new(
        format!("`{branch}` is the branch that you are on, and the site would take the place of its sources"),
        "name the branch that the host serves with --branch, such as `gh-pages`",
    )
}
