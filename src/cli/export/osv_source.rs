//! `secsite export osv-source`: the entry of osv.dev's `source.yaml` for this portal.
//!
//! In goes the policy, out comes YAML for osv.dev's repository: a REST source, polled at `osv/all.json`. Whether osv.dev
//! takes it is osv.dev's to say.

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, print_data};
use crate::routes;

/// `secsite export osv-source`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let site = crate::cli::policy::site(globals, false)?;
    let Some(prefix) = &site.policy.advisories.prefix else {
        let help = "set `prefix` in [advisories]: osv.dev knows a database by the prefix of its ids";
        return Err(Failure::content("the ids of this portal have no prefix of their own", help));
    };
    let prefix = prefix.as_str();
    let list = site.url(&routes::osv_list());
    // osv.dev joins the folder's path on the host, and the record's file name.
    let link = list.trim_end_matches("all.json");
    let directory = format!("{}{}", site.base.path(), routes::osv_list());
    let directory = directory.trim_start_matches('/').trim_end_matches("/all.json");
    let page = site.url(&routes::advisories());
    let name = prefix.to_lowercase();
    let text = format!(
        "- name: '{name}'\n  \
           versions_from_repo: False\n  \
           rest_api_url: '{list}'\n  \
           type: 2\n  \
           ignore_patterns: ['^(?!{prefix}-).*$']\n  \
           directory_path: '{directory}'\n  \
           detect_cherrypicks: False\n  \
           extension: '.json'\n  \
           db_prefix: ['{prefix}-']\n  \
           ignore_git: False\n  \
           human_link: '{page}{{{{ BUG_ID }}}}/'\n  \
           link: '{link}'\n  \
           editable: False\n  \
           strict_validation: True\n"
    );
    print_data(text.as_bytes())?;
    if !site.policy.advisories.osv_prefix_registered {
        globals.say(&format!(
            "before you hand this in: propose the prefix `{prefix}-` to ossf/osv-schema, then set \
             `osv_prefix_registered = true` in [advisories]; until then ids begin with `x_`, which osv.dev leaves out"
        ));
    }
    Ok(Exit::Clean)
}
