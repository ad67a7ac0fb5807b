use stepwright::prelude::*;

#[task(lambda = "arn:aws:lambda:eu-west-1:123456789012:charge-card")]
//~^ the ARN of a Lambda function
fn charge(amount: f64) -> String;

fn main() {}
