//! What templates see: one struct per page, each field named as templates name it. This is the whole template API.
//!
//! In goes the [`Site`](crate::site::Site), out come values that serialise. Nothing here spells an address or decides
//! how something looks; words of the portal that follow from facts are made here, so that no template has to reason.

pub mod advisory;
pub mod alias;
pub mod contact;
pub mod content;
pub mod day;
pub mod empty;
pub mod feeds;
pub mod global;
pub mod head;
pub mod home;
pub mod key;
pub mod link;
pub mod list;
pub mod policy;
pub mod promise;
pub mod prose;
pub mod report;
pub mod row;
pub mod severity;
pub mod support;
pub mod thanks;
pub mod verify;
pub mod version;
