//! Amazon API Gateway.

use super::http::{InvokeOutput, Method};
use super::operation::operations;
use crate::expr::IntoExpr;

operations! {
    /// Calls an API: the endpoint is `<api>.execute-api.<region>.amazonaws.com`, the method one of HTTP. Usual parameters besides:
    /// `Stage`, `Path`, `QueryParameters` and `Headers` (whose values are lists of texts), `RequestBody`, `AuthType`.
    ///
    /// An answer other than 2xx fails the task with `ApiGateway.<status>`.
    ///
    /// Source: Developer Guide, "Create API Gateway REST APIs with Step Functions".
    fn invoke(api_endpoint: IntoExpr<String> = "ApiEndpoint", method: IntoExpr<Method> = "Method") -> InvokeOutput
        = Invoke: "apigateway:invoke" "ApigatewayInvoke" { token in "RequestBody"; }
}
