//! A stock trader: looks at a price, buys or sells, and writes down what it did.
//!
//! The quick-start sample of AWS SAM. What to look at:
//!
//! * **Placeholders.** Everything that the deployment knows, down to the `Resource` of the last state, is a `${Name}` that CloudFormation
//!   fills in. They are ordinary texts, here of the sample's own names.
//! * **Two branches, one type.** Buying and selling each give a [`Transaction`], and so does the Choice; the state behind it need not
//!   know which it was.
//! * **Texts that are numbers.** DynamoDB wants numbers as texts (`{ "N": "17" }`). In the sample the functions give texts, so that
//!   nobody can count with them; here they give numbers, and `to_text` is where the table begins.
//! * **What the types found.** The sample's Choice compares `$.stock_price`, which only the first function knows of; a function that said
//!   `stockPrice` would be noticed when the first execution fails. Here it is a field of [`Quote`].

use stepwright::prelude::*;

/// What a stock costs.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// In dollars.
    pub stock_price: f64,
}

/// Whether stocks were bought or sold.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// They were bought.
    Buy,
    /// They were sold.
    Sell,
}

/// What was bought or sold.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Transaction {
    /// Its number.
    pub id: String,
    /// What it was.
    #[serde(rename = "type")]
    pub side: Side,
    /// The price of one.
    pub price: f64,
    /// How many.
    pub qty: u32,
    /// When, ISO 8601.
    pub timestamp: String,
}

/// Looks at the price.
#[task(lambda = "${StockCheckerFunctionArn}", name = "Check Stock Value")]
pub fn check_stock_value() -> Quote;

/// Sells.
#[task(lambda = "${StockSellerFunctionArn}", name = "Sell Stock")]
pub fn sell_stock(#[input] quote: Quote) -> Transaction;

/// Buys.
#[task(lambda = "${StockBuyerFunctionArn}", name = "Buy Stock")]
pub fn buy_stock(#[input] quote: Quote) -> Transaction;

/// What is cheap, in dollars.
const CHEAP: f64 = 50.0;

/// The price can wait a little.
const CHECK: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED])
    .interval_seconds(15)
    .max_attempts(5)
    .backoff_rate(1.5)]);

/// A trade cannot.
const TRADE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED]).delays([2, 2, 2])]);

/// A transaction must not get lost.
const RECORD: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED]).delays([20, 200, 2_000])]);

/// Buys a stock that is cheap, sells one that is not, and records the transaction.
#[workflow]
pub fn stock_trader(s: &mut Scope) -> Ref<Transaction> {
    let quote = s.task(check_stock_value().retry(CHECK));

    let done = s
        .choice("Buy or Sell?")
        .when(cond!(quote.stock_price <= CHEAP), |s| s.task(buy_stock(quote).retry(TRADE)))
        .otherwise(|s| s.task(sell_stock(quote).retry(TRADE)));

    let item = data!({
        "Id": { "S": done.id },
        "Type": { "S": done.side },
        "Price": { "N": done.price.to_text() },
        "Quantity": { "N": done.qty.to_text() },
        "Timestamp": { "S": done.timestamp },
    });
    let put = data!({ "TableName": "${DDBTable}", "Item": item });
    s.task(Task::<()>::service("Record Transaction", "${DDBPutItem}", put).retry(RECORD));
    done
}
