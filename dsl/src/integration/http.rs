//! HTTPS APIs of anybody: the HTTP Task.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::operation::{answers, operations};
use crate::Data;
use crate::expr::{Expr, IntoExpr};

operations! {
    /// Calls an HTTPS API. The connection is one of `EventBridge`, which has the credentials. Usual parameters besides: `Headers`,
    /// `QueryParameters`, `RequestBody`, `Transform`.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// use stepwright::integration::http::{self, Method};
    /// # #[workflow] fn w(s: &mut Scope, invoice: Ref<String>) {
    /// let url = fmt!("https://api.example.com/invoices/{}", invoice);
    /// s.task(http::invoke(url, Method::Post, http::connection("${Connection}")).with("RequestBody", data!({ "paid": true })));
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// An answer other than 2xx fails the task with `States.Http.StatusCode.<status>`.
    ///
    /// Source: Developer Guide, "Call HTTPS APIs in Step Functions workflows".
    fn invoke(
        api_endpoint: IntoExpr<String> = "ApiEndpoint",
        method: IntoExpr<Method> = "Method",
        authentication: IntoExpr<Authentication> = "Authentication",
    ) -> InvokeOutput
        = Invoke: "http:invoke" "HttpInvoke" {}
}

/// The connection of `EventBridge` that an HTTP Task uses, by its ARN.
pub fn connection(arn: impl IntoExpr<String>) -> Expr<Authentication> {
    crate::data!(Authentication { connection_arn: arn.into_expr() })
}

/// The method of a request.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the methods of HTTP")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Patch,
    Head,
    Options,
}

answers! {
    /// Who makes a request: see [`connection`].
    Authentication {
        /// The ARN of a connection of `EventBridge`.
        connection_arn: String,
    }

    /// The answer to a request.
    InvokeOutput {
        /// The headers; each has a list of values.
        headers: BTreeMap<String, Vec<String>>,
        /// The body: JSON, or else a text.
        response_body: Value,
        /// The HTTP status.
        status_code: u32,
        /// The HTTP status in words.
        status_text: String,
    }
}
