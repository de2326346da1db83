//! secsite builds a signed static portal from one `policy.toml` and one Markdown file per advisory.
//!
//! # The pipeline
//! Each stage is a type that only the stage before can make:
//!
//! ```text
//! io::read    disk + clock  ─► Sources     every input byte by path, and the date             may fail
//! model       per file      ─► Parsed      decoded, places kept, all problems collected       never fails
//! site        across files  ─► Site        ids unique, references exist, drafts gone          never fails
//! formats     per standard  ─► Plan        output path → recipe, a pure function of Site      never fails
//! sign        Plan + key    ─► Release     bytes baked, hashed, signed, streamed
//! io::publish Release       ─► folder      staged beside the old site, then swapped in whole
//! ```
//!
//! `build` runs all of it. `check` bakes every recipe and keeps none. There is no second way to make a page.
//!
//! # The modules, in reading order
//! - [`source`]: input bytes, places in them, and TOML tables asked key by key.
//! - [`value`]: the field's words as types that cannot hold a bad value.
//! - [`diag`] and [`rules`]: findings, and the kinds of them, one file each.
//! - [`model`]: what an author can write, one struct per table.
//! - [`markdown`] and [`openpgp`]: untrusted text made safe; keys and signatures in canonical form.
//! - [`routes`]: every address. [`site`] and [`theme`]: the portal as a value, and as pages.
//! - [`plan`], [`formats`]: which file is made how; one file per output.
//! - [`selftest`]: what was baked, read back and compared.
//! - [`serve`]: the portal while it is written; requests become answers from the plan.
//! - [`sign`]: the release. [`verify`]: whether a site is what its signers released.
//! - [`deploy`]: what a branch must hold for a host to serve it.
//! - [`guard`]: what would be published against what is public already.
//! - [`import`]: other people's advisories made ours. [`scaffold`]: files to begin with. [`security_md`]: the policy
//!   as forges show it.
//! - [`online`]: what other people's programs meet at the live portal.
//! - [`profiles`]: what schemes ask of a portal, and where its evidence is.
//! - [`io`] and [`cli`]: the only contact with the world; clippy's `disallowed-methods` keeps it so.
//!
//! # What holds, and what is absent
//! - A function that can find problems takes `&mut Diagnostics` last; one that can *fail* lives in `sign`, `io` or `cli`.
//! - Drafts and embargoed advisories leave in [`site::visibility`], so no format can leak one.
//! - Arrows between modules point one way; `tests/suite/layers.rs` holds the table.
//! - No format knows where another's file lies but through [`routes`].
//! - JSON and XML come from serialisers, never from templates.
//! - No clock, environment, randomness or hash order reaches an output byte: the date is an input, maps are ordered.

pub mod source;

pub mod value;

pub mod diag;
pub mod rules;

pub mod model;

pub mod markdown;
pub mod openpgp;

pub mod site;

pub mod formats;
pub mod plan;
pub mod routes;
pub mod theme;

pub mod selftest;
pub mod serve;
pub mod sign;
pub mod verify;

pub mod deploy;
pub mod guard;
pub mod import;
pub mod online;
pub mod profiles;
pub mod scaffold;
pub mod security_md;

pub mod cli;
pub mod io;
