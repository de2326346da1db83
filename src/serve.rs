//! The portal while it is written: in go requests and changed files, out come answers and events.
//!
//! A [`Desk`](desk::Desk) takes what was read anew and makes a [`State`](desk::State): the last portal that could be
//! made, and what was found. [`answer`](answer::answer) answers a request from it. Nothing here opens a socket or a
//! file: what is not in the plan cannot be asked for, whatever a request says. Pages are those that `build` writes; what
//! is added to them, the script that reloads them above all, is added as they are sent.

pub mod address;
pub mod answer;
pub mod desk;
mod dress;
pub mod event;
pub mod gate;
mod media;
mod panel;
mod report;
mod words;
