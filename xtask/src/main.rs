//! The xtask of this repository: its workflows are the examples.

use std::process::ExitCode;

fn main() -> ExitCode {
    stepwright_xtask::main(stepwright_examples::registry())
}
