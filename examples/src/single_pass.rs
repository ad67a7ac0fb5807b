//! The smallest workflow: a single state, which passes its input on.

use serde_json::Value;
use stepwright::prelude::*;

/// Whatever is put in comes out.
#[workflow(query_language = "JSONPath")]
pub fn single_pass(s: &mut Scope, input: Ref<Value>) -> Ref<Value> {
    s.pass("Single State", input)
}
