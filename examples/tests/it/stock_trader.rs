//! The stock trader.

use std::time::Duration;

use serde_json::json;
use stepwright::{DurationExt, States};
use stepwright_codegen::compile;
use stepwright_examples::stock_trader::{
    Quote, Side, Transaction, buy_stock, check_stock_value, sell_stock, stock_trader,
};
use stepwright_sim::{Reply, TaskError, WorkflowSimulation};

/// The market, at a price.
fn market(stock_price: f64) -> WorkflowSimulation<(), Transaction> {
    let trade = |side, quote: Quote| {
        let timestamp = "2027-01-29T15:00:00Z".to_owned();
        Ok(Transaction { id: "t-1".to_owned(), side, price: quote.stock_price, qty: 3, timestamp })
    };
    WorkflowSimulation::of(&stock_trader())
        .expect("the example compiles")
        .on::<check_stock_value, _>(move |()| Ok(Quote { stock_price }))
        .on::<buy_stock, _>(move |quote| trade(Side::Buy, quote))
        .on::<sell_stock, _>(move |quote| trade(Side::Sell, quote))
        .on_json("Record Transaction", |_| Reply::success(json!({})))
}

#[test]
fn what_is_cheap_is_bought_and_all_else_sold() {
    for (price, trade, side) in
        [(49.9, "Buy Stock", Side::Buy), (50.0, "Buy Stock", Side::Buy), (50.1, "Sell Stock", Side::Sell)]
    {
        let execution = market(price).run(()).expect("every task has a stand-in");
        execution.assert_path(["Check Stock Value", "Buy or Sell?", trade, "Record Transaction"]);
        assert_eq!(execution.output().expect("it succeeded").side, side);
    }
}

#[test]
fn the_transaction_is_recorded_as_dynamodb_wants_it() {
    let item = json!({
        "Id": { "S": "t-1" },
        "Type": { "S": "buy" },
        "Price": { "N": "17.25" },
        "Quantity": { "N": "3" },
        "Timestamp": { "S": "2027-01-29T15:00:00Z" },
    });
    market(17.25)
        .run(())
        .expect("every task has a stand-in")
        .assert_arguments_of("Record Transaction", [json!({ "TableName": "${DDBTable}", "Item": item })]);
}

#[test]
fn what_fails_is_tried_again() {
    let failure = || TaskError::new(States::TASK_FAILED, "not now");
    let no_price = market(1.0).on::<check_stock_value, _>(move |()| -> Result<Quote, _> { Err(failure()) });
    no_price
        .run(())
        .expect("every task has a stand-in")
        .assert_failed_with(States::TASK_FAILED)
        .assert_retries(
            "Check Stock Value",
            [15.0, 22.5, 33.75, 50.625, 75.9375].map(Duration::from_secs_f64),
        );

    let no_trade = market(1.0).on::<buy_stock, _>(move |_| -> Result<Transaction, _> { Err(failure()) });
    no_trade
        .run(())
        .expect("every task has a stand-in")
        .assert_failed_with(States::TASK_FAILED)
        .assert_retries("Buy Stock", [2, 2, 2].map(Duration::from_secs))
        .assert_not_visited("Record Transaction");

    let mut left = 2;
    let table = market(1.0).on_json("Record Transaction", move |_| {
        left -= 1;
        if left >= 0 { Reply::failure("DynamoDB.InternalServerError", "") } else { Reply::success(json!({})) }
    });
    let recorded = table.run(()).expect("every task has a stand-in");
    recorded.assert_succeeded().assert_retries("Record Transaction", [20.seconds(), 200.seconds()]);
}

#[test]
fn the_deployment_fills_in_five_names() {
    let json = compile(&stock_trader()).expect("the example compiles").to_json();
    let mut names: Vec<&str> = json.split("${").skip(1).filter_map(|rest| rest.split('}').next()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "DDBPutItem",
            "DDBTable",
            "StockBuyerFunctionArn",
            "StockCheckerFunctionArn",
            "StockSellerFunctionArn",
        ]
    );
}
