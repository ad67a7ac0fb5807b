//! The examples that are workflows in Rust: what is found while they are lowered, and cannot be found in a definition.

use stepwright_codegen::compile;
use stepwright_codegen::diagnostic::Diagnostics;

// What the page shows at its end.
include!("../../../../docs/diagnostics/order.rs");

/// All that is said about a workflow.
fn found_in<I, O>(workflow: &Workflow<I, O>) -> Diagnostics {
    compile(workflow).map_or_else(|diagnostics| diagnostics, |compiled| compiled.warnings)
}

/// One of the files of an example, which has a workflow `deliver`.
macro_rules! rust_file {
    ($code:ident $which:ident) => {
        pub(in super::super) mod $which {
            use super::super::super::*;

            include!(concat!(
                "../../../../docs/diagnostics/",
                stringify!($code),
                "/",
                stringify!($which),
                ".rs"
            ));

            pub(in super::super::super) fn found() -> Diagnostics {
                found_in(&deliver())
            }
        }
    };
}

/// The examples in these folders.
macro_rules! rust_examples {
    ($($code:ident)*) => {
        #[expect(non_snake_case, reason = "the folders of the examples are called like the codes")]
        mod codes {
            $( pub(super) mod $code {
                rust_file!($code failing);
                rust_file!($code mended);
            } )*
        }

        /// What is wrong with an example; `None` if the code has none in Rust.
        pub(super) fn found(code: &str, which: &str) -> Option<Diagnostics> {
            match (code, which) {
                $(
                    (stringify!($code), "failing") => Some(codes::$code::failing::found()),
                    (stringify!($code), _) => Some(codes::$code::mended::found()),
                )*
                _ => None,
            }
        }
    };
}

rust_examples! {
    SW0101 SW0102 SW0103 SW0104 SW0105 SW0106 SW0107 SW0108 SW0120 SW0121 SW0140 SW0141 SW0142 SW0160
    SW0170 SW0180 SW0302 SW0303 SW0304 SW0305 SW0306 SW0307 SW0308 SW0370 SW0480 SW0503 SW0504 SW0505
    SW0709
}
