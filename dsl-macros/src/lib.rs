//! The macros of `stepwright`, which re-exports them all: use them from there.
//!
//! | macro | what it makes |
//! |---|---|
//! | [`derive(Data)`](macro@Data) | typed references to the fields of a type that travels as JSON |
//! | [`#[task]`](macro@task) | a constructor of Task states, from a function signature |
//! | [`#[workflow]`](macro@workflow) | a workflow, from a function that adds states to a scope |
//! | [`choose!`] | a Choice state that takes an enum apart |
//! | [`cond!`], [`expr!`] | expressions over such references, from ordinary Rust |
//! | [`fmt!`] | a text with such references in it |
//! | [`data!`] | an object with such references in it, or free-form JSON |
//! | [`jsonata!`] | a text in JSONata with such references in it |
//!
//! The macros know Rust and nothing of Amazon States Language: what they write are tables and calls into
//! `stepwright`. Each reports all that is wrong at once, on the tokens to change.

mod arn;
mod attr;
mod case;
mod choose;
mod data;
mod duration;
mod errors;
mod expr;
mod function;
mod names;
mod suggest;
mod task;
#[cfg(test)]
mod tests;
mod workflow;

use proc_macro::TokenStream;

/// Makes a type one that travels as JSON between the states of a workflow.
///
/// ```ignore
/// /// What the shop sends us.
/// #[derive(Data, Serialize, Deserialize, JsonSchema)]
/// #[serde(rename_all = "camelCase")]
/// pub struct Order {
///     /// The number on the invoice.
///     pub id: String,
///     pub total: f64,
///     #[serde(default)]
///     pub gift: bool,
///     pub coupon: Option<String>,
/// }
/// ```
///
/// A `Ref<Order>` then has the fields of `Order`, each a reference: `order.id` is a `Ref<String>`, and a typo in it is
/// rustc's own error. [`data!`] builds an `Expr<Order>`.
///
/// # Types
///
/// | type | JSON | its reference |
/// |---|---|---|
/// | struct with named fields | object | has one field for each |
/// | newtype, `#[serde(transparent)]` struct | that of the inner type | that of the inner type |
/// | enum whose variants have no data | string | compared with `==`, taken apart with [`choose!`] |
/// | enum with `#[serde(tag = "…")]`, with or without `content` | object | taken apart with [`choose!`] |
///
/// Unit and tuple structs, other enums with data and unions are errors; so are lifetimes, since such data is owned. Type
/// parameters are bounded by `Data`. `Serialize`, `Deserialize` and `JsonSchema` are needed too.
///
/// # Serde's attributes
///
/// The names in JSON are serde's: `rename` and `rename_all` are followed and must be the same for both directions.
/// A field that may be missing from the JSON is honest about it:
///
/// | attribute of a field | its reference | in `data!` |
/// |---|---|---|
/// | none | `Ref<T>` | `Expr<T>` |
/// | `default` (or on the struct), `skip_serializing_if`, `T` not an `Option` | `Ref<Option<T>>` | `Expr<T>` |
/// | `skip_serializing_if = "Option::is_none"` | `Ref<Option<T>>` | left out of the object when there is no value |
/// | `skip_deserializing` | `Ref<T>` | none |
/// | `skip`, `skip_serializing` | none | none |
///
/// What would give the JSON a form that the type does not show is an error: `flatten`, `untagged`, `tag` and `content` of a struct,
/// `with`, `serialize_with`, `deserialize_with`, `from`, `try_from`, `into`, `remote`, `getter`, `borrow`.
///
/// # Attributes
///
/// `#[stepwright(crate = path)]` on the type says where the `stepwright` crate is; `::stepwright` by default.
#[proc_macro_derive(Data, attributes(stepwright))]
pub fn data_derive(item: TokenStream) -> TokenStream {
    data::derive(item.into()).into()
}

/// Makes a constructor of Task states from a function without a body.
///
/// ```ignore
/// /// Charges the card on file.
/// #[task(
///     lambda = "arn:aws:lambda:eu-west-1:123456789012:function:charge-card",
///     errors = [CardDeclined],
///     timeout = "30m",
/// )]
/// pub fn charge_card(amount: f64, order_id: String) -> Charge;
///
/// let charge = s.task(charge_card(order.total, order.id));
/// ```
///
/// Each parameter takes whatever is an expression of its type: a reference, a literal, an [`expr!`]. The result has the
/// type that the function returns.
///
/// # Keys
///
/// | key | value |
/// |---|---|
/// | `lambda` | the ARN of a Lambda function, called directly |
/// | `lambda_invoke` | the name or ARN of a Lambda function, called through Lambda's `Invoke` |
/// | `activity` | the ARN of an activity |
/// | `prototype` | alone, or with a sample of the output: every use of the task is a Pass state that gives the sample, or the output's default |
/// | `errors` | the Error Names that it is known to fail with: a list of paths to `ErrorName` constants |
/// | `timeout` | how long it may take, like `"90s"`, `"30m"`, `"1h30m"`, `"7d"`: 1 to 99999999 seconds |
/// | `heartbeat` | how long it may be silent, in the same form; less than the timeout |
/// | `name` | the name of its state; the function's in CamelCase by default |
/// | `rename_all` | how its parameters are called in JSON: one of serde's cases, like `"camelCase"` |
/// | `crate` | where the `stepwright` crate is; `::stepwright` by default |
///
/// Exactly one of `lambda`, `lambda_invoke` and `activity` is needed; a `prototype` needs none. It is a literal, which is checked here, or any
/// constant of type `&'static str`, like `concat!(…)`. In a literal, `${Name}` and `${Name.Arn}` stand for what
/// `CloudFormation`, SAM or Terraform fill in at deployment.
///
/// # Parameters
///
/// The input is an object with a key for each parameter; `#[serde(rename = "…")]` on a parameter gives the key another
/// name. A single parameter with `#[input]` is the whole input instead. Parameters can have doc comments.
///
/// With a parameter `#[token] token: String`, the state waits for a callback: the function is given a task token, and what
/// somebody answers to it with `SendTaskSuccess` is the task's result (`lambda_invoke` only). Callers leave that parameter out.
///
/// # What it adds
///
/// Beside the function `charge_card` there is
/// * `ChargeCardArgs`, a struct of the parameters that serde reads and writes: the input of the Lambda function, whose
///   own crate can share it. There is none without parameters or with `#[input]`.
/// * the type `charge_card`, which implements `TaskFn`, so that the task can be named where a type is wanted, and has
///   the constant `charge_card::STATE`: the name of its state.
#[proc_macro_attribute]
pub fn task(arguments: TokenStream, item: TokenStream) -> TokenStream {
    task::attribute(arguments.into(), &item.into()).into()
}

/// Makes a workflow from a function that adds states to a scope.
///
/// ```ignore
/// /// Takes an order from payment to parcel.
/// #[workflow]
/// pub fn order_fulfilment(s: &mut Scope, order: Ref<Order>) -> Ref<Parcel> {
///     let charge = s.task(charge_card(order.total, order.id));
///     s.task(pack(order.id))
/// }
///
/// let workflow: Workflow<Order, Parcel> = order_fulfilment();
/// ```
///
/// The function becomes one without parameters that returns the workflow. The first paragraph of its doc comment
/// becomes the state machine's comment. A workflow without input leaves the second parameter away. Input and output are
/// written with the type of their data, `Ref<Order>`: a name without parameters, even an alias, is taken for plain data
/// and refused.
///
/// # Keys
///
/// | key | value |
/// |---|---|
/// | `query_language` | `"JSONata"`, the default, or `"JSONPath"` |
/// | `express` or `standard` | alone: whether executions are Express or, by default, Standard ones |
/// | `conventions` | an expression of type `Conventions`: what its states do unless told otherwise |
/// | `timeout` | how long an execution may take, like `"1h"` or `"7d"` |
/// | `name` | the name of the state machine; the function's in CamelCase by default |
/// | `crate` | where the `stepwright` crate is; `::stepwright` by default |
///
/// # Checks
///
/// State names that the body gives as string literals are checked here: none is empty, longer than 80 characters or
/// used twice. Whatever else there is to check needs the whole machine and is checked when it is compiled.
#[proc_macro_attribute]
pub fn workflow(arguments: TokenStream, item: TokenStream) -> TokenStream {
    workflow::attribute(arguments.into(), &item.into()).into()
}

/// Adds a Choice state that takes an enum apart, with a branch for each variant: a `match` that rustc checks.
///
/// ```ignore
/// let parcel = choose!(s, "WhichPath", decision, {
///     Decision::Match => |s| s.task(ship(order.id)),
///     Decision::NoMatch | Decision::Unsure => |s| s.fail("NoMatch", "nothing fits"),
/// });
///
/// choose!(s, "WhichEvent", event, {
///     Event::Created { id } => |s| { s.task(create(id)); },
///     Event::Deleted(deleted) => |s| { s.task(delete(deleted.id)); },
/// });
/// ```
///
/// First the scope, then the name of the state, then a reference to the enum (or a variable), then the arms. A forgotten variant
/// does not compile, nor does a misspelt one. What a pattern binds are references to what the variant holds. The branches are
/// joined as those of `choice` are.
///
/// The enum derives `Data`. Its variants are plain names, or it says its variant in a field: `#[serde(tag = "type")]`, with or
/// without `content = "…"`.
///
/// The state has a rule for each arm, which compares with the names of its variants, and no `Default`: data that is none of
/// the variants (from a newer version of a task, say) fails with `States.NoChoiceMatched` rather than taking a branch that was
/// not meant for it. `_ => |s| …` as the last arm is the `Default`, and takes such data too. A variant with `#[serde(other)]`
/// is told by being none of the others.
#[proc_macro]
pub fn choose(input: TokenStream) -> TokenStream {
    choose::expand(input.into()).into()
}

/// Makes a condition from an ordinary Rust expression: an `Expr<bool>`.
///
/// ```ignore
/// s.choice("FraudCheck")
///     .when(cond!(charge.risk > 80.0 && !order.trusted), |s| s.fail("Fraud", "risk score too high"))
///     .otherwise(|_| ());
/// ```
///
/// It takes what [`expr!`] takes.
#[proc_macro]
pub fn cond(input: TokenStream) -> TokenStream {
    expr::cond(input.into()).into()
}

/// Makes an expression that the state machine evaluates from an ordinary Rust expression.
///
/// ```ignore
/// let due = expr!(order.total * 1.2 - order.discount);
/// let days = expr!(if order.express { 1 } else { 3 });
/// ```
///
/// | Rust | meaning |
/// |---|---|
/// | `a && b`, `a \|\| b`, `!a` | logic |
/// | `a == b`, `!=`, `<`, `<=`, `>`, `>=` | comparison; both sides have one type |
/// | `a + b`, `-`, `*`, `/`, `%`, `-a` | arithmetic |
/// | `if a { b } else { c }`, `else if` | choice; each block is one expression |
/// | `(a)` | grouping |
///
/// Everything else is taken as it is: references, literals, method calls, other macros, Rust values. Operators inside
/// of a method's arguments are not looked at; wrap them in an `expr!` of their own. Operators that mean nothing to a
/// state machine, like `&`, `<<`, `as` and `?`, are errors.
#[proc_macro]
pub fn expr(input: TokenStream) -> TokenStream {
    expr::expr(input.into()).into()
}

/// Makes a text with values in it: an `Expr<String>`.
///
/// ```ignore
/// let total = order.total;
/// let message = fmt!("order {} is paid: {total}", order.id);
/// ```
///
/// `{}` takes the next argument and `{name}` a variable; `{{` and `}}` are braces. There are no format specifications,
/// no positions and no named arguments.
#[proc_macro]
pub fn fmt(input: TokenStream) -> TokenStream {
    expr::fmt(input.into()).into()
}

/// Makes an object with values in it, from a struct literal: an `Expr<Parcel>`.
///
/// ```ignore
/// let parcel = data!(Parcel { id: order.id, weight: 3, address: Address { street, city: order.city } });
/// ```
///
/// The struct has `derive(Data)`. Each field takes whatever is an expression of its type. Fields that are missing,
/// unknown or of another type are rustc's errors. Struct literals inside are data too, also in `[…]`, `vec![…]` and
/// `Some(…)`. There is no `..rest`: it would have to be known before the state machine runs.
///
/// # JSON
///
/// Where there is no type, as in the parameters of many services, it makes an `Expr<serde_json::Value>` of JSON:
///
/// ```ignore
/// let message = data!({
///     "QueueUrl": url,
///     "MessageBody": { "id": order.id, "lines": [1, order.total], "note": null },
/// });
/// ```
///
/// Keys are string literals, each given once. Values are `{…}`, `[…]`, `null` and whatever else is an expression of any
/// type.
#[proc_macro]
pub fn data(input: TokenStream) -> TokenStream {
    expr::data(input.into()).into()
}

/// Makes an expression from a text in JSONata with values in it, for what the typed functions do not say.
///
/// ```ignore
/// let total: Expr<f64> = jsonata!("$sum({lines}.price)", lines = order.lines);
/// ```
///
/// `{name}` stands for the value of that name, in parentheses where they are needed; all other braces are JSONata's own. What type
/// the text gives is taken from where it is used, and nothing checks it. That the text can be parsed is checked when the workflow is
/// compiled.
#[proc_macro]
pub fn jsonata(input: TokenStream) -> TokenStream {
    expr::jsonata(input.into()).into()
}
