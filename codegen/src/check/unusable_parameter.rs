//! `SW0250`: what a service is given goes together, and is nothing that it sets itself.
//!
//! An error for the headers of an HTTP Task, which fails with `States.Runtime`. What the service makes of the others is not documented
//! but for that it does not take them; a warning.
//!
//! Developer guide: "Call HTTPS APIs", "Create API Gateway REST APIs", "Invoke and customize Amazon Bedrock models".

use serde_json::Value;

use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::check::parameters::{Given, given};
use crate::diagnostic::{Code, Finding, push_token};

/// The headers that an HTTP Task may not set, in lower case; one that ends in `-` stands for all that begin so.
const HTTP_HEADERS: &[&str] = &[
    "a-im",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-md5",
    "date",
    "expect",
    "forwarded",
    "from",
    "host",
    "http2-settings",
    "if-",
    "max-forwards",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "warning",
    "x-forwarded-",
    "x-amz-",
    "x-amzn-",
];

/// The same of a call through API Gateway.
const API_GATEWAY_HEADERS: &[&str] = &[
    "authorization",
    "connection",
    "content-md5",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "transfer-encoding",
    "trailer",
    "upgrade",
    "via",
    "www-authenticate",
    "x-forwarded-",
    "x-amz-",
    "x-amzn-",
];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for given in given(index) {
        let found = match given.action.as_str() {
            "http:invoke" => {
                let mut found = headers(&given, HTTP_HEADERS, "set a header of its own in the connection");
                found.extend(not_https(&given));
                found
            }
            "apigateway:invoke" => {
                let mut found = headers(&given, API_GATEWAY_HEADERS, "leave it out");
                found.extend(body(&given));
                found.extend(scheme(&given));
                found
            }
            "bedrock:invokeModel" => two_bodies(&given).into_iter().collect(),
            _ => continue,
        };
        found.into_iter().for_each(|finding| report.add(given.state, finding));
    }
}

/// The headers that the service sets or refuses.
fn headers(given: &Given<'_>, refused: &[&str], help: &str) -> Vec<Finding> {
    let is_refused = |name: &str| {
        let name = name.trim_end_matches(".$").to_lowercase();
        refused.iter().any(|header| name == *header || header.ends_with('-') && name.starts_with(header))
    };
    let severity = if given.action == "http:invoke" { Finding::error } else { Finding::warning };
    let headers = given.member("Headers").and_then(Value::as_object).into_iter().flatten();
    let headers = headers.map(|(name, _)| name).filter(|name| is_refused(name));
    headers
        .map(|name| {
            let mut pointer = given.at("Headers");
            push_token(&mut pointer, name);
            let message =
                format!("`{}` cannot set the header `{}`", given.action, name.trim_end_matches(".$"));
            severity(Code::UnusableParameter, pointer, message).on_key().help(help)
        })
        .collect()
}

fn not_https(given: &Given<'_>) -> Option<Finding> {
    let url = text(given, "ApiEndpoint")?;
    url.to_lowercase().starts_with("http://").then(|| {
        let message = "`http:invoke` calls `https://` addresses only";
        Finding::warning(Code::UnusableParameter, given.at("ApiEndpoint"), message)
    })
}

fn scheme(given: &Given<'_>) -> Option<Finding> {
    let host = text(given, "ApiEndpoint")?;
    let (scheme, _) = host.split_once("://")?;
    let message = format!("`ApiEndpoint` of `apigateway:invoke` is a host name, without `{scheme}://`");
    Some(Finding::warning(Code::UnusableParameter, given.at("ApiEndpoint"), message))
}

fn body(given: &Given<'_>) -> Option<Finding> {
    let method = text(given, "Method")?;
    given.member("RequestBody")?;
    ["GET", "HEAD", "DELETE", "OPTIONS"].contains(&method).then(|| {
        let message = format!("a request with the method `{method}` has no `RequestBody`");
        Finding::warning(Code::UnusableParameter, given.at("RequestBody"), message)
            .on_key()
            .help("leave it out, or write the method `POST`, `PUT` or `PATCH`")
    })
}

fn two_bodies(given: &Given<'_>) -> Option<Finding> {
    given.member("Body")?;
    let input = given.member("Input")?;
    ["S3Uri", "S3Uri.$"].iter().any(|name| input.get(name).is_some()).then(|| {
        let message = "`Body` and `Input` of `bedrock:invokeModel` exclude each other";
        Finding::warning(Code::UnusableParameter, given.at("Input"), message)
            .on_key()
            .label(given.at("Body"), "the other one")
    })
}

/// A text that is known before the state runs.
fn text<'m>(given: &Given<'m>, name: &str) -> Option<&'m str> {
    let text = given.object.get(name)?.as_str()?;
    (!is_substituted(text) && !text.starts_with("{%")).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_call(action: &str, mut given: Value, more: &Value, expected: &[&str]) {
        for (name, value) in more.as_object().into_iter().flatten() {
            given[name] = value.clone();
        }
        let resource = format!("arn:aws:states:::{action}");
        check_state(
            &json!({
                "Type": "Task", "QueryLanguage": "JSONata", "Resource": resource, "Arguments": given, "End": true
            }),
            expected,
        );
    }

    #[track_caller]
    fn check_http(more: &Value, expected: &[&str]) {
        let connection = json!({ "ConnectionArn": "${Connection}" });
        let given =
            json!({ "ApiEndpoint": "https://example.com", "Method": "GET", "InvocationConfig": connection });
        check_call("http:invoke", given, more, expected);
    }

    #[track_caller]
    fn check_gateway(more: &Value, expected: &[&str]) {
        let given = json!({ "ApiEndpoint": "a1b2.execute-api.eu-west-1.amazonaws.com", "Method": "GET" });
        check_call("apigateway:invoke", given, more, expected);
    }

    #[test]
    fn a_header_that_the_service_sets_is_reported() {
        check_http(
            &json!({ "Headers": { "If-Match": "a", "authorization": "{% $token %}", "Accept": "text/plain" } }),
            &[
                "error[SW0250] /States/A/Arguments/Headers/If-Match: `http:invoke` cannot set the header `If-Match`",
                "error[SW0250] /States/A/Arguments/Headers/authorization: \
                 `http:invoke` cannot set the header `authorization`",
                "error[SW0382] /States/A/Arguments/Headers/authorization: nothing assigns `$token`",
            ],
        );
        check_gateway(
            &json!({ "Headers": { "X-Amz-Date": ["a"], "X-Order": ["o-17"] } }),
            &["warning[SW0250] /States/A/Arguments/Headers/X-Amz-Date: \
               `apigateway:invoke` cannot set the header `X-Amz-Date`"],
        );
    }

    #[test]
    fn an_address_has_the_scheme_that_is_expected() {
        check_http(
            &json!({ "ApiEndpoint": "http://example.com" }),
            &[
                "warning[SW0250] /States/A/Arguments/ApiEndpoint: `http:invoke` calls `https://` addresses only",
            ],
        );
        check_http(&json!({ "ApiEndpoint": "{% 'http' & $states.input.rest %}" }), &[]);
        check_gateway(
            &json!({ "ApiEndpoint": "https://a1b2.execute-api.eu-west-1.amazonaws.com" }),
            &["warning[SW0250] /States/A/Arguments/ApiEndpoint: \
               `ApiEndpoint` of `apigateway:invoke` is a host name, without `https://`"],
        );
    }

    #[test]
    fn a_body_goes_with_some_methods_only() {
        check_gateway(
            &json!({ "RequestBody": { "paid": true } }),
            &["warning[SW0250] /States/A/Arguments/RequestBody: \
               a request with the method `GET` has no `RequestBody`"],
        );
        check_gateway(&json!({ "RequestBody": { "paid": true }, "Method": "PUT" }), &[]);
        check_gateway(&json!({ "RequestBody": { "paid": true }, "Method": "{% 'PUT' %}" }), &[]);
    }

    #[test]
    fn a_model_has_one_body() {
        let given = json!({ "ModelId": "m", "Body": { "prompt": "p" } });
        let input = json!({ "Input": { "S3Uri": "s3://b/k" } });
        check_call(
            "bedrock:invokeModel",
            given.clone(),
            &input,
            &["warning[SW0250] /States/A/Arguments/Input: \
               `Body` and `Input` of `bedrock:invokeModel` exclude each other"],
        );
        check_call("bedrock:invokeModel", given, &json!({}), &[]);
    }
}
