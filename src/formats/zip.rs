//! ZIP archives (APPNOTE 6.3.10): in go names and texts, out come the same bytes on every machine.
//!
//! A crate for this exists, and reads archives for `secsite import`. Written here, since an archive of ten thousand small
//! files costs what setting up a compressor costs, ten thousand times: this one keeps its compressors.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use rayon::prelude::*;

/// How many files share a compressor.
const SHARED: usize = 64;

/// How many are compressed before they are put into the archive: of a large one, most is there once.
const WINDOW: usize = 64 * SHARED;

/// Names are UTF-8.
const FLAGS: u16 = 0x0800;

const DEFLATE: u16 = 8;

/// Lightly, without a header, and by the codes that the standard fixes: those made for a file alone cost more time than the
/// few bytes that they save are worth.
const LEVEL: i32 = 1;
const RAW: i32 = -15;
const FIXED_CODES: i32 = 4;

/// 1980-01-01, 00:00: the first instant that the format knows.
const TIME: [u16; 2] = [0, 0x21];

/// An ordinary file of a Unix system, `rw-r--r--`.
const MODE: u32 = 0o100_644 << 16;

/// What a file must be able to read: deflated files; and more than 65,535 of them.
const VERSION: u16 = 20;
const VERSION_64: u16 = 45;

/// Version 2.0 of the format, made on Unix.
const MADE_BY: u16 = 3 << 8 | VERSION;

/// A compressed file.
struct Packed {
    name: String,
    crc: u32,
    size: u32,
    bytes: Vec<u8>,
}

/// An archive of the files that `make` gives for `items`, in that order. Each file, and the archive, must be below
/// 4 GiB: memory ends before. Names are the caller's, unique and plain.
pub(super) fn archive<T: Sync>(items: &[T], make: impl Fn(&T) -> (String, Vec<u8>) + Sync) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (at, window) in items.chunks(WINDOW).enumerate() {
        if at == 1 {
            // The rest comes to about as much, a twentieth more or less: an archive that grows by itself is held twice.
            let windows = items.len().div_ceil(WINDOW);
            out.reserve_exact((out.len() + directory.len()) / 20 * 21 * windows);
            directory.reserve_exact(directory.len() / 20 * 21 * windows);
        }
        for file in packed(window, &make).into_iter().flatten() {
            let offset = low(out.len());
            let about = file.about();
            words(&mut out, &[0x0403_4b50]);
            out.extend_from_slice(&about);
            out.extend_from_slice(file.name.as_bytes());
            out.extend_from_slice(&file.bytes);
            words(&mut directory, &[0x0201_4b50]);
            halves(&mut directory, &[MADE_BY]);
            directory.extend_from_slice(&about);
            // No comment, the first disk, no text.
            halves(&mut directory, &[0, 0, 0]);
            words(&mut directory, &[MODE, offset]);
            directory.extend_from_slice(file.name.as_bytes());
        }
    }
    let start = out.len();
    out.append(&mut directory);
    finish(&mut out, start, items.len());
    out
}

/// Compresses files side by side.
fn packed<T: Sync>(items: &[T], make: &(impl Fn(&T) -> (String, Vec<u8>) + Sync)) -> Vec<Vec<Packed>> {
    let some = |items: &[T]| {
        let mut deflate = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, RAW, FIXED_CODES));
        let mut room = Vec::new();
        items.iter().map(make).map(|(name, text)| pack(&mut deflate, &mut room, name, &text)).collect()
    };
    items.par_chunks(SHARED).map(some).collect()
}

/// The end of the archive, which says where the directory is (§4.3.14 to §4.3.16).
fn finish(out: &mut Vec<u8>, start: usize, count: usize) {
    let end = out.len();
    let few = u16::try_from(count).ok().filter(|few| *few < u16::MAX);
    if few.is_none() {
        words(out, &[0x0606_4b50]);
        longs(out, &[44]);
        halves(out, &[VERSION_64, VERSION_64]);
        words(out, &[0, 0]);
        longs(out, &[count, count, end - start, start]);
        words(out, &[0x0706_4b50, 0]);
        longs(out, &[end]);
        words(out, &[1]);
    }
    let count = few.unwrap_or(u16::MAX);
    words(out, &[0x0605_4b50]);
    halves(out, &[0, 0, count, count]);
    words(out, &[low(end - start), low(start)]);
    halves(out, &[0]);
}

/// Compresses a text. `room` is what it is written to first, and is kept from file to file.
fn pack(deflate: &mut CompressorOxide, room: &mut Vec<u8>, name: String, text: &[u8]) -> Packed {
    deflate.reset();
    // Room for what cannot be made smaller: an eighth more, since the fixed codes have up to nine bits.
    room.resize(room.len().max(text.len() + text.len() / 8 + 64), 0);
    let (mut from, mut to) = (0, 0);
    loop {
        let (status, read, written) = compress(deflate, &text[from..], &mut room[to..], TDEFLFlush::Finish);
        from += read;
        to += written;
        // Only a call without room could end otherwise.
        if status != TDEFLStatus::Okay {
            break;
        }
        room.resize(2 * room.len(), 0);
    }
    Packed { name, crc: crc32fast::hash(text), size: low(text.len()), bytes: room[..to].to_vec() }
}

impl Packed {
    /// What stands before the file and again in the directory (§4.3.7).
    fn about(&self) -> Vec<u8> {
        let mut about = Vec::with_capacity(26);
        halves(&mut about, &[VERSION, FLAGS, DEFLATE]);
        halves(&mut about, &TIME);
        words(&mut about, &[self.crc, low(self.bytes.len()), self.size]);
        halves(&mut about, &[u16::try_from(self.name.len()).unwrap_or(u16::MAX), 0]);
        about
    }
}

fn low(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn halves(out: &mut Vec<u8>, values: &[u16]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn words(out: &mut Vec<u8>, values: &[u32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn longs(out: &mut Vec<u8>, values: &[usize]) {
    out.extend(values.iter().flat_map(|value| (*value as u64).to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    fn read(archive: Vec<u8>) -> Vec<(String, Vec<u8>)> {
        let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
        let count = zip.len();
        let file = |at| {
            let mut file = zip.by_index(at).unwrap();
            let mut text = Vec::new();
            file.read_to_end(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        };
        (0..count).map(file).collect()
    }

    #[test]
    fn what_goes_in_comes_out() {
        // Nothing, a little, what repeats, and what no compressor makes smaller.
        let mut seed = 1_u64;
        let mut noise = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed.to_be_bytes()[0]
        };
        let texts: Vec<Vec<u8>> =
            vec![vec![], b"a".to_vec(), vec![b'x'; 200_000], (0..200_000).map(|_| noise()).collect()];
        let many: Vec<(String, Vec<u8>)> =
            (0..300).map(|at| (format!("{at}.json"), texts[at % texts.len()].clone())).collect();
        assert_eq!(read(archive(&many, Clone::clone)), many);
    }

    #[test]
    fn an_empty_one_is_one() {
        assert!(read(archive(&[], |(): &()| unreachable!())).is_empty());
    }

    #[test]
    fn there_may_be_more_files_than_the_old_format_counts() {
        let many: Vec<usize> = (0..70_000).collect();
        let read = read(archive(&many, |at| (at.to_string(), Vec::new())));
        assert_eq!(read.len(), many.len());
        assert_eq!(read[69_999].0, "69999");
    }
}
