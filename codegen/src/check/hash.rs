//! Maps by names and texts of the machine, of which the checker looks up a few for each state.

use std::hash::{BuildHasherDefault, Hasher};

use indexmap::IndexMap;

/// A map in the order of insertion that is quick to ask.
pub(crate) type TextMap<K, V> = IndexMap<K, V, BuildHasherDefault<TextHasher>>;

/// A hash without a seed, eight bytes at a time: each is mixed in by a multiplication, of which both halves are kept.
#[derive(Default)]
pub(crate) struct TextHasher(u64);

/// Any odd number without a pattern does.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl TextHasher {
    #[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
    fn mix(&mut self, part: u64) {
        let product = u128::from(self.0 ^ part ^ FACTOR) * u128::from(FACTOR);
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for TextHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (parts, rest) = bytes.as_chunks();
        parts.iter().for_each(|part| self.mix(u64::from_le_bytes(*part)));
        // The length tells apart what would be filled up to the same.
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
