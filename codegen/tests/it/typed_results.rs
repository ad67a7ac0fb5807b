//! What the Rust types say of the data is held against what is written in JSONata.

use stepwright::prelude::*;
use stepwright_codegen::compile;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    total: f64,
    lines: Vec<Line>,
    note: Option<String>,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Line {
    price: f64,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Receipt {
    number: String,
    amount: f64,
}

#[task(lambda = "${Charge}")]
fn charge(order: Order) -> Receipt;

#[task(lambda_invoke = "${Charge}")]
fn charge_invoked(order: Order) -> Receipt;

#[task(activity = "arn:aws:states:us-east-1:123456789012:activity:charge")]
fn charge_by_hand(order: Order) -> Receipt;

#[task(lambda = "${Log}")]
fn log(order: Order);

#[track_caller]
fn check_found<I, O>(workflow: &Workflow<I, O>, expected: &[&str]) {
    let diagnostics = compile(workflow).map_or_else(|found| found, |compiled| compiled.warnings);
    let found =
        diagnostics.iter().map(|found| format!("{}[{}] {}", found.severity, found.code, found.message));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn a_field_that_the_input_does_not_have() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
        let asked: Expr<u32> = jsonata!("$exists({order}.gift) ? 1 : 2", order = order);
        s.wait("Asked", asked);
        let right: Expr<u32> = jsonata!("$sum({order}.lines.price) > {order}.total ? 1 : 2", order = order);
        s.wait("Right", right);
        let wrong: Expr<f64> = jsonata!("$sum({order}.lines.cost)", order = order);
        s.pass("Wrong", wrong)
    }
    check_found(&w(), &["warning[SW0709] the type of `$order.lines` has no `cost`"]);
}

#[test]
fn a_field_that_the_result_of_a_function_does_not_have() {
    #[workflow]
    fn called(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
        let receipt = s.task(charge(order));
        let right: Expr<u32> = jsonata!("$round({receipt}.amount)", receipt = receipt);
        s.wait("Right", right);
        let wrong: Expr<f64> = jsonata!("{receipt}.amont", receipt = receipt);
        s.pass("Wrong", wrong)
    }
    #[workflow]
    fn invoked(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
        let receipt = s.task(charge_invoked(order));
        let right: Expr<u32> = jsonata!("$round({receipt}.amount)", receipt = receipt);
        s.wait("Right", right);
        let wrong: Expr<f64> = jsonata!("{receipt}.amont", receipt = receipt);
        s.pass("Wrong", wrong)
    }
    check_found(&called(), &["warning[SW0709] the type of `$charge` has no `amont`"]);
    check_found(&invoked(), &["warning[SW0709] the type of `$chargeInvoked` has no `amont`"]);
}

#[test]
fn a_result_of_another_type() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
        let receipt = s.task(charge_by_hand(order));
        let sum: Expr<f64> = jsonata!("{receipt}.number + 1", receipt = receipt);
        s.pass("Sum", sum)
    }
    check_found(&w(), &["error[SW0708] `+` takes numbers, but `$chargeByHand.number` is a string"]);
}

#[test]
fn what_is_selected_of_a_result_is_not_the_result() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
        let number = s.task(charge(order).select_result(|receipt| receipt.number));
        let length: Expr<f64> = jsonata!("$length({number})", number = number);
        s.pass("Length", length)
    }
    check_found(&w(), &[]);
}

#[test]
fn a_result_that_rust_does_not_look_at_is_anything() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
        let logged = s.task(log(order));
        let count: Expr<f64> = jsonata!("{logged}.count", logged = logged);
        s.pass("Read", count)
    }
    check_found(&w(), &[]);
}
