//! The files of a commit: in go paths, out come bytes in bounds. Files are read when they are asked for, from one git
//! that answers as long as the value lives.

use std::io::{BufRead, Read};
use std::sync::{Mutex, PoisonError};

use super::super::Error;
use super::super::process::Partner;
use super::objects::{Item, Tree};
use super::{Git, Store};

/// A commit's files.
#[derive(Debug)]
pub struct Snapshot {
    /// What there is.
    pub tree: Tree,
    partner: Mutex<Partner>,
}

/// What a path led to.
#[derive(Debug)]
pub enum Content {
    /// A plain file, in bounds.
    Bytes(Vec<u8>),
    /// No such path.
    Nothing,
    /// More bytes than were asked for.
    TooLarge,
    /// A link, a program, another repository.
    NoFile,
}

impl Git {
    /// The files of a commit or tree in a store.
    pub fn snapshot(&self, store: Store, tree: &str) -> Result<Snapshot, Error> {
        let tree = self.list(store, tree)?;
        let partner = self.program(store, &[]).args(["cat-file", "--batch"]).converse()?;
        Ok(Snapshot { tree, partner: Mutex::new(partner) })
    }
}

impl Snapshot {
    /// The file of a path, if it has at most `most` bytes.
    ///
    /// # Errors
    /// git does not answer as it should.
    pub fn file(&self, path: &str, most: u64) -> std::io::Result<Content> {
        match self.tree.get(path) {
            None => Ok(Content::Nothing),
            Some(item) if !item.is_plain() => Ok(Content::NoFile),
            Some(item) => self.read(item, most),
        }
    }

    fn read(&self, item: &Item, most: u64) -> std::io::Result<Content> {
        let odd = |what: &str| std::io::Error::other(format!("git answers {what}"));
        let mut partner = self.partner.lock().unwrap_or_else(PoisonError::into_inner);
        partner.ask(format!("{}\n", item.id).as_bytes())?;
        let answer = partner.answer();
        let mut header = String::new();
        answer.take(200).read_line(&mut header)?;
        // `<id> blob <size>`, or `<id> missing`.
        let mut words = header.trim_end().split(' ');
        let (id, kind, size) = (words.next(), words.next(), words.next());
        let size = size.and_then(|size| size.parse::<u64>().ok());
        let (Some(true), Some("blob"), Some(size)) = (id.map(|id| id == item.id), kind, size) else {
            return Err(odd("that it has no such file"));
        };
        if size > most {
            std::io::copy(&mut answer.take(size + 1), &mut std::io::sink())?;
            return Ok(Content::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        answer.take(size).read_to_end(&mut bytes)?;
        let mut end = [0];
        answer.read_exact(&mut end)?;
        if bytes.len() as u64 != size || end != [b'\n'] {
            return Err(odd("with fewer bytes than it promised"));
        }
        Ok(Content::Bytes(bytes))
    }
}
