//! A commit as a place, so that [`verify`](crate::verify) judges what is pushed as it judges any site.

use std::collections::BTreeMap;

use crate::io::git::snapshot::{Content, Snapshot};
use crate::routes::OutPath;
use crate::verify::place::{Fault, Name, Place};

impl Place for Snapshot {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        match self.file(path.as_str(), most) {
            Ok(Content::Bytes(bytes)) => Ok(Some(bytes)),
            Ok(Content::Nothing) => Ok(None),
            Ok(Content::TooLarge) => Err(Fault::TooLarge),
            Ok(Content::NoFile) => Err(Fault::NotAFile("it is a link, a program or a repository".into())),
            Err(error) => Err(Fault::Failed(crate::io::escape::text(&error.to_string()))),
        }
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        let name = |plain| if plain { Name::File } else { Name::Other };
        Ok(Some(self.tree.iter().map(|(path, item)| (path.clone(), name(item.is_plain()))).collect()))
    }
}
