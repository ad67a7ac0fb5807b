//! A Pass state and an item written to a table: the two states of a SAM template.
//!
//! What to look at: [`context()`] knows the execution; attribute values of DynamoDB are objects with their type, `{"S": "…"}`.

use stepwright::prelude::*;

/// Writes the execution's identifier to a table.
#[workflow(query_language = "JSONPath")]
pub fn table_write(s: &mut Scope) {
    s.pass_through("FirstState");
    let item = data!({ "id": { "S": context().execution.id } });
    s.task(dynamodb::put_item("${SAMTable}", item).named("Write to DynamoDB").save_as("DynamoDB"));
}
