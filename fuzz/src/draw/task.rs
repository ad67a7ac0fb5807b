//! Task states.

use stepwright_codegen::asl::QueryLanguage;

use super::{Drawer, Fields};

const RESOURCES: &[&str] = &[
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "arn:aws:states:us-east-1:123456789012:activity:a",
    "arn:aws:states:::lambda:invoke",
    "arn:aws:states:::lambda:invoke.waitForTaskToken",
    "arn:aws:states:::sqs:sendMessage",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "arn:aws:states:::states:startExecution",
    "arn:aws:states:::states:startExecution.sync",
    "arn:aws:states:::states:startExecution.sync:2",
    "arn:aws:states:::apigateway:invoke",
    "arn:aws:states:::http:invoke",
    "arn:aws:states:::batch:submitJob.sync",
    "arn:aws:states:::aws-sdk:s3:getObject",
    "arn:aws-cn:states:::dynamodb:putItem",
    "arn:aws:states:::",
    "arn:",
    "${Function}",
    "foo:bar",
    "",
    ".sync",
    "\u{1f980}:::::::",
];

impl Drawer {
    pub(super) fn task(&self, fields: &mut Fields, language: QueryLanguage) {
        fields.insert("Resource".to_owned(), self.word(RESOURCES).into());
        self.request(60, fields, language);
        self.count_field(40, fields, "TimeoutSeconds", language);
        self.count_field(30, fields, "HeartbeatSeconds", language);
        self.maybe(5, fields, "Credentials", || match language {
            QueryLanguage::JsonPath => self.template_members(1).into(),
            QueryLanguage::Jsonata => self.object(|drawer| drawer.with_expressions(1)).into(),
        });
    }
}
