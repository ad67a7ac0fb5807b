//! Maps by names and texts of the machine, of which the checker looks up a few for each state.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;

use indexmap::IndexMap;

/// A map in the order of insertion, whatever the hashes are, that is quick to ask.
pub(crate) type TextMap<K, V> = IndexMap<K, V, Seed>;

/// What the hashes of this process depend on: without it, a definition could be made of names whose hashes are all the same.
#[derive(Clone, Copy)]
pub(crate) struct Seed {
    start: u64,
    /// Odd, so that no bits are lost.
    factor: u64,
}

static SEED: LazyLock<Seed> = LazyLock::new(|| {
    let random = RandomState::new();
    Seed { start: random.hash_one(0), factor: random.hash_one(1) | 1 }
});

impl Default for Seed {
    fn default() -> Self {
        *SEED
    }
}

impl BuildHasher for Seed {
    type Hasher = TextHasher;

    fn build_hasher(&self) -> TextHasher {
        TextHasher { hash: self.start, factor: self.factor }
    }
}

/// A hash of eight bytes at a time: each is mixed in by a multiplication, of which both halves are kept.
pub(crate) struct TextHasher {
    hash: u64,
    factor: u64,
}

impl TextHasher {
    #[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
    fn mix(&mut self, part: u64) {
        let product = u128::from(self.hash ^ part) * u128::from(self.factor);
        self.hash = (product as u64) ^ (product >> 64) as u64;
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
        self.hash ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher as _;

    use super::{SEED, Seed, TextMap};

    #[test]
    fn a_hash_depends_on_both_parts_of_the_seed() {
        let seed = *SEED;
        let others = [Seed { start: !seed.start, ..seed }, Seed { factor: seed.factor ^ 2, ..seed }];
        for text in ["", "a", "a name that is longer than eight bytes"] {
            assert_eq!(seed.hash_one(text), Seed::default().hash_one(text));
            assert!(others.iter().all(|other| other.hash_one(text) != seed.hash_one(text)), "{text}");
        }
    }

    #[test]
    fn a_map_keeps_the_order_of_insertion() {
        let names: Vec<String> = (0..1000).map(|number| format!("name {number}")).collect();
        let map: TextMap<&str, ()> = names.iter().map(|name| (&**name, ())).collect();
        assert!(map.keys().eq(&names));
    }
}
