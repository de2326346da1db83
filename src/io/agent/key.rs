//! A key that the agent holds: digests in, signatures out.
//!
//! One connection, behind a mutex, however many threads sign. A card signs one digest at a time, and two prompts at once
//! would be one too many; a second connection would gain nothing but those. The first failure is the last: whoever said
//! no is not asked again for each of a thousand files.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::problem::AgentProblem;
use super::session::Session;
use super::wire::Deadline;
use crate::openpgp::{Held, HeldProblem, Keygrip, RawSignature};

/// The agent, and which of its keys.
#[derive(Debug)]
pub(super) struct AgentKey {
    pub(super) state: Mutex<State>,
    pub(super) keygrip: Keygrip,
    /// What a person reads when the agent asks them.
    pub(super) prompt: String,
    /// The card that the key is on.
    pub(super) card: Option<String>,
    pub(super) patience: Duration,
}

/// Whether there is still somebody to talk to.
#[derive(Debug)]
pub(super) enum State {
    Open(Session),
    Failed(AgentProblem),
}

impl AgentKey {
    fn sign(&self, digest: &[u8]) -> Result<RawSignature, AgentProblem> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match &mut *state {
            State::Open(session) => session,
            State::Failed(problem) => return Err(problem.clone()),
        };
        let deadline = Deadline::within(self.patience);
        session.sign(self.keygrip, &self.prompt, digest, deadline).map_err(|problem| {
            let card = || self.card.clone();
            let problem = match problem {
                AgentProblem::CardMissing { .. } => AgentProblem::CardMissing { serial: card() },
                AgentProblem::NobodyToAsk { .. } => AgentProblem::NobodyToAsk { card: card() },
                other => other,
            };
            *state = State::Failed(problem.clone());
            problem
        })
    }
}

impl Held for AgentKey {
    fn sign_sha512(&self, digest: &[u8]) -> Result<RawSignature, HeldProblem> {
        self.sign(digest).map_err(HeldProblem::from)
    }
}
