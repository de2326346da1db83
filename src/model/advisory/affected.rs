//! `[[affected]]`: which versions of what are hit, which are not, and what to do.

use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::source::{Span, Spanned};
use crate::value::line::Line;
use crate::value::url::WebUrl;

/// `[[affected]]`.
#[derive(Debug, Clone)]
pub struct Affected {
    /// The whole entry.
    pub span: Span,
    /// What it is about.
    pub what: What,
    /// Whether it is hit.
    pub status: Spanned<AffectedStatus>,
    /// Intervals of versions, as written.
    pub versions: Vec<RangeText>,
    /// Comparators of versions that are not hit, as written.
    pub unaffected: Vec<Spanned<Line>>,
    /// Commits.
    pub git: Option<Box<Git>>,
    /// Where it matters.
    pub platforms: Option<Box<Platforms>>,
    /// Functions or types that are hit.
    pub symbols: Vec<Line>,
    /// Why not, as a label of CSAF and OpenVEX.
    pub justification: Option<Spanned<Justification>>,
    /// Why not, in words.
    pub statement: Option<String>,
    /// What to do.
    pub remediation: Option<Remediation>,
}

/// A product of the policy, or a package outside of it.
#[derive(Debug, Clone)]
pub enum What {
    /// `product = "core"`.
    Product(Spanned<Line>),
    /// `package = "…"`, `ecosystem = "…"`.
    Package {
        /// Name of the package.
        name: Spanned<Line>,
        /// OSV name of its ecosystem.
        ecosystem: Line,
    },
}

words! {
    /// Whether something is hit.
    pub enum AffectedStatus {
        /// It is.
        Affected = "affected",
        /// It is not.
        NotAffected = "not-affected",
        /// Nobody knows yet.
        UnderInvestigation = "under-investigation",
    }
}

words! {
    /// Reasons for not being hit: flags of CSAF 2.0 §3.2.3.5 and justifications of OpenVEX 0.2.0.
    pub enum Justification {
        /// The component is not there.
        ComponentNotPresent = "component_not_present",
        /// The vulnerable code is not there.
        VulnerableCodeNotPresent = "vulnerable_code_not_present",
        /// The vulnerable code never runs.
        VulnerableCodeNotInExecutePath = "vulnerable_code_not_in_execute_path",
        /// An adversary cannot reach it.
        VulnerableCodeCannotBeControlledByAdversary = "vulnerable_code_cannot_be_controlled_by_adversary",
        /// Something else stops it.
        InlineMitigationsAlreadyExist = "inline_mitigations_already_exist",
    }
}

impl Decode for Affected {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let product: Option<Spanned<Line>> = f.optional("product");
        let package: Option<Spanned<Line>> = f.optional("package");
        let ecosystem: Option<Line> = f.optional("ecosystem");
        let status = f.optional("status");
        let (versions, unaffected) = (f.or_default("versions"), f.or_default("unaffected"));
        let (git, platforms, symbols) = (f.optional("git"), f.optional("platforms"), f.or_default("symbols"));
        let (justification, statement) = (f.optional("justification"), f.optional("statement"));
        let remediation = f.optional("remediation");
        let what = match (product, package) {
            (Some(product), None) => Some(What::Product(product)),
            (None, Some(name)) => {
                let ecosystem = if f.has("ecosystem") { ecosystem } else { f.required("ecosystem") };
                ecosystem.map(|ecosystem| What::Package { name, ecosystem })
            }
            (Some(_), Some(_)) => {
                let help = "keep `product` for a product of policy.toml, or `package` with `ecosystem`";
                f.report(
                    &crate::rules::input::BAD_VALUE,
                    crate::value::Invalid::new("both `product` and `package`", help),
                );
                None
            }
            (None, None) if f.has("product") || f.has("package") => None,
            (None, None) => f.required("product").map(What::Product),
        };
        f.finish();
        Some(Self {
            span,
            what: what?,
            status: status.unwrap_or(Spanned { span, value: AffectedStatus::Affected }),
            versions,
            unaffected,
            git,
            platforms,
            symbols,
            justification,
            statement,
            remediation,
        })
    }
}

/// `{ introduced, fixed | last_affected }`.
#[derive(Debug, Clone)]
pub struct RangeText {
    /// The whole interval.
    pub span: Span,
    /// First version that is hit; `"0"` for all before.
    pub introduced: Spanned<Line>,
    /// First version that is not hit any more.
    pub fixed: Option<Spanned<Line>>,
    /// Last version that is hit.
    pub last_affected: Option<Spanned<Line>>,
}

impl Decode for RangeText {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let introduced = f.required("introduced");
        let (fixed, last_affected) = (f.optional("fixed"), f.optional("last_affected"));
        f.finish();
        Some(Self { span, introduced: introduced?, fixed, last_affected })
    }
}

/// `git = { … }`.
#[derive(Debug, Clone)]
pub struct Git {
    /// Where it stands.
    pub span: Span,
    /// The repository; the project's own where absent.
    pub repository: Option<WebUrl>,
    /// The commit that brought it.
    pub introduced: Option<Line>,
    /// The commits that mend it.
    pub fixed: Vec<Line>,
}

impl Decode for Git {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let git = Self {
            span: f.span(),
            repository: f.optional("repository"),
            introduced: f.optional("introduced"),
            fixed: f.or_default("fixed"),
        };
        f.finish();
        Some(git)
    }
}

/// `platforms = { … }`.
#[derive(Debug, Clone)]
pub struct Platforms {
    /// Operating systems.
    pub os: Vec<Line>,
    /// Processor architectures.
    pub arch: Vec<Line>,
}

impl Decode for Platforms {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let platforms = Self { os: f.or_default("os"), arch: f.or_default("arch") };
        f.finish();
        Some(platforms)
    }
}

/// `remediation = { … }`.
#[derive(Debug, Clone)]
pub struct Remediation {
    /// What kind.
    pub kind: RemediationKind,
    /// What to do, as Markdown.
    pub text: Option<Spanned<String>>,
}

words! {
    /// Kinds of remediation.
    pub enum RemediationKind {
        /// A release mends it.
        Fix = "fix",
        /// It can be avoided.
        Workaround = "workaround",
        /// It can be weakened.
        Mitigation = "mitigation",
        /// Nothing mends it.
        NoFix = "no-fix",
    }
}

impl Decode for Remediation {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let kind = f.required("kind");
        let text = f.optional("text");
        f.finish();
        Some(Self { kind: kind?, text })
    }
}
