//! A pool of functions: a call, and a call for each element of a list, never more than ten at a time.
//!
//! What a client library did with pickled calls over one Lambda function. What to look at:
//!
//! * **Signatures.** The function's arguments and result are Rust types, which caller and function share; they cannot drift apart,
//!   and a call may have several arguments.
//! * **Two kinds of errors.** What the service reports is retried, and told as `LambdaFunctionError`; what the function raises is its own
//!   answer, never retried, and told as `LambdaPoolError`. The policy and the handlers are said once, in `pooled`.

use stepwright::prelude::*;

/// The workers of the pool.
const WORKERS: u32 = 10;

/// One call.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// How far.
    pub n: u32,
    /// The first number, 0 in most tables.
    pub first: u64,
    /// The second number.
    pub second: u64,
}

errors! {
    /// The function has raised an error.
    pub LambdaPoolError;
    /// The service could not run the function.
    pub LambdaFunctionError;
}

/// The `n`-th number of a Fibonacci sequence.
#[task(lambda = "${FibonacciArn}", errors = [LambdaPoolError])]
pub fn fibonacci(n: u32, first: u64, second: u64) -> u64;

/// The service has transient faults and limits, which are worth another try; the function's own errors are not.
const SERVICE_FAULTS: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[
    Lambda::SERVICE_EXCEPTION,
    Lambda::AWS_LAMBDA_EXCEPTION,
    Lambda::SDK_CLIENT_EXCEPTION,
    Lambda::TOO_MANY_REQUESTS_EXCEPTION,
])
.interval_seconds(2)
.max_attempts(4)]);

/// Calls the function once.
#[workflow]
pub fn pool_apply(s: &mut Scope, call: Ref<Call>) -> Ref<u64> {
    s.task(pooled(fibonacci(call.n, call.first, call.second)))
}

/// Calls the function for each element, and gives the results in the same order.
#[workflow]
pub fn pool_map(s: &mut Scope, calls: Ref<Vec<Call>>) -> Ref<Vec<u64>> {
    s.map("Pool", calls)
        .max_concurrency(WORKERS)
        .each(|s, call| s.task(pooled(fibonacci(call.n, call.first, call.second))))
}

/// A call in the pool.
fn pooled<T: Data>(call: Task<'static, T>) -> Task<'static, T> {
    call.retry(SERVICE_FAULTS)
        .catch(LambdaPoolError, |s, error| s.fail(LambdaPoolError.as_str(), error.cause))
        .catch(States::ALL, |s, error| s.fail(LambdaFunctionError.as_str(), error.cause))
}
