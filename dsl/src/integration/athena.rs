//! Amazon Athena.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Starts a query. Usual parameters besides: `WorkGroup`, `QueryExecutionContext`, `ResultConfiguration`.
    ///
    /// Source: Developer Guide, "Run Athena queries with Step Functions".
    fn start_query_execution(query: IntoExpr<String> = "QueryString") -> StartQueryExecutionOutput
        = StartQueryExecution: "athena:startQueryExecution" "AthenaStartQueryExecution" { sync Value; }
    /// Stops a query.
    fn stop_query_execution(query_execution_id: IntoExpr<String> = "QueryExecutionId") -> Value
        = StopQueryExecution: "athena:stopQueryExecution" "AthenaStopQueryExecution" {}
    /// Tells how a query gets on.
    fn get_query_execution(query_execution_id: IntoExpr<String> = "QueryExecutionId") -> Value
        = GetQueryExecution: "athena:getQueryExecution" "AthenaGetQueryExecution" {}
    /// Reads the result of a query.
    fn get_query_results(query_execution_id: IntoExpr<String> = "QueryExecutionId") -> Value
        = GetQueryResults: "athena:getQueryResults" "AthenaGetQueryResults" {}
}

answers! {
    /// What Athena answers to a query.
    StartQueryExecutionOutput {
        /// The query's identifier.
        query_execution_id: String,
    }
}
