//! `[[contact]]`: the ways to reach somebody, in order of preference.

use crate::source::fields::{Decode, Decoder, Fields, words};
use crate::source::{Span, Spanned};
use crate::value::duration::Duration;
use crate::value::line::Line;

/// `[[contact]]`.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The whole entry.
    pub span: Span,
    /// The kind of channel.
    pub kind: Kind,
    /// An address, a URL, or words; may be absent for a forge's private reporting.
    pub address: Option<Spanned<Line>>,
    /// Who answers.
    pub name: Option<Line>,
    /// What it is for.
    pub purposes: Vec<Purpose>,
    /// Which `[[key]]` encrypts to it.
    pub key: Option<Spanned<Line>>,
    /// False where somebody wrote a placeholder: shown as such, never in security.txt.
    pub confirmed: bool,
    /// Words beside it.
    pub note: Option<Line>,
    /// For an escalation: how long to wait first.
    pub after: Option<Duration>,
}

words! {
    /// Kinds of channel.
    pub enum Kind {
        /// Mail.
        Email = "email",
        /// GitHub's private vulnerability reporting.
        Github = "github",
        /// GitLab's confidential issues.
        Gitlab = "gitlab",
        /// A web form.
        Form = "form",
        /// A bounty or coordination platform.
        Platform = "platform",
        /// A chat.
        Chat = "chat",
        /// A telephone.
        Phone = "phone",
        /// A person, said in words.
        Person = "person",
        /// A mailing list.
        List = "list",
        /// A public issue tracker.
        IssueTracker = "issue-tracker",
        /// A policy kept elsewhere.
        Policy = "policy",
    }
}

words! {
    /// What a contact is for.
    pub enum Purpose {
        /// Reports of vulnerabilities.
        Report = "report",
        /// Questions.
        Question = "question",
        /// When nobody answers.
        Escalation = "escalation",
        /// Rewards.
        Bounty = "bounty",
        /// Announcements.
        Announcement = "announcement",
        /// Anything else.
        Other = "other",
    }
}

impl Decode for Contact {
    fn decode(value: &toml::Spanned<toml::de::DeValue<'_>>, cx: &mut Decoder<'_>) -> Option<Self> {
        let mut f = Fields::of(value, cx)?;
        let span = f.span();
        let kind: Option<Kind> = f.required("kind");
        // A forge's private reporting follows from the repository; every other kind must say where.
        let forge = matches!(kind, Some(Kind::Github | Kind::Gitlab) | None);
        let address = if forge { f.optional("address") } else { f.required("address") };
        let (name, key, note, after) =
            (f.optional("name"), f.optional("key"), f.optional("note"), f.optional("after"));
        let purposes: Vec<Purpose> = f.optional("for").unwrap_or_else(|| vec![Purpose::Report]);
        let confirmed = f.optional("confirmed").unwrap_or(true);
        f.finish();
        if !forge && address.is_none() {
            return None;
        }
        Some(Self { span, kind: kind?, address, name, purposes, key, confirmed, note, after })
    }
}
