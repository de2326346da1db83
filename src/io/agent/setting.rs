//! What the agent has to know of where secsite runs, and how long it may take.
//!
//! In goes the environment of this process, once; out comes a value that tests can make by hand.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use crate::openpgp::Passphrase;

/// Variables that a desktop's pinentry needs, handed on with the agent's option `putenv`.
const DESKTOP: [&str; 3] = ["WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS"];

/// Where and how the agent is spoken to.
pub struct Setting {
    /// GnuPG's folder, if not the one that gpg itself would take.
    pub home: Option<PathBuf>,
    /// The agent's socket, if `gpgconf` need not be asked. No agent is started then.
    pub socket: Option<PathBuf>,
    /// The passphrase of the key, for machines without people.
    pub passphrase: Option<Passphrase>,
    /// Where the agent can ask somebody; `None` if nobody is there.
    pub person: Option<Person>,
    /// How long it may take.
    pub patience: Patience,
}

/// Somebody who can type a passphrase or touch a card: the agent's options that lead its prompt to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// `ttyname=/dev/pts/1`, `display=:0`.
    pub options: Vec<String>,
}

/// How long the agent may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// To be found, started, greeted and asked for a key.
    pub beginning: Duration,
    /// For one signature.
    pub signature: Duration,
}

impl Patience {
    /// On a machine without people. The two together end in less than 30 s.
    pub const ALONE: Self = Self { beginning: Duration::from_secs(10), signature: Duration::from_secs(15) };
    /// Where somebody has to find a card first, or the passphrase.
    pub const ATTENDED: Self =
        Self { beginning: Duration::from_secs(10), signature: Duration::from_secs(120) };
}

impl Setting {
    /// The setting that this process runs in.
    pub fn of_process() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let person = person(terminal(), &variable);
        Self {
            home: None,
            socket: None,
            passphrase: variable("SECSITE_PASSPHRASE").map(Passphrase::from),
            patience: if person.is_some() { Patience::ATTENDED } else { Patience::ALONE },
            person,
        }
    }
}

/// The terminal that somebody sits at: one that is typed on and whose messages are read. Outer `None`: there is none.
/// Inner `None`: it has no name.
fn terminal() -> Option<Option<String>> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    #[cfg(unix)]
    return Some(rustix::termios::ttyname(&stdin, Vec::new()).ok().and_then(|name| name.into_string().ok()));
    #[cfg(not(unix))]
    return Some(None);
}

fn person(terminal: Option<Option<String>>, variable: &dyn Fn(&str) -> Option<String>) -> Option<Person> {
    let display = variable("DISPLAY");
    if terminal.is_none() && display.is_none() && variable("WAYLAND_DISPLAY").is_none() {
        return None;
    }
    let mut options = Vec::new();
    let mut option = |name: &str, value: Option<String>| {
        // What would end the line would be the next command.
        if let Some(value) = value.filter(|value| value.len() < 500 && !value.contains(char::is_control)) {
            options.push(format!("{name}={value}"));
        }
    };
    if let Some(name) = terminal {
        // gpg too lets GPG_TTY go first.
        option("ttyname", variable("GPG_TTY").or(name));
        option("ttytype", variable("TERM"));
    }
    option("display", display);
    option("xauthority", variable("XAUTHORITY"));
    let locale = |category| variable("LC_ALL").or_else(|| variable(category)).or_else(|| variable("LANG"));
    option("lc-ctype", locale("LC_CTYPE"));
    option("lc-messages", locale("LC_MESSAGES"));
    for name in DESKTOP {
        option("putenv", variable(name).map(|value| format!("{name}={value}")));
    }
    Some(Person { options })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| pairs.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn nobody_is_there_without_terminal_and_display() {
        assert_eq!(person(None, &environment(&[("TERM", "xterm"), ("LANG", "C")])), None);
        let far = person(None, &environment(&[("DISPLAY", ":0")])).unwrap();
        assert_eq!(far.options, ["display=:0"]);
    }

    #[test]
    fn no_variable_adds_a_command() {
        let sly = environment(&[("TERM", "xterm\nKILLAGENT"), ("LANG", "C"), ("GPG_TTY", "/dev/pts/7")]);
        let person = person(Some(Some("/dev/pts/1".into())), &sly).unwrap();
        assert_eq!(person.options, ["ttyname=/dev/pts/7", "lc-ctype=C", "lc-messages=C"]);
    }

    #[test]
    fn alone_all_of_it_ends_in_half_a_minute() {
        assert!(Patience::ALONE.beginning + Patience::ALONE.signature < Duration::from_secs(30));
    }
}
