use stepwright::prelude::*;

#[workflow(query_language = "JsonPath")]
//~^ unknown query language `JsonPath`; did you mean `JSONPath`?
fn greet(s: &mut Scope, name: Ref<String>) -> Ref<String> {
    s.pass("Greet", fmt!("Hello, {name}!"))
}

fn main() {}
