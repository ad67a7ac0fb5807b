//! The xtask of this repository: its workflows are the examples.

use std::process::ExitCode;

use stepwright_examples::{hhvm_build, order_fulfilment};
use stepwright_xtask::Xtask;

fn main() -> ExitCode {
    Xtask::new(stepwright_examples::registry())
        .stand_ins("order-fulfilment", order_fulfilment::shop::stand_ins)
        .stand_ins("hhvm-build", hhvm_build::plant::Plant::example)
        .main()
}
