//! The targets of `stepwright-fuzz` for libFuzzer.

use std::panic;
use std::sync::Once;

pub use libfuzzer_sys;
pub use stepwright_fuzz::Target;

/// Makes a program of a target.
#[macro_export]
macro_rules! fuzz {
    ($target:ident) => {
        $crate::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            $crate::let_panics_be_caught();
            if let Err(message) = $crate::Target::$target.try_in_time(bytes) {
                panic!("{message}");
            }
        });
        $crate::libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::mutate($crate::Target::$target, data, size, max_size, seed)
        });
    };
}

/// libFuzzer ends the process at every panic, though some are caught: those of the JSONata engine.
pub fn let_panics_be_caught() {
    static ONCE: Once = Once::new();
    // What is not caught is a failure all the same.
    ONCE.call_once(|| drop(panic::take_hook()));
}

/// Changes a case: its members and expressions, or just its bytes.
pub fn mutate(target: Target, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    if seed.is_multiple_of(3) {
        let mutated = target.mutate(&data[..size], u64::from(seed));
        if mutated.len() <= max_size {
            data[..mutated.len()].copy_from_slice(&mutated);
            return mutated.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
}
