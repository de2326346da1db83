//! `secsite key new`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "I/O boundary")]

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::{expiry, place};
use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, print_data};
use crate::cli::init::is_there;
use crate::cli::{load, secret, shown};
use crate::io;
use crate::model::policy::Policy;
use crate::model::policy::contact::Kind;
use crate::openpgp::{Generated, NewKey, Passphrase};
use crate::value::Invalid;
use crate::value::email::Email;
use crate::value::line::Line;
use crate::value::slug::Slug;

/// `secsite key new`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Mail address that the key is for; else the policy's first one.
    #[arg(value_name = "ADDRESS")]
    address: Option<String>,
    /// Whose key it is, as it stands before the address.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// When it ends: `2y`, `18m`, `90d` or `never`.
    #[arg(long, default_value = "2y", value_name = "TIME")]
    expires: String,
    /// File for the secret key, outside of the site.
    #[arg(long, value_name = "FILE")]
    secret: Option<PathBuf>,
    /// Leave the secret key unprotected.
    #[arg(long)]
    no_passphrase: bool,
}

pub(super) fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let usage = |problem: Invalid| Failure::usage(problem.message, problem.help);
    let policy = policy(globals)?;
    let (address, name) = holder(args, policy.as_ref())?;
    let created = io::clock::now();
    let expires = expiry::expiry(&args.expires, created).map_err(usage)?;
    let id = Slug::parse(&address.local().to_lowercase())
        .map_or_else(|_| "key".into(), |id| id.as_str().to_owned());
    let public = format!("keys/{id}.asc");
    if is_there(&globals.root.join(&public)) {
        let help = "`secsite key show` prints what it holds; move it away if it is to be replaced";
        let message = format!("there is a `{}` already", shown::path(&globals.root, &public));
        return Err(Failure::content(message, help));
    }
    // Everything that can be refused is refused before a secret exists.
    let folder = match &args.secret {
        Some(file) if is_there(file) => {
            let message = format!("there is a `{}` already", io::escape::path(file));
            return Err(Failure::content(message, "name another file; secret keys are never overwritten"));
        }
        Some(file) if file.file_name().is_none() => {
            return Err(Failure::usage("--secret names no file", "write the path of a file"));
        }
        Some(file) => {
            file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
        }
        None => place::folder()?,
    };
    place::check_outside(&folder, &globals.root)?;
    let passphrase = passphrase(args)?;
    let user_id = match &name {
        Some(name) => format!("{name} <{address}>"),
        None => address.to_string(),
    };
    let new = NewKey { user_ids: vec![user_id.clone()], created, expires, passphrase };
    let key = new
        .generate()
        .map_err(|problem| Failure::usage(problem.to_string(), "write another name or lifetime"))?;
    place::make(&folder)?;
    let files = write(args, globals, &key, &folder, &public)?;
    let ends = expires.map(|end| end.strftime("%Y-%m-%d").to_string());
    tell(globals, &key, &files, ends.as_deref());
    print_data(lines(&id, &user_id, &public, &key, policy.as_ref()).as_bytes())?;
    Ok(Exit::Clean)
}

/// The policy, where there is one that can be read; a key can be made before it.
fn policy(globals: &Globals) -> Result<Option<Policy>, Failure> {
    if !is_there(&globals.root.join("policy.toml")) {
        return Ok(None);
    }
    Ok(load::load(globals, &[], None)?.parsed.policy)
}

fn holder(args: &Args, policy: Option<&Policy>) -> Result<(Email, Option<String>), Failure> {
    let usage = |problem: Invalid| Failure::usage(problem.message, problem.help);
    let name = args.name.as_deref().map(Line::parse).transpose().map_err(usage)?;
    let name = name.map(|name| name.as_str().to_owned());
    if let Some(address) = &args.address {
        let fallback = policy.map(|policy| policy.project.name.as_str().to_owned());
        return Ok((Email::parse(address).map_err(usage)?, name.or(fallback)));
    }
    let contacts =
        policy.iter().flat_map(|policy| &policy.contacts).filter(|contact| contact.kind == Kind::Email);
    let mut addresses = contacts.filter(|contact| contact.confirmed).filter_map(|contact| {
        let email = Email::parse(contact.address.as_ref()?.as_str()).ok()?;
        Some((email, contact.name.as_ref().map(|name| name.as_str().to_owned())))
    });
    let found = addresses.next();
    let fallback = policy.map(|policy| policy.project.name.as_str().to_owned());
    let (email, of_contact) = found.ok_or_else(|| {
        let help = "write it, such as `secsite key new security@example.org`";
        Failure::usage("the key needs a mail address, and the policy has none", help)
    })?;
    Ok((email, name.or(of_contact).or(fallback)))
}

/// From the variable, else asked for twice; none only if that was asked for.
fn passphrase(args: &Args) -> Result<Option<Passphrase>, Failure> {
    if args.no_passphrase {
        return Ok(None);
    }
    if let Some(words) = std::env::var(secret::PASSPHRASE_VARIABLE).ok().filter(|words| !words.is_empty()) {
        return Ok(Some(Passphrase::from(words)));
    }
    let help = format!("set {}, or choose --no-passphrase", secret::PASSPHRASE_VARIABLE);
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Failure::usage("there is no terminal to ask for a passphrase on", help));
    }
    let ask = |prompt| {
        rpassword::prompt_password(prompt)
            .map_err(|error| io::Error::system("ask for the passphrase", "-", error))
    };
    let (first, second) = (ask("Passphrase for the new key: ")?, ask("The same again: ")?);
    if first.is_empty() {
        return Err(Failure::usage("the passphrase is empty", "choose one, or --no-passphrase"));
    }
    if first != second {
        return Err(Failure::usage("the passphrases differ", "try again; nothing was written"));
    }
    Ok(Some(Passphrase::from(first)))
}

/// Where the three files are.
struct Files {
    secret: PathBuf,
    revocation: PathBuf,
    public: String,
}

/// Writes the secret first: a certificate without its secret would be worse than none.
fn write(
    args: &Args,
    globals: &Globals,
    key: &Generated,
    folder: &Path,
    public: &str,
) -> Result<Files, Failure> {
    let fingerprint = key.certificate.fingerprint();
    let given = args
        .secret
        .as_ref()
        .and_then(|file| file.file_name())
        .map(|name| name.to_string_lossy().into_owned());
    let secret = given.unwrap_or_else(|| format!("{fingerprint}.secret.asc"));
    let revocation = format!("{fingerprint}.rev.asc");
    io::write::create_new(folder, &secret, &key.secret_armored, 0o600)?;
    io::write::create_new(folder, &revocation, &key.revocation_armored, 0o600)?;
    io::write::create_new(&globals.root, public, &key.certificate.armored(), 0o644)?;
    let files = (folder.join(secret), folder.join(revocation), shown::path(&globals.root, public));
    Ok(Files { secret: files.0, revocation: files.1, public: files.2 })
}

fn tell(globals: &Globals, key: &Generated, files: &Files, ends: Option<&str>) {
    let policy = shown::path(&globals.root, "policy.toml");
    // Whoever sends the lines somewhere has chosen where they go.
    let lines = if std::io::stdout().is_terminal() {
        format!("put these lines into {policy}:")
    } else {
        format!("the lines for {policy} are on standard output")
    };
    globals.say(&format!(
        "fingerprint  {}\nends         {}\ncertificate  {}\nsecret key   {}\nrevocation   {} (move it off this machine: whoever has it can end the key)\n{lines}",
        key.certificate.fingerprint().grouped(),
        ends.unwrap_or("never"),
        files.public,
        io::escape::path(&files.secret),
        io::escape::path(&files.revocation),
    ));
}

/// What the policy is to say of the key, fit to be appended to it.
fn lines(id: &str, user_id: &str, public: &str, key: &Generated, policy: Option<&Policy>) -> String {
    let quoted = crate::scaffold::quoted;
    let mut out = format!(
        "\n[[key]]\nid          = {}\nholder      = {}\nfile        = {}\nfingerprint = \"{}\"\npurpose     = [\"encrypt\", \"sign-advisories\"]\n",
        quoted(id),
        quoted(user_id),
        quoted(public),
        key.certificate.fingerprint().grouped(),
    );
    if policy.is_none_or(|policy| policy.signing.is_none()) {
        out.push_str(&format!("\n[signing]\nkey = {}\n", quoted(id)));
    }
    out
}
