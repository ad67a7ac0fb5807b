//! The rollout of a new version of a Lambda function, by canary: a little more traffic at each step, and back to the old version at the
//! first sign of an error.
//!
//! A script did this in a loop with `sleep`; in a function it was cut off after five minutes, as a state machine it may take a year. What to
//! look at:
//!
//! * **Two parts are pluggable.** [`roll_out`] is given the weights and the health check as Rust functions that add states of their own. [`canary_rollout`]
//!   computes the weights and asks `CloudWatch`, without any code to deploy; [`canary_rollout_with_functions`] has a Lambda function for each.
//! * **One Catcher.** All that can go wrong once traffic is shifted, an unhealthy version as well as an alias that cannot be updated, is an error in
//!   one branch. Its Catcher rolls back, and passes the error on.
//! * **A loop with a counter**, which pauses for the seconds that the input says.
//! * **Names with hyphens**, as the script's input has them: `rollout.new_version` is `"new-version"`, and `kind` is `"type"`.
//! * **What the types found.** The script knows one type of rollout, `"linear"`, and does not look: whatever else the input says is linear too. As an
//!   enum, it is refused (`States.NoChoiceMatched`), and a second variant does not compile until it has its weights.

use std::collections::BTreeMap;

use stepwright::integration::AwsSdk;
use stepwright::prelude::*;

/// What is to be rolled out, and how.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Rollout {
    /// The function.
    pub function_name: String,
    /// The alias that its callers use.
    pub alias_name: String,
    /// The version that is to take over.
    pub new_version: String,
    /// In how many steps.
    pub steps: u32,
    /// The seconds between them.
    pub interval: u32,
    /// How the weight grows.
    #[serde(rename = "type")]
    pub kind: Kind,
}

/// How the weight of the new version grows.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// By the same amount at each step.
    Linear,
}

/// An alias, as Lambda describes it.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Alias {
    /// Its name.
    pub name: String,
    /// The version that gets the traffic, but for what is routed elsewhere.
    pub function_version: String,
    /// What is routed elsewhere.
    #[serde(default)]
    pub routing_config: Option<Routing>,
}

/// The part of the traffic that does not go to an alias's own version.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Routing {
    /// The share of each version, 0 to 1.
    pub additional_version_weights: Weights,
}

/// The share of each version, 0 to 1.
pub type Weights = BTreeMap<String, f64>;

errors! {
    /// The new version has failed while it had a part of the traffic.
    pub Unhealthy;
}

/// Computes the weights of the new version, step by step.
#[task(lambda = "${CalculateWeightsArn}")]
pub fn calculate_weights(#[input] rollout: Rollout) -> Vec<f64>;

/// Says whether the new version does well.
#[task(lambda = "${HealthCheckArn}")]
pub fn health_check(#[input] rollout: Rollout) -> bool;

/// Other changes of the alias and busy services are worth another try.
const TRANSIENT: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED]).delays([2, 4, 8])]);

/// What both machines do.
const ROLLOUT: Conventions = Conventions::new().retry_services(TRANSIENT).retry_lambdas(RetryPolicy::LAMBDA);

/// Rolls out a version in equal steps, as long as `CloudWatch` has counted no error of it.
#[workflow(conventions = ROLLOUT)]
pub fn canary_rollout(s: &mut Scope, rollout: Ref<Rollout>) -> Ref<Alias> {
    roll_out(s, rollout, equal_steps, no_errors)
}

/// Rolls out a version; functions decide about the weights and its health.
#[workflow(conventions = ROLLOUT)]
pub fn canary_rollout_with_functions(s: &mut Scope, rollout: Ref<Rollout>) -> Ref<Alias> {
    roll_out(
        s,
        rollout,
        |s, rollout| s.task(calculate_weights(rollout)),
        |s, rollout| s.task(health_check(rollout)),
    )
}

/// Shifts the traffic of an alias: `weights` adds the states that say how much of it the new version gets step by step, `health` those that
/// say whether it does well.
pub fn roll_out<H: IntoExpr<bool>>(
    s: &mut Scope,
    rollout: Ref<Rollout>,
    weights: impl FnOnce(&mut Scope, Ref<Rollout>) -> Ref<Vec<f64>>,
    health: impl FnOnce(&mut Scope, Ref<Rollout>) -> H,
) -> Ref<Alias> {
    let weights = weights(s, rollout);
    let (alias,) = s
        .parallel("ShiftTraffic")
        .branch(|s| {
            let step = s.var("step", 0_u64);
            s.repeat(|s| {
                let weight = weights.nth(step).assume_some("the loop ends with the last weight");
                let version = rollout.new_version;
                let routed: Expr<Weights> =
                    jsonata!("{ {version}: {weight} }", version = version, weight = weight);
                s.task(update_alias(rollout, routed).named("UpdateWeight"));
                s.set(step, expr!(step + 1));
                s.wait("Interval", rollout.interval);
                let healthy = health(s, rollout);
                s.unless("IsHealthy", healthy, |s| {
                    s.fail(Unhealthy, fmt!("version {} fails after step {}", rollout.new_version, step))
                });
            })
            .until("HasAllTraffic", |()| cond!(step >= weights.len()));
            let finalize = update_alias(rollout, Weights::new()).with("FunctionVersion", rollout.new_version);
            s.task(finalize.named("Finalize"))
        })
        .catch(States::ALL, |s, error| {
            s.task(update_alias(rollout, Weights::new()).named("Rollback"));
            s.fail_as("RolledBack", error.error, error.cause)
        })
        .join();
    alias
}

/// Routes a part of an alias's traffic to other versions than its own.
fn update_alias(rollout: Ref<Rollout>, routed: impl IntoExpr<Weights>) -> UpdateAlias {
    let routing = data!(Routing { additional_version_weights: routed.into_expr() });
    let alias = data!({
        "FunctionName": rollout.function_name,
        "Name": rollout.alias_name,
        "RoutingConfig": routing,
    });
    aws_sdk("lambda", "updateAlias", alias)
}

/// A call of Lambda's `UpdateAlias`.
type UpdateAlias = Task<'static, Alias, AwsSdk>;

/// Weights that grow by the same amount, up to 1.
fn equal_steps(s: &mut Scope, rollout: Ref<Rollout>) -> Ref<Vec<f64>> {
    let steps = rollout.steps;
    choose!(s, "CalculateWeights", rollout.kind, {
        Kind::Linear => |_| range(1, steps, 1).map(|step| step.to_f64() / steps.to_f64()),
    })
}

/// What `CloudWatch` has counted.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Statistics {
    /// One for each minute in which something happened.
    pub datapoints: Vec<Datapoint>,
}

/// What `CloudWatch` has counted in a minute.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Datapoint {
    /// How often it happened.
    pub sum: f64,
}

/// Whether the new version has had no error behind the alias since the rollout began.
fn no_errors(s: &mut Scope, rollout: Ref<Rollout>) -> Expr<bool> {
    let alias = fmt!("{}:{}", rollout.function_name, rollout.alias_name);
    let metric = data!({
        "Namespace": "AWS/Lambda",
        "MetricName": "Errors",
        "Dimensions": [
            { "Name": "FunctionName", "Value": rollout.function_name },
            { "Name": "Resource", "Value": alias },
            { "Name": "ExecutedVersion", "Value": rollout.new_version },
        ],
        "StartTime": context().execution.start_time,
        "EndTime": now::<String>(),
        "Period": 60,
        "Statistics": ["Sum"],
    });
    let errors =
        s.task(aws_sdk::<Statistics>("cloudwatch", "getMetricStatistics", metric).named("CountErrors"));
    errors.datapoints.all(|minute| cond!(minute.sum == 0.0))
}
