//! What each function, closure and condition is printed as. That it means what it should is tested in `stepwright-sim`, which runs
//! them.

mod choice;
mod jsonata;
mod jsonpath;
mod problems;

use super::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Basket {
    id: String,
    note: Option<String>,
    total: f64,
    count: i32,
    paid: bool,
    lines: Vec<Line>,
    names: Vec<String>,
    tags: Option<Vec<String>>,
    numbers: Vec<f64>,
    nested: Vec<Vec<u32>>,
    any: Value,
    due: jiff::Timestamp,
    late: Option<jiff::Timestamp>,
}

/// What an expression of the basket is printed as, in a Pass state that is not the first.
macro_rules! check_printed {
    ($language:literal, $basket:ident => $expression:expr, $expect:tt) => {{
        #[workflow(query_language = $language)]
        fn w(s: &mut Scope, $basket: Ref<Basket>) -> Ref<Value> {
            s.wait("First", 1.seconds());
            s.pass("Made", $expression).as_value()
        }
        let field = if $language == "JSONata" { "Output" } else { "Parameters" };
        assert_eq!(super::field(&w(), "Made", field), json!($expect));
    }};
}

use check_printed;
