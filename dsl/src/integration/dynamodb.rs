//! Amazon `DynamoDB`: single items. Queries and the like go through [`aws_sdk`](super::aws_sdk()).

use std::collections::BTreeMap;

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Reads an item by its key, an object of attribute values: `data!({ "id": { "S": order.id } })`.
    ///
    /// Errors are named `DynamoDB.…`.
    ///
    /// Source: Developer Guide, "Call `DynamoDB` with Step Functions".
    fn get_item(table_name: IntoExpr<String> = "TableName", key: Operand = "Key") -> GetItemOutput
        = GetItem: "dynamodb:getItem" "DynamodbGetItem" {}
    /// Writes an item, an object of attribute values: `data!({ "id": { "S": order.id } })`.
    fn put_item(table_name: IntoExpr<String> = "TableName", item: Operand = "Item") -> WriteOutput
        = PutItem: "dynamodb:putItem" "DynamodbPutItem" {}
    /// Changes an item, which is made if it does not exist: `.with("UpdateExpression", "SET …")`.
    fn update_item(table_name: IntoExpr<String> = "TableName", key: Operand = "Key") -> WriteOutput
        = UpdateItem: "dynamodb:updateItem" "DynamodbUpdateItem" {}
    /// Deletes an item.
    fn delete_item(table_name: IntoExpr<String> = "TableName", key: Operand = "Key") -> WriteOutput
        = DeleteItem: "dynamodb:deleteItem" "DynamodbDeleteItem" {}
}

answers! {
    /// An item that was read.
    GetItemOutput {
        /// Its attributes, if there is such an item; each an object with its type: `{ "S": "…" }`.
        item: Option<BTreeMap<String, Value>>,
    }

    /// What `DynamoDB` answers to a change.
    WriteOutput {
        /// The attributes that `ReturnValues` asks for.
        attributes: Option<BTreeMap<String, Value>>,
    }
}
