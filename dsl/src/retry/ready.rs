//! Ready-made Retriers and policies, each with its source.

use super::{Retrier, RetryPolicy};
use crate::error::{Lambda, States};

impl Retrier {
    /// What AWS recommends for the transient faults of the Lambda service: after 2, 4, 8, 16, 32 and 64 s.
    ///
    /// Source: [Handle transient Lambda service exceptions](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception).
    pub const LAMBDA_SERVICE: Self = Self::on(&[
        Lambda::CLIENT_EXECUTION_TIMEOUT_EXCEPTION,
        Lambda::SERVICE_EXCEPTION,
        Lambda::AWS_LAMBDA_EXCEPTION,
        Lambda::SDK_CLIENT_EXCEPTION,
    ])
    .delays([2, 4, 8, 16, 32, 64]);

    /// For a Lambda function that is throttled: after up to 1, 2, 4, 8, 16, 30, 30 and 30 s, at random, so that many executions
    /// do not come back at the same time.
    ///
    /// Source of the name and of the advice to retry it:
    /// [Handle transient Lambda service exceptions](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception);
    /// of the jitter: [Exponential backoff and jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    /// AWS gives no numbers; these are ours.
    pub const LAMBDA_THROTTLING: Self =
        Self::on(&[Lambda::TOO_MANY_REQUESTS_EXCEPTION]).delays([1, 2, 4, 8, 16, 30, 30, 30]).full_jitter();

    /// For calls of other services, whatever they fail with but a timeout: after up to 1, 2 and 4 s, at random. What fails for good,
    /// such as a missing table, is tried three times too: [`never`](Self::never) in front of it says which errors those are.
    ///
    /// The optimised integrations have no common name for a transient fault; each service has its own
    /// (see [`error`](crate::error)). Source: [Handling errors](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
    pub const SERVICE_CALL: Self = Self::on(&[States::TASK_FAILED]).delays([1, 2, 4]).full_jitter();
}

impl RetryPolicy {
    /// For Lambda functions: [`Retrier::LAMBDA_SERVICE`], then [`Retrier::LAMBDA_THROTTLING`]. Errors of the function itself are not
    /// retried.
    ///
    /// ```
    /// use stepwright::prelude::*;
    ///
    /// const HOUSE: Conventions =
    ///     Conventions::new().retry_lambdas(RetryPolicy::LAMBDA).retry_services(RetryPolicy::SERVICE_CALL);
    /// assert_eq!(RetryPolicy::LAMBDA.schedule_of(Lambda::SERVICE_EXCEPTION).len(), 6);
    /// ```
    pub const LAMBDA: Self = Self::new(&[Retrier::LAMBDA_SERVICE, Retrier::LAMBDA_THROTTLING]);

    /// For calls of other services: [`Retrier::SERVICE_CALL`].
    pub const SERVICE_CALL: Self = Self::new(&[Retrier::SERVICE_CALL]);
}
