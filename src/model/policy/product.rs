//! `[[product]]`: one per separately versioned thing, with its table of supported versions.

use crate::source::Spanned;
use crate::source::fields::{Decode, Decoder, Fields, Named, words};
use crate::value::cpe::Cpe;
use crate::value::date::When;
use crate::value::line::Line;
use crate::value::purl::Purl;
use crate::value::scheme::Scheme;
use crate::value::slug::Slug;
use crate::value::support::{Status, Until, Versions};

/// `[[product]]`.
#[derive(Debug, Clone)]
pub struct Product {
    /// How advisories name it; part of URLs.
    pub id: Spanned<Slug>,
    /// How people name it.
    pub name: Line,
    /// Package URL without a version.
    pub purl: Option<Purl>,
    /// CPE 2.3 formatted string.
    pub cpe: Option<Cpe>,
    /// How versions compare.
    pub scheme: Scheme,
    /// The support rule, where a rule and not only a table decides.
    pub rule: Option<Rule>,
    /// Printed headings of the table.
    pub columns: Columns,
    /// Known releases: each has a page, and the checker tries them.
    pub releases: Vec<Spanned<Line>>,
    /// Rows of the table, in order.
    pub support: Vec<Support>,
}

impl Decode for Product {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let id: Option<Spanned<Slug>> = f.required("id");
        let name: Option<Line> = f.optional("name");
        let purl = f.optional("purl");
        let cpe = f.optional("cpe");
        let scheme = f.optional("scheme").unwrap_or_default();
        let rule = f.optional("rule");
        let columns = f.or_default("columns");
        let releases = f.or_default("releases");
        let support = f.or_default("support");
        f.finish();
        let id = id?;
        let name = name.unwrap_or_else(|| Line::literal(id.as_str()));
        Some(Self { id, name, purl, cpe, scheme, rule, columns, releases, support })
    }
}

/// `rule = { … }`: which releases are supported, said as a rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The kind of rule.
    pub kind: RuleKind,
    /// How many, for the kinds that count.
    pub count: Option<u32>,
    /// The rule in the author's words.
    pub text: Option<String>,
}

words! {
    /// Kinds of support rules.
    pub enum RuleKind {
        /// Only the newest release.
        Latest = "latest",
        /// The newest few minor lines.
        LatestMinors = "latest-minors",
        /// The newest few major lines.
        LatestMajors = "latest-majors",
        /// For a time after release.
        Age = "age",
        /// Until the next release.
        UntilNext = "until-next",
        /// What a branch holds.
        Branch = "branch",
        /// Every release.
        All = "all",
        /// No release.
        None = "none",
        /// Told on another page.
        Elsewhere = "elsewhere",
    }
}

impl Decode for Rule {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let kind = f.required("kind");
        let (count, text) = (f.optional("count"), f.optional("text"));
        f.finish();
        Some(Self { kind: kind?, count, text })
    }
}

/// `columns = { … }`: printed headings, in any language.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Heading of the versions.
    pub versions: Option<Line>,
    /// Heading of the status.
    pub status: Option<Line>,
    /// Heading of the end date.
    pub until: Option<Line>,
    /// Heading of the track.
    pub track: Option<Line>,
    /// Heading of the release date.
    pub released: Option<Line>,
    /// Heading of the notes.
    pub note: Option<Line>,
}

impl Decode for Columns {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let columns = Self {
            versions: f.optional("versions"),
            status: f.optional("status"),
            until: f.optional("until"),
            track: f.optional("track"),
            released: f.optional("released"),
            note: f.optional("note"),
        };
        f.finish();
        Some(columns)
    }
}

/// `[[product.support]]`: one row.
#[derive(Debug, Clone)]
pub struct Support {
    /// The versions, as printed and as understood.
    pub versions: Spanned<Versions>,
    /// What they get.
    pub status: Spanned<Status>,
    /// LTS, a channel, a codename.
    pub track: Option<Line>,
    /// When the line was first released.
    pub released: Option<When>,
    /// Until when it is supported: a date, a month, a half year or an event.
    pub until: Option<Spanned<Until>>,
    /// Words beside it.
    pub note: Option<String>,
    /// Several status columns: heading and yes or no.
    pub fixes: Named<bool>,
    /// Columns that the model does not know: heading and cell.
    pub extra: Named<Line>,
    /// The status cell where it says more than the status.
    pub as_printed: Option<Line>,
}

impl Decode for Support {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let (versions, status) = (f.required("versions"), f.required("status"));
        let (track, released, until) = (f.optional("track"), f.optional("released"), f.optional("until"));
        let (note, fixes, extra) = (f.optional("note"), f.or_default("fixes"), f.or_default("extra"));
        let as_printed = f.optional("as_printed");
        f.finish();
        let (versions, status) = (versions?, status?);
        Some(Self { versions, status, track, released, until, note, fixes, extra, as_printed })
    }
}
