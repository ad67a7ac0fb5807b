//! Randomness that is the same for the same seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A seeded generator, shared by its clones: all draw from one sequence.
///
/// The sequence is that of `SplitMix64`. Not for secrets.
#[derive(Debug, Clone)]
pub struct Random {
    state: Arc<AtomicU64>,
}

/// `SplitMix64` adds this to its state for each number, then mixes the bits.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// A sequence of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Self { state: Arc::new(AtomicU64::new(seed)) }
    }

    /// The next 64 bits.
    pub fn bits(&self) -> u64 {
        let mut bits = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// The next number from 0 up to but not including 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    pub fn unit(&self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The next whole number from 0 up to but not including `end`; 0 if there is none.
    pub fn below(&self, end: u64) -> u64 {
        // The high half of the product is spread evenly but for a bias of `end` in 2^64.
        let product = u128::from(self.bits()) * u128::from(end);
        u64::try_from(product >> 64).unwrap_or_default()
    }

    /// The next UUID, version 4.
    pub fn uuid(&self) -> String {
        let (high, low) = (self.bits(), self.bits());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFF,
            0x8000 | ((low >> 48) & 0x3FFF),
            low & 0xFFFF_FFFF_FFFF,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn a_seed_gives_one_sequence() {
        let (first, second) = (Random::new(7), Random::new(7));
        assert_eq!([first.bits(), first.bits()], [second.bits(), second.bits()]);
        assert_ne!(Random::new(7).bits(), Random::new(8).bits());
    }

    #[test]
    fn clones_draw_from_one_sequence() {
        let random = Random::new(1);
        assert_ne!(random.clone().bits(), random.bits());
    }

    #[test]
    fn numbers_stay_in_range() {
        let random = Random::new(3);
        assert!((0..1_000).all(|_| (0.0..1.0).contains(&random.unit()) && random.below(3) < 3));
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn uuids_have_version_and_variant() {
        let random = Random::new(5);
        for _ in 0..100 {
            let uuid = random.uuid();
            let bytes = uuid.as_bytes();
            assert_eq!((uuid.len(), bytes[14]), (36, b'4'), "{uuid}");
            assert!(b"89ab".contains(&bytes[19]), "{uuid}");
        }
    }
}
