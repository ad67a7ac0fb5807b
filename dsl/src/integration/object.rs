//! JSON written in place, with values of the data in it.

/// An object of JSON whose values may come from the data: for parameters that have no Rust type.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[workflow] fn w(s: &mut Scope, script: Ref<String>) {
/// s.task(elasticmapreduce::add_step("${Cluster}", object! {
///     "Name": "Clean up",
///     "HadoopJarStep": object! { "Jar": "command-runner.jar", "Args": list!["hive-script", script] },
/// }));
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
#[macro_export]
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::__private::record::<$crate::__private::serde_json::Value>(::std::vec![
            $(($name, $crate::__private::Presence::Always, $crate::__private::operand($value))),*
        ])
    };
}

/// A list of JSON whose items may come from the data, and may be of different types; see [`object!`](crate::object!).
#[macro_export]
macro_rules! list {
    ($($item:expr),* $(,)?) => {
        $crate::__private::list(::std::vec![$($crate::__private::operand($item)),*])
    };
}
