//! From a request and a state to an answer.

use std::net::IpAddr;

use super::address::{self, Place};
use super::desk::State;
use super::dress::dress;
use super::event::Event;
use super::gate::{Gate, Refusal, Request};
use super::{media, panel};
use crate::routes::{self, OutPath};

/// What is sent back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers of this answer; [`COMMON`] are sent with every one.
    pub headers: Vec<(&'static str, String)>,
    /// What follows.
    pub body: Body,
}

/// What follows the headers.
#[derive(Debug)]
pub enum Body {
    /// Bytes. For HEAD, only their number is sent.
    Bytes(Vec<u8>),
    /// Events from now on, this one first.
    Events(Event),
}

/// Headers of every answer. Nothing is kept, guessed, framed, indexed, or read by another site.
pub const COMMON: [(&str, &str); 7] = [
    ("cache-control", "no-store"),
    ("content-security-policy", "frame-ancestors 'none'"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-robots-tag", "noindex"),
];

const HTML: &str = "text/html; charset=utf-8";

impl Answer {
    fn new(status: u16, media_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self { status, headers, body: Body::Bytes(bytes.into()) }
    }

    /// The answer to what is not admitted.
    pub fn refusal(why: Refusal) -> Self {
        let mut answer = Self::new(why.status(), HTML, panel::refused(why.text()));
        if why == Refusal::Method {
            answer.headers.push(("allow", "GET, HEAD".to_owned()));
        }
        answer
    }

    fn moved(to: String) -> Self {
        let mut answer =
            Self::new(302, HTML, panel::refused("It is a folder; its address ends with a slash."));
        answer.headers.push(("location", to));
        answer
    }
}

/// Answers a request that came in at the address `local`.
pub fn answer(gate: &Gate, state: &State, request: &Request<'_>, local: IpAddr) -> Answer {
    let host = match gate.admit(request, local) {
        Ok(host) => host,
        Err(why) => return Answer::refusal(why),
    };
    let base = state.base();
    match address::find(request.target, base, &|path| state.has(path)) {
        Place::Own(name) => own(state, &name, request.target, host),
        Place::Moved(to) => Answer::moved(to),
        Place::File(path) => file(state, &path, 200, host),
        Place::Nowhere if state.portal.is_some() => file(state, &routes::not_found().file(), 404, host),
        Place::Nowhere => missing(state, host, ""),
    }
}

/// What `serve` has beside the portal.
fn own(state: &State, name: &str, target: &str, host: &str) -> Answer {
    match name {
        "" => Answer::new(200, HTML, dress(panel::panel(&state.report, state.base()), &state.at, host)),
        "live.js" => Answer::new(200, media::of(name), include_str!("live.js")),
        "live.css" => Answer::new(200, media::of(name), include_str!("live.css")),
        "overlay" => Answer::new(200, HTML, state.report.overlay(wrong_with(state, target).as_deref())),
        "events" => {
            let headers = vec![("content-type", "text/event-stream".to_owned())];
            Answer { status: 200, headers, body: Body::Events(Event::Hello(state.at.clone())) }
        }
        _ => Answer::new(404, HTML, panel::refused("There is nothing at this address.")),
    }
}

/// What is wrong with the page whose path the query names, as HTML: templates only fail when they are used.
fn wrong_with(state: &State, target: &str) -> Option<String> {
    let page = target.split_once("?page=")?.1.replace("%2F", "/");
    match address::find(&page, state.base(), &|path| state.has(path)) {
        Place::File(path) => state.bake(&path)?.err(),
        _ => None,
    }
}

fn file(state: &State, path: &OutPath, status: u16, host: &str) -> Answer {
    let media_type = media::of(path.as_str());
    let page = media_type == HTML;
    let bytes = match state.bake(path) {
        Some(Ok(bytes)) => bytes,
        Some(Err(problem)) => match state.last_good(path) {
            Some(bytes) => bytes,
            None => return missing(state, host, &problem),
        },
        None => return missing(state, host, ""),
    };
    if !page {
        return Answer::new(status, media_type, bytes);
    }
    Answer::new(status, media_type, dress(bytes, &state.at, host))
}

/// There is no page, and never was one.
fn missing(state: &State, host: &str, problem: &str) -> Answer {
    let errors = format!("{problem}{}", state.report.errors.concat());
    Answer::new(500, HTML, dress(panel::no_page(&errors), &state.at, host))
}
