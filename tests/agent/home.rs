//! A home for gpg and its agent, gone after the test.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use secsite::io::agent::{Patience, Setting};
use secsite::openpgp::{Certificate, Passphrase};
use tempfile::TempDir;

pub(crate) struct Gpg(TempDir);

impl Gpg {
    pub(crate) fn home() -> Option<Self> {
        use std::os::unix::fs::PermissionsExt as _;
        let found = Command::new("gpg").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !found.is_ok_and(|status| status.success()) {
            println!("skipped: gpg is missing");
            return None;
        }
        // The path of a socket has room for a hundred bytes.
        let home = tempfile::Builder::new().prefix("ag").tempdir().unwrap();
        std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        Some(Self(home))
    }

    pub(crate) fn setting(&self, passphrase: Option<&str>) -> Setting {
        Setting {
            home: Some(self.0.path().to_owned()),
            socket: None,
            passphrase: passphrase.map(Passphrase::from),
            person: None,
            patience: Patience::ALONE,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name).into_os_string().into_string().unwrap()
    }

    pub(crate) fn try_run(&self, args: &[&str]) -> Output {
        Command::new("gpg")
            .env("GNUPGHOME", self.0.path())
            .env("LC_ALL", "C")
            .args(["--batch", "--no-tty", "--yes", "--pinentry-mode", "loopback"])
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs gpg, which must succeed, and gives its output.
    pub(crate) fn run(&self, args: &[&str]) -> Vec<u8> {
        let output = self.try_run(args);
        assert!(output.status.success(), "gpg {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    pub(crate) fn conf(&self, args: &[&str]) {
        Command::new("gpgconf").env("GNUPGHOME", self.0.path()).args(args).output().unwrap();
    }

    /// The agent ends and forgets every passphrase with it.
    pub(crate) fn kill_agent(&self) {
        self.conf(&["--kill", "gpg-agent"]);
        // It ends a moment after it was told to.
        std::thread::sleep(Duration::from_millis(100));
    }

    /// The agent has no time to say goodbye.
    pub(crate) fn slay_agent(&self) {
        use rustix::process::{Pid, Signal, kill_process};
        kill_process(Pid::from_raw(self.agent_pid()).unwrap(), Signal::KILL).unwrap();
    }

    pub(crate) fn agent_pid(&self) -> i32 {
        let mut asking = Command::new("gpg-connect-agent");
        asking.env("GNUPGHOME", self.0.path()).args(["--no-autostart", "getinfo pid", "/bye"]);
        let said = String::from_utf8(asking.output().unwrap().stdout).unwrap();
        said.lines().find_map(|line| line.strip_prefix("D ")).unwrap().parse().unwrap()
    }

    /// A key that certifies and signs.
    pub(crate) fn key(&self, algorithm: &str, passphrase: &str) -> Certificate {
        let user_id = format!("Example <{algorithm}@example.org>");
        self.run(&["--passphrase", passphrase, "--quick-gen-key", &user_id, algorithm, "sign,cert", "1y"]);
        self.certificate(&user_id)
    }

    pub(crate) fn certificate(&self, user_id: &str) -> Certificate {
        Certificate::parse(&self.run(&["--armor", "--export", user_id])).unwrap()
    }

    /// The keygrips that gpg lists, in its order.
    pub(crate) fn keygrips(&self, key: &str) -> Vec<String> {
        let listed = self.run(&["--with-colons", "--with-keygrip", "--list-keys", key]);
        let listed = String::from_utf8(listed).unwrap();
        let lines = listed.lines().filter(|line| line.starts_with("grp:"));
        lines.map(|line| line.trim_matches(':').rsplit(':').next().unwrap().to_owned()).collect()
    }

    pub(crate) fn verifies(&self, data: &[u8], signature: &[u8]) {
        let (data, signature) = (self.file("data", data), self.file("data.asc", signature));
        self.run(&["--verify", &signature, &data]);
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        self.conf(&["--kill", "all"]);
    }
}
