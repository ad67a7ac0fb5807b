//! The table of all codes. A number is never used again for something else.

use std::fmt::{self, Write as _};

/// What the codes of a hundred have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The first two digits, as a number: 2 for `SW02xx`.
    pub number: u16,
    /// What its codes are about.
    pub title: &'static str,
}

/// Declares the groups and their codes. An entry is `number Name: "title", "explanation";`, the explanation in Markdown.
macro_rules! codes {
    ($(
        $group:literal $group_title:literal {
            $( $number:literal $name:ident: $title:literal, $explanation:literal; )*
        }
    )*) => {
        /// The kind of a problem, with its number and its page in the reference.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( $( #[doc = concat!("`SW", $number, "`: ", $title, ".")] $name, )* )*
        }

        impl Code {
            /// Every code in ascending order.
            pub const ALL: &'static [Code] = &[$( $( Code::$name, )* )*];

            /// `SW` and four digits.
            pub fn id(self) -> &'static str {
                match self { $( $( Code::$name => concat!("SW", $number), )* )* }
            }

            /// What the problem is, in one line.
            pub fn title(self) -> &'static str {
                match self { $( $( Code::$name => $title, )* )* }
            }

            /// Why it is a problem and what to do, a paragraph of Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $( $( Code::$name => $explanation, )* )* }
            }

            /// The group it belongs to.
            pub fn group(self) -> Group {
                match self { $( $( Code::$name => Group { number: $group, title: $group_title }, )* )* }
            }
        }
    };
}

codes! {
    1 "Building a workflow" {
        "0101" Unfinished: "a builder was never finished",
            "`choice`, `parallel`, `map` and `repeat` begin a state that is added only by their last call: `.otherwise(…)` \
             or `.or_fail()`, `.join()`, `.each(…)`, `.until(…)` or `.as_long_as(…)`.";
        "0102" NoWholeSeconds: "a duration is no whole number of seconds",
            "Step Functions counts whole seconds.";
        "0103" BadSavePath: "a path for a result is no path",
            "`save_as` takes the names of fields, separated by dots and without `$`: `results.tarball`. In JSONata it takes \
             the name of one variable: a letter, then letters, digits and `_`, at most 80, and not that of a function of \
             JSONata or of a variable of an outer scope.";
        "0104" MisplacedLabel: "a label is not placed exactly once",
            "A label made with `forward_label` is placed once, with `place`, in the scope in which it was made.";
        "0105" SecondEnd: "a scope has one end state, declared in its outermost body",
            "`ends_as` and `end_with` are called once in a scope, and not inside a branch of a Choice or an error handler.";
        "0106" NoJson: "a Rust value cannot be written as JSON",
            "serde could not serialize a constant, for example a map whose keys are no text, or a number that is infinite.";
        "0107" NoSuchState: "a state's name is passed as data, but there is no such state",
            "Where a task is given a `StateName`, a state of that name must exist in the machine.";
        "0108" NothingToComment: "a comment belongs to no state",
            "`Scope::comment` is about the state that was added last in the same closure; a loop, a label and a jump are no states.";
        "0120" NoJsonata: "a text is no JSONata",
            "The text of `jsonata!` or `jsonata(…)` cannot be parsed. The language is JSONata 2.0.6, without `??` and `?:`.";
        "0121" EscapedParameter: "the parameter of a closure is read outside of it",
            "What a closure over a list is given stands for an item only inside of the closure. What is needed outside, the closure \
             returns.";
        "0140" ParameterTwice: "a parameter of a task is given twice",
            "A parameter that the operation's function takes cannot be given once more with `.with(…)`.";
        "0141" ParameterOfNoObject: "a parameter has no object to be added to",
            "`.with(…)` adds to parameters that are written in place: by the arguments of an operation's function, or with `data!`. A reference to a value is taken as it is.";
        "0142" WaitsForExpress: "a job cannot be waited for, because it is an Express workflow",
            "`startExecution.sync` asks for the state of the execution, which the service tells of Standard executions only. An Express \
             workflow is run by `startSyncExecution`, whose answer says how it ended.";
        "0160" SelectsLate: "a result is selected too late, or twice",
            "`select_result` says what a task's result is. It is called once, before `catch`, whose handlers give a value of that type.";
        "0170" BadVariableName: "the name of a variable is no name",
            "The name that `var` gives a variable is a letter, then letters, digits and `_`, at most 80 of them.";
        "0180" Prototype: "a task is a prototype",
            "`.prototype(…)` or `#[task(prototype)]` makes the state a Pass that gives a sample, until there is something to \
             run. The warning is there so that nobody deploys it unknowingly.";
    }
    2 "Structure" {
        "0201" DuplicateStateName: "a state name is used twice",
            "State names are unique in the whole machine, nested branches and item processors included. The service \
             rejects the definition with `DUPLICATE_STATE_NAME`. Give one of the states another name.";
        "0202" BadStateName: "a state name is empty or too long",
            "A state name has 1 to 80 Unicode characters.";
        "0203" UnreachableState: "a state can never be reached",
            "No transition leads to the state: neither `StartAt` nor the `Next`, `Default`, Choice Rules or Catchers of \
             a state that can be reached itself. The service rejects such a machine. Only the states with which the \
             unreachable part begins are reported.";
        "0204" UnknownTarget: "a transition leads nowhere",
            "`StartAt`, `Next` and `Default` name a state of the same `States` object. A transition cannot cross the \
             boundary of a Parallel branch or a Map's item processor, in either direction.";
        "0205" NoTerminalState: "a scope cannot end",
            "Every `States` object has at least one terminal state: `Succeed`, `Fail`, or one with `\"End\": true`. The \
             service rejects the definition with `MISSING_END_STATE`.";
        "0206" EndlessLoop: "a loop has no way out",
            "From these states no terminal state can be reached, so an execution that gets there runs until it is \
             stopped, times out, fails, or its history is full. The service accepts it.";
        "0207" NextOrEnd: "a state needs either `Next` or `\"End\": true`",
            "A Task, Pass, Wait, Parallel or Map state names the state that follows or ends its scope, and does not do \
             both.";
        "0208" MisplacedField: "a field does not belong to this type of state",
            "The specification lists for each state type which of the common fields it takes: a Fail state has neither \
             input nor output, Succeed and Fail assign no variables, Choice, Succeed and Fail have no `Next` of their own.";
        "0209" WaitFor: "a Wait state needs exactly one time to wait for",
            "A Wait state has exactly one of `Seconds`, `Timestamp`, and in JSONPath `SecondsPath` and `TimestampPath`.";
        "0210" Empty: "something is empty that may not be",
            "`States`, the `Choices` of a Choice, the operands of `And` and `Or`, and the `Branches` of a Parallel state \
             have at least one element.";
        "0211" ExclusiveFields: "two fields exclude each other",
            "A constant and its `…Path` twin cannot both be given, nor a field and its deprecated older form \
             (`ItemProcessor` and `Iterator`, `ItemSelector` and `Parameters` of a Map).";
        "0212" NoItemProcessor: "a Map state has nothing to do",
            "A Map state has an `ItemProcessor`, or the older `Iterator`.";
        "0240" UnknownResource: "a `Resource` names a service or an action that does not exist",
            "Step Functions has optimised integrations for some operations of some services, `arn:aws:states:::sqs:sendMessage`, and calls \
             all others through the AWS SDK, `arn:aws:states:::aws-sdk:s3:getObject`. It refuses a definition that names another.";
        "0241" UnsupportedPattern: "an integration cannot be waited for like this",
            "`.sync` waits for the end of a job, `.waitForTaskToken` for somebody's answer. Each integration supports some of them; those of \
             the AWS SDK have no `.sync`.";
        "0242" NoTaskToken: "a task waits for its token, but gives it to nobody",
            "A task whose `Resource` ends in `.waitForTaskToken` ends when its token is answered. The token, `$$.Task.Token` or \
             `$states.context.Task.Token`, must be in its parameters, or nobody knows it. The service accepts the definition; the task \
             then waits for its timeout.";
        "0243" UnknownParameter: "a service has no such parameter",
            "A task that calls a service, `arn:aws:states:::sqs:sendMessage`, gives it parameters by the names that the service's API has, \
             but always with a capital first letter: `QueueUrl`. The service rejects a definition with names that it does not know. It is a \
             warning because services learn new ones.";
        "0244" MissingParameter: "a parameter that a service requires is missing",
            "The API requires the parameter, so the definition is rejected, or the call fails whenever the state runs. For calls through \
             the AWS SDK it is a warning: an API may come to require less.";
        "0245" ParameterType: "a parameter is of another type than the service takes",
            "The API takes another JSON type there: an array where a text stands, an object where a number stands. What it takes as text \
             may be any JSON, which Step Functions writes as text.";
        "0246" ParameterWord: "a parameter has none of the words that the service knows",
            "The API takes one of a few words, written exactly as listed. It is a warning because services learn new ones.";
        "0247" ParameterBounds: "a parameter is too long, too short, too small or too large",
            "The API limits the number, the length of the text, or how many elements there are.";
        "0248" DefinitionSize: "a definition is too long",
            "A definition has at most 1048576 characters. The service rejects a longer one. White space counts there, but not here.";
        "0249" LateWait: "a Wait ends after the execution",
            "A Standard execution ends after the machine's `TimeoutSeconds`, and after a year in any case. A Wait that takes longer never \
             ends; the service accepts it.";
        "0250" UnusableParameter: "a parameter is one that the service cannot use here",
            "Some parameters exclude each other, and some have a form that their type does not tell: an HTTP Task and API Gateway set some \
             headers themselves and refuse them, a request with the method `GET` has no body, an address has a scheme or none. An HTTP \
             Task with such a header fails with `States.Runtime`, which nothing catches; other calls the service does not take.";
        "0251" MapSetup: "a Distributed Map is not told what to read, batch or write",
            "`ItemReader` and `ResultWriter` say where in Amazon S3, and in which format; `ItemBatcher` says how large a batch is. What does \
             not go together with the format is not used, or fails with `States.ItemReaderFailed`.";
        "0252" InlineMap: "a Map is set up as a distributed one, and is none",
            "`Label`, `ItemReader`, `ItemBatcher` and `ResultWriter` are for Distributed Maps. A Map is one if the `ProcessorConfig` of its \
             `ItemProcessor` has the `Mode` `DISTRIBUTED`, and then it says with `ExecutionType` what its child executions are.";
        "0253" ForeignError: "a service does not raise this error",
            "The errors of a service have names with a prefix of its own: those of the AWS SDK one such as `DynamoDb.`, and they all end with \
             `Exception`, whatever the API calls them (`S3.NoSuchKeyException`); optimised integrations may spell it in another way, \
             `DynamoDB.`. Other names in the Retriers and Catchers of a task that only asks the service have no effect.";
        "0254" DataSize: "constants are larger than the data of a state may be",
            "What a state is given and what it gives has 256 KiB at most, and so have a variable and all that a state assigns. More fails with \
             `States.DataLimitExceeded`.";
        "0255" FullHistory: "a loop does not fit into the history",
            "The history of a Standard execution holds 25000 events, and the execution fails when it is full. Each state writes at least two, \
             a task five. The number of rounds is known where a variable is given a number, only counted up, and compared with a number, \
             and nothing else leads out of the loop.";
        "0260" BadMapLabel: "the label of a Map cannot be one",
            "`Label` is part of the ARN of the Map Run: 1 to 40 characters, no white space, control characters, or any of \
             ``? * < > { } [ ] : ; , \\ | ^ ~ $ # % & ` \"``. The service rejects the definition with `INVALID_LABEL_NAME`.";
        "0261" DuplicateMapLabel: "two Maps have the same label",
            "`Label` is unique in the whole machine, nested Maps included. The service rejects the definition with \
             `DUPLICATE_LABEL_NAME`.";
        "0280" NotInExpress: "an Express workflow cannot do this",
            "Express workflows start a service's work and go on: they do not wait for a job (`.sync`), a callback \
             (`.waitForTaskToken`) or an activity, and have no Distributed Maps. The service rejects the definition. Make \
             the workflow a Standard one, or let a Standard one do this part.";
        "0281" ExpressDuration: "an Express execution ends before this does",
            "Express executions run for five minutes at most, and then end with `States.Timeout`. A longer wait never ends; \
             a longer timeout never comes.";
    }
    3 "Values and scopes" {
        "0301" NumberOutOfRange: "a number is out of range",
            "The service limits numbers: `Seconds` of a Wait state to 0 to 99999999, `ToleratedFailurePercentage` to 0 to \
             100, `MaxItems` to 0 to 100000000, `MaxItemsPerBatch` to at least 1, `MaxInputBytesPerBatch` to 1 to 262144.";
        "0302" StaleValue: "a value is read after its place was overwritten",
            "A reference stands for the value that a state gave. When a later state writes to the same variable or path, the \
             old value is gone. Save one of them elsewhere, or read before it is overwritten.";
        "0303" MaybeUnassigned: "a value is read that not every path has assigned",
            "The state that reads it can be reached without passing through the state that gives the value: around it, or \
             through one of its Catchers. Let the handler give a value of its own, or end with `s.fail(…)`.";
        "0304" OutOfScope: "a value of another scope is read",
            "What a Parallel branch or an iteration of a Map makes is gone when it ends, but for the value that it returns; \
             and a reference belongs to the workflow in which it was made.";
        "0305" MissingInDocument: "the document has no such field here",
            "A task is given the document of its scope as a type that requires a field, or a field of the document is read, \
             but there is a path to the state on which nothing has written it.";
        "0306" WrongScopeValue: "a Succeed state gives a value of another type than its scope",
            "The output of `succeed_with` is the value of the whole scope, so it has the type that the scope returns.";
        "0307" NotGiven: "a value is read that the scope is not given",
            "In JSONPath, the states of a Map or of a Parallel with an input of its own see only what they are given; so do, in \
             both languages, the child executions of a distributed Map that are given batches. A template that is an object \
             is extended by what they read; any other is not.";
        "0308" CrossingJump: "a jump leaves its scope",
            "A `goto` stays within its Parallel branch, its Map iteration or the outermost scope.";
        "0370" ForeignVariable: "a variable of another scope is set",
            "On AWS an inner scope reads the variables of the scopes around it but must not assign them: a variable is set only in the \
             scope that made it, not in a Parallel branch, an iteration of a Map or the body of `ensure` inside of it. Return the new \
             value from the closure, and set the variable after it.";
        "0380" BadVariableKey: "an `Assign` names no variable",
            "A variable's name is a letter, then letters, digits and `_`, at most 80 characters, and not `states`. A part of a \
             variable, `order.total`, cannot be assigned. The service rejects the definition.";
        "0381" InnerAssignment: "an inner scope assigns a variable of an outer one",
            "A Parallel branch or an iteration of a Map reads the variables of the scopes around it, but must not assign them: the \
             service rejects the definition. Take another name, or give the value back as output and assign it after the state.";
        "0382" UnassignedVariable: "a variable is read that nothing assigns",
            "No state of the scope, or of a scope around it, has an `Assign` with that name. What a branch or an iteration assigns \
             ends with it, and branches do not see each other's variables. A JSONPath state fails with `States.Runtime`; in \
             JSONata the variable is undefined.";
        "0383" NotYetAssigned: "a variable is read before anything can have assigned it",
            "There is an `Assign` with that name, but on no path to the state that reads it. What a state assigns can be read from the next \
             state on: everything in one state is evaluated with the variables as they were when it was entered.";
        "0384" MaybeNotAssigned: "a variable is read that not every path assigns",
            "The state can be reached without passing an `Assign` of the variable: around it, or through a Catcher, which assigns \
             what its own `Assign` says and not what the state's does. Assign a default where the scope begins. A variable that \
             some state tests with `$exists(…)` or `IsPresent` is not reported.";
        "0385" DistributedVariable: "a child execution reads a variable of its parent",
            "The states in a Map whose mode is `DISTRIBUTED` run as executions of their own and see no outer variables. Hand the \
             value on with `ItemSelector`, or with `BatchInput` of `ItemBatcher`: those are evaluated outside.";
    }
    4 "Retry, Catch and timeouts" {
        "0401" NoErrorNames: "a Retrier or Catcher is for no error",
            "`ErrorEquals` has at least one Error Name; `States.ALL` stands for nearly all of them.";
        "0402" StatesAll: "`States.ALL` stands alone and last",
            "`States.ALL` is the only Error Name of its Retrier or Catcher, and that is the last one in the array.";
        "0403" RetryNumber: "a number of a Retrier is out of range",
            "`IntervalSeconds` is 1 to 99999999, `MaxAttempts` 0 to 99999999, `BackoffRate` at least 1, \
             `MaxDelaySeconds` 1 to 31622400.";
        "0404" ShadowedError: "an Error Name is never matched here",
            "Retriers and Catchers are scanned in order and the first match is used, so an Error Name that an earlier one \
             lists has no effect.";
        "0405" UnknownErrorName: "a reserved Error Name does not exist",
            "Error Names that begin with `States.` are reserved, and this is none of them, so it matches nothing.";
        "0406" TimeoutRange: "a timeout is out of range",
            "`TimeoutSeconds` and `HeartbeatSeconds` are 1 to 99999999 seconds.";
        "0407" HeartbeatNotShorter: "a heartbeat is not shorter than the timeout",
            "`HeartbeatSeconds` is less than `TimeoutSeconds`; otherwise the timeout always comes first.";
        "0480" UnraisedError: "a task does not raise this error",
            "The task declares its errors (`#[task(errors = […])]`), and this is none of them, nor one that the service \
             reports for the task. Declare it, or mend its name.";
        "0481" UncatchableError: "this error can be neither retried nor caught",
            "`States.Runtime` fails the execution, whatever the Retriers and Catchers say. What raises it is a mistake in the \
             definition or in the data: prevent it with a Choice state, or by narrowing what may be missing.";
        "0482" CoveredHandler: "a Retrier or Catcher is never used",
            "Retriers and Catchers are scanned in order and the first match is used. `States.TaskFailed` matches every error \
             that a task reports but a timeout, so what stands after it for such errors has no effect. Move it to the front.";
    }
    5 "Query languages" {
        "0501" WrongLanguage: "a field belongs to the other query language",
            "A state is written in JSONPath or in JSONata: its own `QueryLanguage`, otherwise the machine's, otherwise \
             JSONPath. `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath`, the `…Path` fields and the \
             operators of Choice Rules are JSONPath; `Arguments`, `Output`, `Items`, `Condition` and `{% … %}` expressions \
             are JSONata. States nested in a Map or Parallel state follow the machine, not that state.";
        "0502" JsonPathInJsonata: "a JSONPath state in a JSONata machine",
            "Single states of a JSONPath machine may use JSONata, but where the machine's `QueryLanguage` is JSONata, all \
             states use it.";
        "0503" NotInJsonPath: "JSONPath cannot say this",
            "JSONPath selects values and has 18 intrinsic functions; it cannot multiply, compare outside of a Choice state, or \
             give a default for a missing value. Write the state in JSONata, `s.in_jsonata().task(…)`, or compute the value before it, \
             `s.compute(\"…\", …)`; or write the whole workflow in JSONata.";
        "0504" NotInJsonata: "JSONata has no such thing",
            "In JSONata values live in variables: there is no document that all states of a scope share.";
        "0505" MaybeMissing: "JSONPath cannot read a value that may be missing",
            "A Path that finds nothing fails the execution with `States.Runtime`, which nothing catches. Narrow the value with \
             `s.when_some(…)`, or say with `.assume_some(…)` why it is there.";
        "0510" BadPath: "a Path cannot be read",
            "A Path starts with `$` (the input), `$$` (the Context Object) or `$name` (a variable), and goes on with `.name`, \
             `['name']`, `[0]`, and where more than one value may match `[*]`, `[1:3]`, `..name` and `[?(@.price > 10)]`. A name \
             with spaces needs the brackets. Calls of Intrinsic Functions stand in Payload Templates only.";
        "0511" NotReferencePath: "a Reference Path can match more than one value",
            "A Reference Path leads to one place: it has names and indices only, no `*`, `..`, slice, filter or function. \
             `ResultPath` writes there, so it must be one, and one into the input: the Context Object cannot be changed, and variables \
             are assigned with `Assign`. For other fields the specification wants one too.";
        "0512" BadCall: "a call of an Intrinsic Function cannot be read",
            "A call is `States.Name(argument, …)`. An argument is a text in apostrophes, a number, `true`, `false`, `null`, a Path or a \
             call. In a text only `\\'`, `\\{`, `\\}` and `\\\\` are escapes. The service rejects the definition.";
        "0513" CallArguments: "an Intrinsic Function cannot work with its arguments",
            "The function takes another number of arguments, or a constant among them is of another kind than it takes.";
        "0514" CallNesting: "calls of Intrinsic Functions are nested too deeply",
            "Calls in calls go ten deep at most. Take the inner part into a state of its own.";
        "0515" BadTemplateField: "a field with `.$` has nothing to evaluate",
            "In a Payload Template the value of a field whose name ends in `.$` is a Path or a call of an Intrinsic Function, as a \
             string without spaces around it. A constant stands under a name without `.$`.";
        "0516" LiteralPath: "a text looks like a Path or an expression, and is not evaluated",
            "In a Payload Template only fields whose names end in `.$` are evaluated; this one gives the text as it stands. In \
             JSONata only what stands between `{%` and `%}` is evaluated, without spaces around it, and a name with `.$` is a name. The service \
             accepts it.";
        "0517" BadExpression: "JSONata cannot be read",
            "What stands between `{%` and `%}` is JSONata 2.0.6, without `$eval`, and without `??` and `?:`, which are newer. A string \
             that begins with `{%` also ends with `%}`.";
        "0518" UnknownFunction: "a function does not exist",
            "The name is none of JSONata's functions, of those that Step Functions adds (`$partition`, `$range`, `$hash`, `$random`, \
             `$uuid`, `$parse`), or of one that the expression defines. Variables of the machine hold no functions.";
        "0519" StatesMember: "`$states` has no such member here",
            "`$states.input` and `$states.context` are everywhere; `$states.result` is in `Output` and `Assign` of Task, Parallel and \
             Map states; `$states.errorOutput` is in `Output` and `Assign` of a Catcher. The service rejects other uses.";
        "0520" BoundStates: "an expression binds `$states`",
            "`$states` is what the service gives. A local variable of an expression has another name.";
        "0521" NoInputDocument: "an expression reads an input document",
            "In the States Language JSONata has no input document: at the top level `$`, `$$` and bare names such as `order.id` read \
             from nothing. Write `$states.input.order.id`, or `$order.id` for a variable. Within a path, a predicate or a function, \
             `$` and names mean the value at hand and are fine.";
        "0522" UnknownContextField: "the Context Object has no such field",
            "The Context Object has `Execution`, `StateMachine`, `State`, and in their places `Task` and `Map`.";
        "0523" NoSuchContext: "the Context Object has no such field here",
            "`Map` is there for the items of a Map state, and `Task.Token` in a Task whose `Resource` ends in `.waitForTaskToken`.";
        "0524" BadTimestamp: "a timestamp is none",
            "A timestamp is written as RFC 3339 says, with an upper-case `T` and a zone: `2026-03-14T01:59:00Z`. The service rejects \
             the definition.";
    }
    6 "Reading definitions" {
        "0601" InvalidJson: "the text is no JSON",
            "The file cannot be parsed. A definition is a JSON object; JSON has no comments and no trailing commas.";
        "0602" UnknownField: "a field is unknown",
            "The language has no field of that name at that place. The service rejects unknown fields.";
        "0603" DuplicateKey: "a key occurs twice in an object",
            "Which of the two counts is not defined, so one of them has to go. In `States` it means that two states have \
             the same name.";
        "0604" MissingField: "a required field is missing",
            "The specification requires the field.";
        "0605" WrongType: "a field has the wrong type",
            "The value is of another JSON type than the field takes, or a fraction or negative where a whole number is \
             expected.";
        "0606" UnknownWord: "a field has none of its possible values",
            "The field takes one of a few words, written exactly as listed.";
        "0607" BadTest: "a Choice Rule is no test",
            "A Choice Rule has either a `Condition` (JSONata), or one of `And`, `Or`, `Not`, or a `Variable` with exactly one \
             operator.";
    }
    7 "Data flow" {
        "0701" NothingThere: "nothing is there to be read",
            "On every way to this state the data lacks what is read, so the state fails with `States.Runtime` (JSONPath) or \
             `States.QueryEvaluationError` (JSONata) whenever it runs. The finding says what made the data as it is: often a \
             state without `ResultPath`, whose result replaces the whole document.";
        "0702" MayBeMissing: "on one way here there is nothing to be read",
            "One of the ways to this state does not make what it reads, usually the one on which an error was caught. A Choice \
             with `IsPresent` in between, or a default value on that way, would help.";
        "0703" WrongValue: "a field gets a value that it cannot take",
            "Whatever way leads to this state, the value is of a type with which the state fails: a text to wait for in seconds, \
             an object where a Map needs an array.";
        "0704" WrongArgument: "a function gets a value that it cannot take",
            "Whatever way leads to this state, the argument is of a type with which the call fails.";
        "0705" NeverTrue: "a test is never true",
            "The value is of another type than the operator compares, which is no error for the service: the rule is just never \
             chosen.";
        "0706" NoRuleMatches: "no rule of a Choice can match",
            "Whatever way leads to this state, none of its rules is true, and there is no `Default`: it fails with \
             `States.NoChoiceMatched`.";
        "0707" ResultBelowValue: "a `ResultPath` leads below a value that is no object",
            "The result has to be put into an object, but the value there is none, so that the state fails with \
             `States.ResultPathMatchFailure`.";
        "0708" WrongOperand: "an operator gets a value that it cannot take",
            "Whatever way leads to this state, the value is of a type with which the expression fails with \
             `States.QueryEvaluationError`: text that is added, an object that is compared.";
        "0709" UndeclaredField: "a field is read that the type of the value does not have",
            "The type of the input or of a task's result, as Rust or a JSON schema has it, says which fields there are, and this is none \
             of them. Types let other fields through, so it may be there; likely it is misspelt. A field that is meant belongs in the \
             type. Whether it is there can be asked without a warning: `IsPresent`, `$exists`.";
        "0710" WrongArgumentCount: "a function in JSONata gets too few or too many arguments",
            "No function ignores arguments, and only some have optional ones, so the expression fails with `States.QueryEvaluationError` \
             whenever it is evaluated.";
    }
    8 "Advice" {
        "0801" NoTimeout: "nothing ends a task that hangs",
            "Neither the task nor the machine has `TimeoutSeconds`, and there is no heartbeat. A task that does not answer then keeps the \
             execution open for up to a year. Advice is given by `cargo xtask check --advice` only.";
        "0802" NoTimeoutForAnswer: "a task waits for an answer for up to a year",
            "A task with `.waitForTaskToken` or an activity ends when somebody answers. Where nobody does, only a timeout ends it: \
             `TimeoutSeconds`, or `HeartbeatSeconds` where who works on it says so from time to time.";
        "0803" NoTransientRetry: "a function is not called again after errors that pass",
            "Lambda itself fails from time to time, with `Lambda.ServiceException`, `Lambda.AWSLambdaException` and \
             `Lambda.SdkClientException`. AWS advises to retry them, and `Lambda.TooManyRequestsException`.";
        "0804" LateRetry: "the execution ends before all attempts are made",
            "The delays of a Retrier, and its attempts where they run into the task's timeout, take longer than the machine's \
             `TimeoutSeconds`, or than an execution lasts at most: a year, or as an Express one five minutes. No Catcher sees the timeout of \
             the machine.";
        "0805" DeprecatedField: "a field is deprecated",
            "`Iterator` of a Map is now `ItemProcessor`, and its `Parameters` are `ItemSelector`. The service still takes the older \
             names; the specification advises against them.";
        "0806" MapConcurrency: "a Map runs fewer iterations at a time than it asks for",
            "Whatever `MaxConcurrency` says, an inline Map runs at most 40 iterations at the same time, and a Distributed Map 10000.";
        "0807" UnexportedResults: "a Distributed Map keeps all results",
            "The output of a state holds 256 KiB. The results of many items are more, and the Map then fails with \
             `States.DataLimitExceeded`. A `ResultWriter` writes them to files.";
        "0808" ManyAttempts: "the retries of a task do not fit into the history",
            "The history of a Standard execution holds 25000 events, and the execution fails when it is full. Each attempt of a task \
             or a Map writes at least three, and one of a Parallel two.";
        "0809" GrowingData: "data grows in every round of a loop",
            "The data of a state holds 256 KiB, and so does a variable. What a loop adds to in every round and nothing empties, is full in \
             the end, and the state fails with `States.DataLimitExceeded`.";
        "0810" CopiedInput: "an output holds the same data several times",
            "What the branches of a Parallel or the iterations of a Map give is put into one array. Where each of them hands on all that it was \
             given, and adds its own, the array holds the whole input once for each, and 256 KiB are soon full.";
        "0811" UncaughtRuntime: "`States.ALL` does not match what may fail here",
            "A Path that finds nothing fails the execution with `States.Runtime`, whatever the Retriers and Catchers say: `States.ALL` matches all \
             errors but that one. One of the ways to the state does not bring what it reads.";
        "0812" LongLoop: "a loop may not fit into the history",
            "The history of a Standard execution holds 25000 events, and the execution fails when it is full. If nothing else ends the loop before \
             its counter does, its rounds write more.";
        "0813" UselessHeartbeat: "nobody sends a heartbeat for this task",
            "A heartbeat is sent by who has the token of a task (`.waitForTaskToken`), or by a worker of its activity. A function or a service that \
             is asked and answers sends none.";
        "0814" LateTimeout: "a timeout never comes",
            "The execution, or the service, ends before the timeout of the task. Where the machine's `TimeoutSeconds` is over, the execution ends, \
             and no Catcher sees it.";
        "0815" AbsentError: "a task never fails with this error",
            "Some predefined errors come of one kind of state only, or of a field that is not there: `States.Timeout` of `TimeoutSeconds`, \
             `States.QueryEvaluationError` of JSONata. That a function runs out of its own time is an error of Lambda.";
        "0816" ReservedError: "an error is called as only those of the service are",
            "Error Names that begin with `States.` are reserved for the errors that the language and the service define. Who reads of one looks for \
             the reason elsewhere, and one of that name may come to mean something.";
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The reference of all diagnostics, in Markdown: after an introduction each code with its explanation, and what is to be said of it
/// by example.
pub fn reference(introduction: &str, example: impl Fn(Code) -> String) -> String {
    let mut text = format!("# Diagnostics\n\n{introduction}");
    let mut group = None;
    for code in Code::ALL {
        if group.replace(code.group()) != Some(code.group()) {
            write!(text, "\n## SW{:02}xx: {}\n", code.group().number, code.group().title)
                .expect("invariant: writing to a string does not fail");
        }
        write!(text, "\n### {}: {}\n\n{}\n{}", code.id(), code.title(), code.explanation(), example(*code))
            .expect("invariant: writing to a string does not fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Code, reference};

    #[test]
    fn numbers_are_unique_ascending_and_in_their_group() {
        assert!(Code::ALL.is_sorted_by(|a, b| a.id() < b.id()));
        for code in Code::ALL {
            assert_eq!(code.id()[2..4], format!("{:02}", code.group().number));
        }
    }

    #[test]
    fn titles_are_clauses_and_explanations_sentences() {
        for code in Code::ALL {
            assert!(!code.title().ends_with('.'), "{code}");
            assert!(code.explanation().ends_with('.'), "{code}");
            assert!(!code.explanation().contains("  "), "{code}");
        }
    }

    #[test]
    fn the_reference_has_a_section_for_every_code() {
        let text = reference("", |_| String::new());
        for code in Code::ALL {
            assert!(text.contains(&format!("\n### {}: {}\n\n", code.id(), code.title())));
        }
    }
}
