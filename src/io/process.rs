//! Other programs: in goes a command line, out comes how it ended and what it said.
//!
//! Every child of secsite is started here. None inherits our secrets: the variables that may hold a key or a passphrase
//! are taken out of its environment. None can hold us up: one that is not for the user's eyes gets no input but ours, a
//! time to end in and a bound on what it may say, and is killed past either.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Error;

/// The variables that may hold a secret; no child gets to see them.
pub const SECRETS: [&str; 2] = ["SECSITE_SIGNING_KEY", "SECSITE_PASSPHRASE"];

/// The most that is read of each of a child's two streams, in bytes, where nobody asks for more.
const LOUDEST: usize = 64 * 1024;

/// How long a stream may stay open after its child has ended. A daemon that the child started may never close it.
const GRACE: Duration = Duration::from_millis(300);

/// A program to be started, without our secrets.
#[derive(Debug)]
pub struct Program {
    name: OsString,
    command: Command,
    input: Vec<u8>,
    loudest: usize,
    asks: bool,
}

/// How a program ended.
#[derive(Debug)]
pub struct Finished {
    /// Its exit code or signal.
    pub status: ExitStatus,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained about.
    pub stderr: Vec<u8>,
}

/// Why a program did not end by itself.
#[derive(Debug)]
pub enum Unfinished {
    /// There is no such program.
    Missing,
    /// The system did not start it.
    Start(std::io::Error),
    /// It ran for longer than this and was killed.
    Late(Duration),
    /// It said more than so many bytes and was killed.
    Loud(usize),
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "there is no such program"),
            Self::Start(cause) => write!(f, "{}", super::plain(cause)),
            Self::Late(within) => write!(f, "it did not end within {} s", within.as_secs()),
            Self::Loud(most) => write!(f, "it printed more than {most} bytes"),
        }
    }
}

impl std::error::Error for Unfinished {}

impl Program {
    /// A program by its name in `PATH`, or by its path.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        let name = name.as_ref().to_owned();
        let command = Command::new(&name);
        Self { name, command, input: Vec::new(), loudest: LOUDEST, asks: false }.without(SECRETS)
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        debug_assert!(!SECRETS.contains(&name), "a secret is not handed on");
        self.command.env(name, value);
        self
    }

    /// Takes variables out of its environment.
    #[must_use]
    pub fn without<S: AsRef<OsStr>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        for name in names {
            self.command.env_remove(name);
        }
        self
    }

    /// What it reads on its standard input.
    #[must_use]
    pub fn input(mut self, bytes: Vec<u8>) -> Self {
        self.input = bytes;
        self
    }

    /// Lets it say up to so many bytes on each stream.
    #[must_use]
    pub fn at_most(mut self, bytes: usize) -> Self {
        self.loudest = bytes;
        self
    }

    /// Lets it ask the user on the terminal, as a program does that logs in somewhere: it stays in the group of processes
    /// that the terminal listens to. Only the program itself is killed when it is late.
    #[must_use]
    pub fn asking(mut self) -> Self {
        self.asks = true;
        self
    }

    /// Starts it, to be asked and to answer as long as the value lives. What it complains about is not heard.
    ///
    /// # Errors
    /// The system's own.
    pub fn converse(mut self) -> Result<Partner, Error> {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let failed = |cause| Error::system("start", self.name.clone(), cause);
        let mut child = self.command.spawn().map_err(failed)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(stdin), Some(stdout)) => Ok(Partner { child, stdin, stdout: BufReader::new(stdout) }),
            _ => {
                kill(&mut child);
                Err(failed(std::io::ErrorKind::BrokenPipe.into()))
            }
        }
    }

    /// Runs it on the terminal of this process, for as long as the user likes.
    pub fn attended(mut self) -> Result<ExitStatus, Error> {
        self.command.status().map_err(|cause| Error::system("start", self.name, cause))
    }

    /// Starts it unseen and leaves it to itself; its end is waited for by a thread of its own.
    pub fn leave(mut self) -> Result<(), Error> {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = self.command.spawn().map_err(|cause| Error::system("start", self.name, cause))?;
        thread::spawn(move || child.wait());
        Ok(())
    }

    /// Runs it unseen to its end.
    pub fn finish(mut self, within: Duration) -> Result<Finished, Unfinished> {
        let input = if self.input.is_empty() { Stdio::null() } else { Stdio::piped() };
        self.command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        if !self.asks {
            std::os::unix::process::CommandExt::process_group(&mut self.command, 0);
        }
        let most = self.loudest;
        let end = Instant::now() + within;
        let mut child = self.command.spawn().map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => Unfinished::Missing,
            _ => Unfinished::Start(cause),
        })?;
        let stdout = child.stdout.take().map(|stream| Ear::listen(stream, most));
        let stderr = child.stderr.take().map(|stream| Ear::listen(stream, most));
        if let Some(mut stdin) = child.stdin.take() {
            let input = self.input;
            // Who does not read to the end ends with a status that says why.
            thread::spawn(move || stdin.write_all(&input));
        }
        let ears = || stdout.iter().chain(&stderr);
        let mut pause = Duration::from_millis(1);
        let ended = loop {
            if ears().any(Ear::is_full) {
                break Err(Unfinished::Loud(most));
            }
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if Instant::now() >= end => break Err(Unfinished::Late(within)),
                Ok(None) => thread::sleep(pause),
                Err(cause) => break Err(Unfinished::Start(cause)),
            }
            pause = (pause * 2).min(Duration::from_millis(20));
        };
        let status = match ended {
            Ok(status) => status,
            Err(problem) => {
                kill(&mut child);
                return Err(problem);
            }
        };
        let patience = Instant::now() + GRACE;
        while ears().any(|ear| !ear.thread.is_finished()) && Instant::now() < patience {
            thread::sleep(Duration::from_millis(1));
        }
        if ears().any(Ear::is_full) {
            return Err(Unfinished::Loud(most));
        }
        let heard = |ear: Option<Ear>| ear.map(Ear::heard).unwrap_or_default();
        Ok(Finished { status, stdout: heard(stdout), stderr: heard(stderr) })
    }
}

/// A program that answers what it is asked. Ends with the value.
#[derive(Debug)]
pub struct Partner {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Partner {
    /// Asks.
    pub fn ask(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stdin.write_all(bytes).and_then(|()| self.stdin.flush())
    }

    /// Where it answers.
    pub fn answer(&mut self) -> &mut BufReader<ChildStdout> {
        &mut self.stdout
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends the child and whatever it started and left in its group.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// A thread that reads one stream up to the bound.
struct Ear {
    heard: Arc<Mutex<Vec<u8>>>,
    most: usize,
    thread: JoinHandle<()>,
}

impl Ear {
    fn listen(mut stream: impl Read + Send + 'static, most: usize) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&heard);
        let thread = thread::spawn(move || {
            let mut chunk = [0; 16 * 1024];
            while let Ok(count @ 1..) = stream.read(&mut chunk) {
                let mut heard = shared.lock().unwrap_or_else(PoisonError::into_inner);
                heard.extend_from_slice(&chunk[..count]);
                if heard.len() > most {
                    return;
                }
            }
        });
        Self { heard, most, thread }
    }

    fn is_full(&self) -> bool {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).len() > self.most
    }

    fn heard(self) -> Vec<u8> {
        std::mem::take(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests;
