use super::*;

#[test]
fn a_text_in_jsonata_stands_anywhere() {
    check!(_order => jsonata::<f64>("1 + 2"); {} => 3);
    check!(order => { let sum: Expr<f64> = jsonata!("$sum({lines}.price)", lines = order.lines); sum }; { "lines": [{ "price": 2 }] } => 2);
    check!(order => { let sum: Expr<f64> = jsonata!("1 + {x}", x = order.total + 1.0); sum * 2.0 }; { "total": 1 } => 6);
    check!(order => { let prices: Expr<Vec<f64>> = jsonata!("{lines}.price", lines = order.lines); prices }; { "lines": [] } => [], { "lines": [{ "price": 2 }] } => [2]);
    check!(order => { let price: Expr<Option<f64>> = jsonata!("{lines}[0].price", lines = order.lines); price }; { "lines": [] } => null, { "lines": [{ "price": 2 }] } => 2);
    check!(
        order => order.names.map(|name| -> Expr<Value> { jsonata!("{'a': {name}, 'b': $map([1, 2], function($item) { $item & {name} })}", name = name) });
        { "names": ["x"] } => [{ "a": "x", "b": ["1x", "2x"] }],
    );
}
