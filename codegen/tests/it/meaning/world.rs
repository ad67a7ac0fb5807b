//! The tasks of an execution: what they answer depends on nothing but the state, the iteration, the time and a seed, so that a
//! direct interpretation and a simulation get the same answers however they take turns.

mod objects;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};
use stepwright::Integration;
use stepwright::plan::{self, ItemReader, Plan, Seconds, State, StateKind};

use stepwright_sim::Identity;

use self::objects::Objects;
use super::course::each_state;
use crate::random_workflows::Picks;

/// What tasks answer.
pub(super) struct World {
    seed: u64,
    /// Whether tasks fail now and then; where none does, an execution gets further.
    fails: bool,
    tasks: BTreeMap<String, TaskFacts>,
    input: Value,
    objects: Objects,
}

struct TaskFacts {
    schema: Value,
    errors: Vec<&'static str>,
    integration: Integration,
    /// The field of what the service answers that holds the result.
    envelope: Option<&'static str>,
    /// What ends a task that never answers.
    patience: Option<Duration>,
}

/// When the execution starts: milliseconds since 1970.
pub(super) const START: i64 = 1_798_711_200_123;

/// A moment of the execution, as the Context Object has it: ISO 8601.
pub(super) fn at(moment: Duration) -> String {
    let millis = START + i64::try_from(moment.as_millis()).unwrap_or_default();
    let timestamp = jiff::Timestamp::from_millisecond(millis).expect("it is not long after the start");
    timestamp.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// What a task answers, after a while.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Result(Value),
    Failure {
        error: String,
        cause: String,
    },
    /// None at all, so that it times out.
    Silence,
}

/// Texts that need care when they are printed; those that conditions are about are the most frequent.
const TEXTS: [&str; 14] = [
    "yes",
    "yes",
    "no",
    "no",
    "",
    "it's",
    "say \"hi\"",
    "a\\b",
    "{}",
    "$.text",
    "{% 1 %}",
    "grüße 🦀",
    "two\nlines",
    "5",
];

impl World {
    pub(super) fn new(plan: &Plan, seed: u64) -> Self {
        let mut tasks = BTreeMap::new();
        each_state(&plan.root, &mut |spot| {
            if let Some((state, StateKind::Task(task))) = spot.state.map(|state| (state, &state.kind)) {
                tasks.insert(state.name.to_string(), TaskFacts::new(plan, state, task));
            }
        });
        let input = plan
            .root
            .input
            .and_then(|id| plan.values.get(&id))
            .map_or_else(|| json!({}), |input| Drawing::new((input.ty.schema)(), seed ^ 0x1234_5678).value());
        Self { seed, fails: !seed.is_multiple_of(3), tasks, input, objects: Objects::default() }
    }

    /// The items of a file in Amazon S3, or of all files whose keys begin with a prefix.
    pub(super) fn items(
        &self,
        place: (&str, &str),
        reader: &ItemReader,
        schema: &Value,
    ) -> Option<Vec<Value>> {
        match (reader.is_listing, reader.config.load_and_flatten) {
            (false, _) => self.objects.items(place, &reader.config, schema, self.seed),
            (true, true) => self.objects.flattened(place, &reader.config, schema, self.seed),
            // What a listing says of a file, nobody knows but the service.
            (true, false) => None,
        }
    }

    /// The bucket, the key and the text of each file in Amazon S3 that was asked for.
    pub(super) fn files(&self) -> Vec<(String, String, String)> {
        self.objects.files()
    }

    /// The execution and the machine, as the Context Object has them.
    pub(super) fn execution(&self) -> Value {
        let identity = Self::identity();
        json!({
            "Execution": {
                "Id": identity.execution_arn,
                "Input": self.input,
                "Name": identity.execution_name,
                "RoleArn": identity.role_arn,
                "StartTime": at(Duration::ZERO),
            },
            "StateMachine": { "Id": identity.state_machine_arn, "Name": identity.state_machine_name },
        })
    }

    /// The names of the execution and the machine.
    pub(super) fn identity() -> Identity {
        Identity {
            state_machine_arn: "arn:aws:states:eu-west-3:210987654321:stateMachine:meaning".to_owned(),
            state_machine_name: "meaning".to_owned(),
            execution_arn: "arn:aws:states:eu-west-3:210987654321:execution:meaning:it's-1".to_owned(),
            execution_name: "it's-1".to_owned(),
            role_arn: "arn:aws:iam::210987654321:role/meaning".to_owned(),
        }
    }

    /// What the execution is given.
    pub(super) fn input(&self) -> &Value {
        &self.input
    }

    /// What a task of a state answers to a call at a time, and how long it takes.
    pub(super) fn answer(
        &self,
        state: &str,
        iteration: &[usize],
        at: Duration,
    ) -> Option<(Answer, Duration)> {
        let facts = self.tasks.get(state)?;
        let mut picks = Picks::new(self.seed ^ hash(state, iteration, at));
        let takes = Duration::from_micros(1 + picks.next() % 9_999_999);
        let takes = facts.patience.map_or(takes, |patience| takes.min(patience / 2));
        // Some fail however often they are tried, so that more than the Retriers are needed.
        let is_down = Picks::new(self.seed ^ hash(state, &[], Duration::ZERO)).once_in(12);
        if self.fails && (picks.once_in(8) || is_down) {
            if let (Some(patience), true) = (facts.patience, picks.once_in(3)) {
                return Some((Answer::Silence, patience));
            }
            let error = if picks.once_in(4) || facts.errors.is_empty() {
                "Surprise"
            } else {
                picks.of(&facts.errors)
            };
            let failure = Answer::Failure { error: error.to_owned(), cause: picks.of(&TEXTS).to_owned() };
            return Some((failure, takes));
        }
        Some((Answer::Result(Drawing::new(facts.schema.clone(), picks.next()).value()), takes))
    }

    /// Whether a state's task is given the `Payload` of what its service is given.
    pub(super) fn is_invoked(&self, state: &str) -> bool {
        self.tasks.get(state).is_some_and(|facts| matches!(facts.integration, Integration::LambdaInvoke(_)))
    }

    /// The field of what the service answers that holds the result of a state's task.
    pub(super) fn envelope(&self, state: &str) -> Option<&'static str> {
        self.tasks.get(state)?.envelope
    }
}

impl TaskFacts {
    fn new(plan: &Plan, state: &State, task: &plan::Task) -> Self {
        let result = || Some(plan.values.get(&state.result?)?.ty);
        let ty = state.selector.as_ref().map(|selector| selector.raw).or_else(result);
        let seconds = |seconds: &Option<Seconds>| match seconds {
            Some(Seconds::Constant(duration)) => Some(*duration),
            Some(Seconds::Data(_)) | None => None,
        };
        Self {
            schema: ty.map_or(json!(true), |ty| (ty.schema)()),
            errors: task.errors.iter().map(|error| error.as_str()).collect(),
            integration: task.integration,
            envelope: task.result_field,
            patience: seconds(&task.timeout).into_iter().chain(seconds(&task.heartbeat)).min(),
        }
    }
}

/// FNV-1a.
fn hash(state: &str, iteration: &[usize], at: Duration) -> u64 {
    let numbers = iteration
        .iter()
        .map(|index| *index as u64)
        .chain([u64::MAX, u64::try_from(at.as_nanos()).unwrap_or(0)]);
    let bytes = state.bytes().chain(numbers.flat_map(u64::to_le_bytes));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Draws values that a JSON schema allows.
struct Drawing {
    schema: Value,
    picks: Picks,
}

impl Drawing {
    fn new(schema: Value, seed: u64) -> Self {
        Self { schema, picks: Picks::new(seed) }
    }

    fn value(mut self) -> Value {
        let schema = std::mem::take(&mut self.schema);
        self.draw(&schema, &schema, 0)
    }

    fn draw(&mut self, root: &Value, schema: &Value, depth: usize) -> Value {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = root.pointer(target.trim_start_matches('#')).cloned().unwrap_or(json!(true));
            return self.draw(root, &target, depth + 1);
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        for choices in ["enum", "anyOf", "oneOf"] {
            if let Some(Value::Array(choices_of)) = schema.get(choices) {
                let chosen = self.picks.of(choices_of);
                return if choices == "enum" { chosen } else { self.draw(root, &chosen, depth + 1) };
            }
        }
        let ty = match schema.get("type") {
            Some(Value::Array(types)) => self.picks.of(types),
            Some(ty) => ty.clone(),
            None => json!(self.picks.of(&["null", "string", "integer", "boolean"])),
        };
        match ty.as_str().unwrap_or_default() {
            "string" => json!(self.picks.of(&TEXTS)),
            // Small, since JSONata counts in floating point.
            "integer" if schema.get("minimum").is_some() => json!(self.picks.below(8)),
            "integer" => json!(i64::try_from(self.picks.below(16)).unwrap_or_default() - 8),
            // Never whole: whether 2.0 is printed as `2` differs between the languages.
            "number" => json!(self.picks.of(&[-7.5, -0.25, 0.25, 0.5, 1.75, 90.5])),
            "boolean" => json!(self.picks.once_in(2)),
            "array" => {
                let most = if depth > 4 { 1 } else { 4 };
                let items = schema.get("items").cloned().unwrap_or(json!(true));
                (0..self.picks.below(most)).map(|_| self.draw(root, &items, depth + 1)).collect()
            }
            "object" => self.object(root, schema, depth),
            _ => Value::Null,
        }
    }

    fn object(&mut self, root: &Value, schema: &Value, depth: usize) -> Value {
        let required = |name: &str| {
            schema
                .get("required")
                .and_then(Value::as_array)
                .is_some_and(|names| names.iter().any(|known| known == name))
        };
        let mut object = Map::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if required(name) || (depth < 6 && !self.picks.once_in(3)) {
                object.insert(name.clone(), self.draw(root, property, depth + 1));
            }
        }
        if let Some(more) = schema.get("additionalProperties").filter(|more| more.is_object()) {
            for name in ["yes", "a b"] {
                if self.picks.once_in(2) {
                    object.insert(name.to_owned(), self.draw(root, more, depth + 1));
                }
            }
        }
        Value::Object(object)
    }
}
