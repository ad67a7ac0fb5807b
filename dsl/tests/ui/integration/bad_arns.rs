use stepwright::prelude::*;

#[workflow]
fn call(s: &mut Scope) {
    s.task(lambda::invoke("arn:aws:lambda:eu-west-1:123456789012:charge", "x"));
    //~^ expected the name or the ARN of a Lambda function
    s.task(sns::publish("arn:aws:sns:eu-west-1:1234567890123:paid", "x"));
    //~^ expected the ARN of a topic
    s.task(sqs::send_message("${QueueUrl", "x"));
    //~^ `${QueueUrl` opens a substitution that no `}` closes
}

fn main() {}
