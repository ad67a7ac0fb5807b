use insta::assert_snapshot;

use super::*;

/// What is wrong with a workflow.
fn problems<I, O>(workflow: &Workflow<I, O>) -> String {
    compile(workflow).err().map_or_else(|| "nothing".to_owned(), |diagnostics| diagnostics.to_string())
}

#[test]
fn what_jsonpath_cannot_say_names_jsonata() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, b: Ref<Basket>) -> Ref<Value> {
        s.pass("Upper", b.id.to_uppercase());
        s.pass("Closure", b.lines.map(|line| line.sku));
        s.pass("Raw", jsonata::<f64>("1 + 1"));
        s.pass("Split", b.id.split(","));
        s.pass("Parse", b.id.parse::<f64>());
        s.pass("Maybe", b.names.last());
        s.pass("Default", b.names.last().or("x"));
        s.when("Any", b.lines.any(|line| cond!(line.qty > 0)), |s| s.wait("A", 1.seconds()));
        s.when("Pattern", b.id.contains(b.id), |s| s.wait("B", 1.seconds()));
        s.when("Array", b.any.is_array(), |s| s.wait("C", 1.seconds()));
        s.pass("Made", b.any)
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_text_that_is_no_jsonata() {
    #[workflow]
    fn w(s: &mut Scope, b: Ref<Basket>) -> Ref<f64> {
        let sum: Expr<f64> = jsonata!("$sum({lines}.price +)", lines = b.lines);
        s.pass("Sum", sum);
        s.pass("Open", jsonata::<f64>("$sum([1, 2"));
        s.pass("Default", jsonata::<f64>("$x ?? 1"));
        s.pass("Eval", jsonata::<f64>("1 + $eval('1')"));
        s.pass("Made", b.total)
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_parameter_outside_of_its_closure() {
    #[workflow]
    fn w(s: &mut Scope, b: Ref<Basket>) -> Ref<String> {
        let mut escaped = None;
        s.pass(
            "Skus",
            b.lines.map(|line| {
                escaped = Some(line.sku);
                line.sku
            }),
        );
        s.pass("Made", escaped.unwrap())
    }
    assert_snapshot!(problems(&w()));
}
