//! The agent's socket: lines out, lines in, each within its bounds.
//!
//! In go commands, out come parsed lines. A line that does not end, bytes that trickle in and an agent that sleeps all
//! end at the deadline of the whole exchange, however much was read by then.

use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::line::{LONGEST, Line};
use super::problem::AgentProblem;

/// When an exchange must have ended.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    end: Instant,
    whole: Duration,
}

impl Deadline {
    pub(super) fn within(whole: Duration) -> Self {
        Self { end: Instant::now() + whole, whole }
    }

    /// What is left of it, never zero.
    pub(super) fn left(self) -> Result<Duration, AgentProblem> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(AgentProblem::Slow(self.whole)) } else { Ok(left) }
    }

    fn passed(self) -> AgentProblem {
        AgentProblem::Slow(self.whole)
    }
}

/// A connection.
#[derive(Debug)]
pub(super) struct Wire {
    stream: UnixStream,
    inbox: Vec<u8>,
}

/// Why there is no connection.
pub(super) enum Unconnected {
    /// Nobody listens there.
    Absent(std::io::Error),
    /// Anything else.
    Other(AgentProblem),
}

impl Wire {
    /// Connects. A socket whose owner never accepts can hold a caller forever, so another thread does it.
    pub(super) fn connect(socket: &Path, deadline: Deadline) -> Result<Self, Unconnected> {
        let left = deadline.left().map_err(Unconnected::Other)?;
        let (sender, receiver) = mpsc::channel();
        let path = socket.to_owned();
        thread::spawn(move || sender.send(UnixStream::connect(path)));
        match receiver.recv_timeout(left) {
            Ok(Ok(stream)) => Ok(Self { stream, inbox: Vec::new() }),
            Ok(Err(cause)) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
                Err(Unconnected::Absent(cause))
            }
            Ok(Err(cause)) => Err(Unconnected::Other(super::unreachable(socket, &cause))),
            Err(_) => Err(Unconnected::Other(deadline.passed())),
        }
    }

    /// Sends bytes, which end in a line end.
    pub(super) fn send(&mut self, mut bytes: &[u8], deadline: Deadline) -> Result<(), AgentProblem> {
        while !bytes.is_empty() {
            self.stream.set_write_timeout(Some(deadline.left()?)).map_err(|_| AgentProblem::Gone)?;
            match self.stream.write(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(cause) => self.tolerate(&cause, deadline)?,
            }
        }
        Ok(())
    }

    /// The next line.
    pub(super) fn receive(&mut self, deadline: Deadline) -> Result<Line, AgentProblem> {
        loop {
            if let Some(end) = self.inbox.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.inbox.drain(..=end).collect();
                let line = line.strip_suffix(b"\n").unwrap_or(&line);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                if line.len() > LONGEST {
                    return Err(AgentProblem::Garbled("it sends a line without end"));
                }
                return Line::parse(line)
                    .ok_or(AgentProblem::Garbled("it sends a line that is not of its protocol"));
            }
            if self.inbox.len() > LONGEST + 1 {
                return Err(AgentProblem::Garbled("it sends a line without end"));
            }
            self.stream.set_read_timeout(Some(deadline.left()?)).map_err(|_| AgentProblem::Gone)?;
            let mut chunk = [0; 1024];
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err(AgentProblem::Gone),
                Ok(count) => self.inbox.extend_from_slice(&chunk[..count]),
                Err(cause) => self.tolerate(&cause, deadline)?,
            }
        }
    }

    fn tolerate(&self, cause: &std::io::Error, deadline: Deadline) -> Result<(), AgentProblem> {
        match cause.kind() {
            ErrorKind::Interrupted => Ok(()),
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Err(deadline.passed()),
            _ => Err(AgentProblem::Gone),
        }
    }
}
