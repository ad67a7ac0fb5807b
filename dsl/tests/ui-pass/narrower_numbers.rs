//! Narrower numbers where wider ones are wanted, and literals, which take the type of their place as ever.

use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Line {
    small: u8,
    signed: i16,
    qty: u32,
    stock: u64,
    price: f64,
    ratio: f32,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Sum {
    items: u64,
    signed: i64,
    fraction: f64,
    maybe: Option<u64>,
}

const LIMIT: u32 = 7;

#[task(lambda = "${Reserve}")]
fn reserve(items: u64, signed: i64, price: f64, maybe: Option<f64>);

#[task(lambda = "${Poll}")]
fn poll(attempt: u64) -> u32;

#[workflow]
fn references(s: &mut Scope, line: Ref<Line>) -> Ref<Sum> {
    s.task(reserve(line.qty, line.signed, line.ratio, line.small));
    s.task(reserve(line.small, line.qty, line.qty, line.signed).named("Again"));
    s.wait("Pause", line.small);
    s.pass("Sum", data!(Sum { items: line.qty, signed: line.small, fraction: line.signed, maybe: line.qty }))
}

#[workflow]
fn operators(s: &mut Scope, line: Ref<Line>) -> Ref<f64> {
    let whole: Expr<u64> = line.qty.widen::<u64>() + line.stock;
    let mixed = line.qty * line.price - line.small + line.price * 1.5;
    s.when("IsDear", cond!(line.qty > line.price && line.price >= line.small && line.qty < 2.5), |_| ());
    s.when("IsLarge", cond!(whole > 10), |_| ());
    s.task(reserve((line.qty + 1).widen(), line.signed.abs().widen(), mixed.round(), expr!(line.small * line.price)));
    s.pass("Half", expr!(line.qty * 0.5))
}

#[workflow]
fn literals(s: &mut Scope, line: Ref<Line>) -> Ref<u64> {
    let attempts = s.var("attempts", 0);
    let seen = s.task(poll(attempts));
    s.set(attempts, expr!(attempts + 1));
    s.set(attempts, expr!(10 - line.stock));
    s.task(reserve(5, -5, 3, 3).named("Plain"));
    s.task(reserve(5, 5, LIMIT, LIMIT).named("Constant"));
    s.task(poll(expr!(if seen > 3 { 1 } else { line.stock })).named("Decide"));
    s.task(poll("5".to_owned().into_expr().parse()).named("Parse"));
    s.task(poll(random(1, 6)).named("Random"));
    s.pass("Range", range(1, line.stock, 1).fold(0, |sum, item| expr!(sum + item)))
}

/// What takes an `IntoExpr` hands it on to a task.
fn generic(s: &mut Scope, price: impl IntoExpr<f64>) {
    s.task(reserve(1, 2, price, None).named("Generic"));
}

#[workflow]
fn generics(s: &mut Scope, line: Ref<Line>) {
    generic(s, line.price);
}

fn main() {
    assert!(references().plan().problems.is_empty());
    assert!(operators().plan().problems.is_empty());
    assert!(literals().plan().problems.is_empty());
    assert!(generics().plan().problems.is_empty());
}
