//! The Error Names that Step Functions and the services behind it report.

use super::ErrorName;

/// What is known of a predefined error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorFacts {
    /// Its name.
    pub name: ErrorName,
    /// Who can do something about it.
    pub handling: Handling,
}

/// Who can do something about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Handling {
    /// The Retriers and Catchers of the state that fails with it.
    State,
    /// The state has none; those of a Parallel or Map around it.
    Around,
    /// Nobody: the execution fails.
    Nobody,
    /// It is no error but stands for several in `ErrorEquals`.
    Wildcard,
}

/// Declares a family of errors: a type without values of interest, whose constants are the names.
macro_rules! family {
    (
        $(#[$meta:meta])*
        $family:ident { $( $(#[$error_meta:meta])* $constant:ident = $name:literal, $handling:ident; )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        #[non_exhaustive]
        pub struct $family;

        impl $family {
            $( $(#[$error_meta])* pub const $constant: ErrorName = ErrorName::predefined($name); )*

            /// All of them, with what is known of each.
            pub const CATALOGUE: &'static [ErrorFacts] = &[
                $( ErrorFacts { name: Self::$constant, handling: Handling::$handling }, )*
            ];
        }
    };
}

family! {
    /// The Error Names that the States Language and the Step Functions service define.
    ///
    /// Sources: [specification](https://states-language.net/spec.html#appendix-a), "Appendix A: Predefined Error Codes";
    /// Step Functions Developer Guide,
    /// [Handling errors](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
    States {
        /// Any error but [`States::RUNTIME`]. Stands alone, in the last Retrier or Catcher.
        ALL = "States.ALL", Wildcard;
        /// Any error but `States.Timeout`; also what a failed `.sync` job reports.
        TASK_FAILED = "States.TaskFailed", Wildcard;
        /// A task ran longer than its timeout, or missed a heartbeat. When the execution as a whole is out of time, nothing catches it.
        TIMEOUT = "States.Timeout", State;
        /// A task missed a heartbeat. The service was seen to report [`States::TIMEOUT`] instead: matching both is safe.
        HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout", State;
        /// The task may not run its code.
        PERMISSIONS = "States.Permissions", State;
        /// The execution cannot go on: a path finds nothing, a number is no integer, parameters cannot start the task. Neither
        /// retried nor caught, not even by [`States::ALL`]; it is named here to be told apart in a history.
        RUNTIME = "States.Runtime", Nobody;
        /// An input or output of more than 256 KiB. The guide says that nothing handles it; of a task's result, the service was seen
        /// to let it be caught.
        DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded", State;
        /// A JSONata expression failed: its value is missing, or of a type that its field does not take.
        QUERY_EVALUATION_ERROR = "States.QueryEvaluationError", State;
        /// A Choice matched no rule and has no default. It has no handlers of its own: a Parallel or Map around it may catch this.
        NO_CHOICE_MATCHED = "States.NoChoiceMatched", Around;
        /// A path in a Payload Template finds nothing, says the specification; the service reports [`States::RUNTIME`].
        PARAMETER_PATH_FAILURE = "States.ParameterPathFailure", State;
        /// A `ResultPath` cannot be applied, says the specification; the service's guide does not know it.
        RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure", State;
        /// An Intrinsic Function failed, says the specification; the service's guide does not know it.
        INTRINSIC_FAILURE = "States.IntrinsicFailure", State;
        /// A branch of a Parallel failed, says the specification; the service reports the error of the branch.
        BRANCH_FAILED = "States.BranchFailed", State;
        /// More items of a Map failed than it tolerates. Retrying it starts a new Map Run.
        EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold", State;
        /// A Map could not read its items.
        ITEM_READER_FAILED = "States.ItemReaderFailed", State;
        /// A Map could not write its results.
        RESULT_WRITER_FAILED = "States.ResultWriterFailed", State;
        /// An HTTP Task had no answer after 60 s, or lost its connection. See [`Http`] for the status codes.
        HTTP_SOCKET = "States.Http.Socket", State;
    }
}

family! {
    /// The errors of the Lambda service itself; a function's own errors have the name of its exception class.
    ///
    /// Sources: Step Functions Developer Guide,
    /// [Handling errors](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html) and
    /// [Handle transient Lambda service exceptions](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception).
    Lambda {
        /// The service did not answer in time. Transient: retry it.
        CLIENT_EXECUTION_TIMEOUT_EXCEPTION = "Lambda.ClientExecutionTimeoutException", State;
        /// A transient fault of the service: retry it.
        SERVICE_EXCEPTION = "Lambda.ServiceException", State;
        /// A transient fault of the service, as older clients name it: retry it.
        AWS_LAMBDA_EXCEPTION = "Lambda.AWSLambdaException", State;
        /// The request did not reach the service: retry it.
        SDK_CLIENT_EXCEPTION = "Lambda.SdkClientException", State;
        /// The function is throttled: retry it, slowly.
        TOO_MANY_REQUESTS_EXCEPTION = "Lambda.TooManyRequestsException", State;
        /// There is no such function.
        RESOURCE_NOT_FOUND_EXCEPTION = "Lambda.ResourceNotFoundException", State;
        /// The function is being made or woken up.
        RESOURCE_NOT_READY_EXCEPTION = "Lambda.ResourceNotReadyException", State;
        /// An unhandled failure of the runtime: out of memory, exit, with older runtimes the function's timeout.
        UNKNOWN = "Lambda.Unknown", State;
        /// The function ran longer than its own timeout, with newer runtimes.
        TIMED_OUT = "Sandbox.Timedout", State;
    }
}

family! {
    /// What an HTTP Task reports for an answer that is not 2xx; the constants are the common ones, and `ErrorName::new`
    /// takes the others: `States.Http.StatusCode.418`.
    ///
    /// Source: [Call HTTPS APIs](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).
    Http {
        /// 400, Bad Request.
        BAD_REQUEST = "States.Http.StatusCode.400", State;
        /// 401, Unauthorized.
        UNAUTHORIZED = "States.Http.StatusCode.401", State;
        /// 403, Forbidden.
        FORBIDDEN = "States.Http.StatusCode.403", State;
        /// 404, Not Found.
        NOT_FOUND = "States.Http.StatusCode.404", State;
        /// 409, Conflict.
        CONFLICT = "States.Http.StatusCode.409", State;
        /// 429, Too Many Requests: retry it, slowly.
        TOO_MANY_REQUESTS = "States.Http.StatusCode.429", State;
        /// 500, Internal Server Error.
        INTERNAL_SERVER_ERROR = "States.Http.StatusCode.500", State;
        /// 502, Bad Gateway: retry it.
        BAD_GATEWAY = "States.Http.StatusCode.502", State;
        /// 503, Service Unavailable: retry it.
        SERVICE_UNAVAILABLE = "States.Http.StatusCode.503", State;
        /// 504, Gateway Timeout: retry it.
        GATEWAY_TIMEOUT = "States.Http.StatusCode.504", State;
    }
}

family! {
    /// Problems with the `EventBridge` connection of an HTTP Task.
    ///
    /// Source: [Handling errors](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
    Connection {
        /// The connection is not authorized, or being deleted.
        INVALID_CONNECTION_STATE = "Events.ConnectionResource.InvalidConnectionState", State;
        /// The private connection is not active.
        INVALID_PRIVATE_CONNECTION_STATE = "Events.ConnectionResource.InvalidPrivateConnectionState", State;
        /// The state machine's role may not use it.
        ACCESS_DENIED = "Events.ConnectionResource.AccessDenied", State;
        /// There is no such connection.
        RESOURCE_NOT_FOUND = "Events.ConnectionResource.ResourceNotFound", State;
        /// It is being authorized: retry it.
        AUTH_IN_PROGRESS = "Events.ConnectionResource.AuthInProgress", State;
        /// It was changed at the same time: retry it.
        CONCURRENT_MODIFICATION = "Events.ConnectionResource.ConcurrentModification", State;
        /// A fault of the service: retry it.
        INTERNAL_ERROR = "Events.ConnectionResource.InternalError", State;
    }
}

family! {
    /// Errors of the optimised `DynamoDB` integration (`arn:aws:states:::dynamodb:…`). The SDK integration spells the prefix
    /// `DynamoDb`.
    ///
    /// Source: [Call DynamoDB APIs](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html).
    DynamoDb {
        /// The condition of a conditional write does not hold.
        CONDITIONAL_CHECK_FAILED_EXCEPTION = "DynamoDB.ConditionalCheckFailedException", State;
        /// There is no such table.
        RESOURCE_NOT_FOUND_EXCEPTION = "DynamoDB.ResourceNotFoundException", State;
        /// Any error that the integration does not tell apart.
        AMAZON_DYNAMO_DB_EXCEPTION = "DynamoDB.AmazonDynamoDBException", State;
    }
}

family! {
    /// Errors of the optimised Amazon SNS integration.
    ///
    /// Source: [Call Amazon SNS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html).
    Sns {
        /// There is no such topic.
        NOT_FOUND_EXCEPTION = "SNS.NotFoundException", State;
        /// A parameter is not valid.
        INVALID_PARAMETER_EXCEPTION = "SNS.InvalidParameterException", State;
    }
}

family! {
    /// Errors of the optimised Amazon SQS integration.
    ///
    /// Source: [Call Amazon SQS](https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html).
    Sqs {
        /// Any error that the integration does not tell apart.
        AMAZON_SQS_EXCEPTION = "SQS.AmazonSQSException", State;
        /// The request did not reach the service: retry it.
        SDK_CLIENT_EXCEPTION = "SQS.SdkClientException", State;
    }
}

family! {
    /// Errors of the optimised `EventBridge` integration.
    ///
    /// Source: [Call EventBridge](https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html).
    EventBridge {
        /// Some of the events were not put; the cause is the answer, which says which.
        FAILED_ENTRY = "EventBridge.FailedEntry", State;
    }
}

family! {
    /// Errors of starting executions with the optimised Step Functions integration. A nested execution that fails is
    /// [`States::TASK_FAILED`].
    ///
    /// Source: [Start executions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html).
    StepFunctions {
        /// There is no such state machine.
        STATE_MACHINE_DOES_NOT_EXIST_EXCEPTION = "StepFunctions.StateMachineDoesNotExistException", State;
        /// An execution of that name, with another input, exists.
        EXECUTION_ALREADY_EXISTS_EXCEPTION = "StepFunctions.ExecutionAlreadyExistsException", State;
    }
}

family! {
    /// Errors of the optimised Amazon ECS integration. A task that stops with a failure is [`States::TASK_FAILED`].
    ///
    /// Source: [Run Amazon ECS or Fargate tasks](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html).
    Ecs {
        /// The task could not be started; the cause has the failures.
        UNKNOWN = "AmazonECS.Unknown", State;
    }
}

family! {
    /// Errors of the Amazon S3 integration, an SDK integration: whatever its API calls them, they end with `Exception`.
    ///
    /// Source: [AWS SDK service integrations](https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html).
    S3 {
        /// There is no such object.
        NO_SUCH_KEY_EXCEPTION = "S3.NoSuchKeyException", State;
        /// There is no such bucket.
        NO_SUCH_BUCKET_EXCEPTION = "S3.NoSuchBucketException", State;
        /// Any error that the SDK does not tell apart.
        S3_EXCEPTION = "S3.S3Exception", State;
    }
}

/// All predefined errors that have a constant, family by family.
pub fn catalogue() -> impl Iterator<Item = &'static ErrorFacts> {
    [
        States::CATALOGUE,
        Lambda::CATALOGUE,
        Http::CATALOGUE,
        Connection::CATALOGUE,
        DynamoDb::CATALOGUE,
        Sns::CATALOGUE,
        Sqs::CATALOGUE,
        EventBridge::CATALOGUE,
        StepFunctions::CATALOGUE,
        Ecs::CATALOGUE,
        S3::CATALOGUE,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_occurs_twice() {
        let names: BTreeSet<ErrorName> = catalogue().map(|facts| facts.name).collect();
        assert_eq!(names.len(), catalogue().count());
    }

    #[test]
    fn what_nobody_handles_is_known() {
        let of = |name| catalogue().find(|facts| facts.name == name).map(|facts| facts.handling);
        assert_eq!(of(States::RUNTIME), Some(Handling::Nobody));
        assert_eq!(of(States::ALL), Some(Handling::Wildcard));
        assert_eq!(of(Lambda::UNKNOWN), Some(Handling::State));
    }
}
