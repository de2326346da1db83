//! `secsite serve`: the portal while it is written.

mod watching;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use super::exit::{Exit, Failure};
use super::globals::Globals;
use super::load;
use crate::io;
use crate::io::http::{self, Bell};
use crate::io::watch::Watch;
use crate::serve::answer;
use crate::serve::desk::{Desk, Settings, State};
use crate::serve::gate::{Gate, Request};

use watching::Watching;

/// `secsite serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address to listen at; others than this machine's own are open to the network.
    #[arg(short, long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDR")]
    interface: IpAddr,
    /// Port to listen at; the next free one, if it is taken.
    #[arg(short, long, default_value_t = 9116)]
    port: u16,
    /// Open the browser.
    #[arg(short = 'O', long)]
    open: bool,
    /// Show only what would be published.
    #[arg(long)]
    no_drafts: bool,
    /// Lead the browser to the page of the file that was saved.
    #[arg(long)]
    follow: bool,
    /// Look at the files every second, where the system does not tell what was saved: on network folders.
    #[arg(long)]
    poll: bool,
    /// Show drafts and embargoed advisories to the network too.
    #[arg(long)]
    expose_drafts: bool,
}

/// Runs it.
pub fn run(args: &Args, globals: &Globals) -> Result<Exit, Failure> {
    let started = Instant::now();
    // Watched first, then read: what is saved in between is read twice and not missed.
    let watch = Watch::start(&globals.root, args.poll);
    let files = load::read(globals)?;
    let watch = watch?;
    let open = !args.interface.is_loopback() && !args.expose_drafts;
    let clock = io::clock::now();
    let settings = Settings {
        drafts: !args.no_drafts && !open,
        open,
        levels: globals.levels(),
        run: format!("{:x}", clock.as_millisecond()),
    };
    let desk = Desk::new(settings, files, clock);
    let (listener, port) = http::bind(args.interface, args.port)?;
    let state = Arc::new(RwLock::new(Arc::new(desk.state())));
    let bell = Bell::default();
    announce(args, globals, &desk.state(), port, started);

    let gate = Gate::new(args.interface, port);
    let current = Arc::clone(&state);
    let answerer = move |request: &Request<'_>, local: IpAddr| {
        let state = Arc::clone(&current.read().unwrap_or_else(PoisonError::into_inner));
        answer::answer(&gate, &state, request, local)
    };
    let watching =
        Watching { follow: args.follow, globals: globals.clone(), watch, desk, state, bell: bell.clone() };
    std::thread::spawn(|| watching.run());
    // It ends only where the socket cannot be listened at.
    let answerer: Arc<http::Answerer> = Arc::new(answerer);
    http::serve(listener, &bell, &answerer)?;
    Ok(Exit::Clean)
}

/// Says where the portal is to be seen, and to whom.
fn announce(args: &Args, globals: &Globals, state: &State, port: u16, started: Instant) {
    if args.port != 0 && port != args.port {
        globals.say(&format!("port {} is taken", args.port));
    }
    let host = match args.interface {
        address if address.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    let url = format!("http://{host}:{port}{}", state.base());
    globals.say(&format!("serving {url} after {} ms; Ctrl-C ends it", started.elapsed().as_millis()));
    if !args.interface.is_loopback() {
        let drafts = match (args.no_drafts, args.expose_drafts) {
            (true, _) => "drafts are not shown",
            (false, true) => "everybody on the network can read drafts and embargoed advisories",
            (false, false) => "drafts are not shown; --expose-drafts shows them to the network",
        };
        globals.warn(&format!("{} is open to the network: {drafts}", args.interface));
    }
    if args.open {
        // Digits and dots of our own: nothing of the environment or of the site is in it.
        let url = format!("http://127.0.0.1:{port}/");
        let (program, first): (&str, &[&str]) = match std::env::consts::OS {
            "macos" => ("open", &[]),
            "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
            _ => ("xdg-open", &[]),
        };
        let words = first.iter().copied().chain([url.as_str()]);
        if io::process::Program::new(program).args(words).leave().is_err() {
            globals.warn(&format!("`{program}` cannot be started: open {url} yourself"));
        }
    }
}
