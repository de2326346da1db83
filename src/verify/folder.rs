//! A folder as a place.

use std::collections::BTreeMap;
use std::path::Path;

use super::place::{Fault, Name, Place};
use crate::io::folder::{Folder, Found, Standing};
use crate::routes::OutPath;

impl Place for Folder {
    fn read(&self, path: &OutPath, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        match self.file(Path::new(path.as_str()), most) {
            Ok(Found::Bytes(bytes)) => Ok(Some(bytes)),
            Ok(Found::Nothing) => Ok(None),
            Ok(Found::TooLarge) => Err(Fault::TooLarge),
            Ok(Found::NoFile(words)) => Err(Fault::NotAFile(words)),
            Err(error) => Err(Fault::Failed(error.message())),
        }
    }

    fn names(&self) -> Result<Option<BTreeMap<String, Name>>, Fault> {
        let names = self.list().map_err(|error| Fault::Failed(error.message()))?;
        let name = |standing| match standing {
            Standing::File => Name::File,
            Standing::EmptyFolder => Name::EmptyFolder,
            Standing::Other => Name::Other,
        };
        Ok(Some(names.into_iter().map(|(path, standing)| (path, name(standing))).collect()))
    }
}
