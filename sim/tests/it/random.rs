//! Random machines with random tasks: every one of them comes to an end, in the same way for the same seed.

use std::time::Duration;

use serde_json::{Map, Value, json};
use stepwright_codegen::asl;
use stepwright_sim::data::Random;
use stepwright_sim::{Call, Execution, MAX_EVENTS, Reply, Simulation, Tasks};

const RESOURCES: &[&str] = &[
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "arn:aws:states:us-east-1:123456789012:activity:a",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "arn:aws:states:::states:startExecution.sync:2",
    "arn:aws:states:::apigateway:invoke",
];

const PATHS: &[&str] = &["$", "$.a", "$.missing", "$.items", "$$.State.Name", "$$.Map.Item.Value"];
const EXPRESSIONS: &[&str] = &[
    "{% $states.input %}",
    "{% $states.input.a + 1 %}",
    "{% $missing %}",
    "{% [1..3] %}",
    "{% $states.context.State.Name %}",
    "{% $v %}",
];
const ERRORS: &[&str] = &["States.ALL", "States.Timeout", "States.TaskFailed", "E"];

/// Draws a machine.
struct Drawer {
    random: Random,
    names: usize,
}

impl Drawer {
    fn below(&self, end: usize) -> usize {
        usize::try_from(self.random.below(end as u64)).expect("the number is small")
    }

    fn one<'a>(&self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn scope(&mut self, depth: usize) -> Map<String, Value> {
        let names: Vec<String> = (0..=self.below(4))
            .map(|_| {
                self.names += 1;
                format!("S{}", self.names)
            })
            .collect();
        let mut states = Map::new();
        for name in &names {
            let state = self.state(&names, depth);
            states.insert(name.clone(), state);
        }
        let mut scope = Map::new();
        scope.insert("StartAt".to_owned(), names[0].clone().into());
        scope.insert("States".to_owned(), states.into());
        scope
    }

    fn next(&self, names: &[String]) -> String {
        names[self.below(names.len())].clone()
    }

    fn state(&mut self, names: &[String], depth: usize) -> Value {
        let is_jsonata = self.chance(40);
        let mut state = match self.below(if depth == 0 { 6 } else { 9 }) {
            0 => json!({ "Type": "Succeed" }),
            1 => json!({ "Type": "Fail", "Error": self.one(ERRORS), "Cause": "c" }),
            2 if is_jsonata => {
                let rule = json!({ "Condition": "{% $states.input.a = 1 %}", "Next": self.next(names) });
                json!({ "Type": "Choice", "Choices": [rule], "Default": self.next(names) })
            }
            2 => {
                let rule =
                    json!({ "Variable": self.one(PATHS), "IsPresent": true, "Next": self.next(names) });
                json!({ "Type": "Choice", "Choices": [rule] })
            }
            3 => json!({ "Type": "Wait", "Seconds": self.below(100) }),
            4 => json!({ "Type": "Pass" }),
            5 | 6 => {
                json!({ "Type": "Task", "Resource": self.one(RESOURCES), "TimeoutSeconds": 1 + self.below(50) })
            }
            7 => {
                let branches: Vec<Value> =
                    (0..=self.below(3)).map(|_| self.scope(depth - 1).into()).collect();
                json!({ "Type": "Parallel", "Branches": branches })
            }
            _ => {
                let mut processor = self.scope(depth - 1);
                if self.chance(40) {
                    let config = json!({ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" });
                    processor.insert("ProcessorConfig".to_owned(), config);
                }
                json!({ "Type": "Map", "MaxConcurrency": self.below(3), "ItemProcessor": processor })
            }
        };
        let fields = state.as_object_mut().expect("a state is an object");
        let state_type = fields["Type"].as_str().unwrap_or_default().to_owned();
        if is_jsonata {
            fields.insert("QueryLanguage".to_owned(), "JSONata".into());
            if state_type != "Fail" && self.chance(40) {
                fields.insert("Output".to_owned(), self.one(EXPRESSIONS).into());
            }
            if !["Fail", "Succeed"].contains(&state_type.as_str()) && self.chance(30) {
                fields.insert("Assign".to_owned(), json!({ "v": self.one(EXPRESSIONS) }));
            }
        } else if state_type != "Fail" && self.chance(30) {
            fields.insert("OutputPath".to_owned(), self.one(PATHS).into());
        }
        if ["Task", "Parallel", "Map"].contains(&state_type.as_str()) {
            if self.chance(40) {
                let retrier = json!({ "ErrorEquals": [self.one(ERRORS)], "JitterStrategy": "FULL" });
                fields.insert("Retry".to_owned(), json!([retrier]));
            }
            if self.chance(40) {
                let catcher = json!({ "ErrorEquals": [self.one(ERRORS)], "Next": self.next(names) });
                fields.insert("Catch".to_owned(), json!([catcher]));
            }
        }
        if !["Choice", "Succeed", "Fail"].contains(&state_type.as_str()) {
            if self.chance(60) {
                fields.insert("Next".to_owned(), self.next(names).into());
            } else {
                fields.insert("End".to_owned(), true.into());
            }
        }
        state
    }
}

/// Answers with whatever comes to mind.
struct Whim(Random);

impl Tasks for Whim {
    fn call(&mut self, _call: &Call<'_>) -> Option<Reply> {
        let takes = Duration::from_secs(self.0.below(60));
        let reply = match self.0.below(5) {
            0 => Reply::silence(),
            1 => Reply::failure("E", "c"),
            2 => Reply::failure_of(None, None),
            3 => Reply::success(json!([1, 2, 3])),
            _ => Reply::success(json!({ "a": 1, "items": [1, 2] })),
        };
        Some(reply.taking(takes))
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }
}

fn run(seed: u64) -> Execution {
    let mut drawer = Drawer { random: Random::new(seed), names: 0 };
    let definition = Value::Object(drawer.scope(3));
    let document = asl::read(&definition.to_string()).expect("what is drawn is well-formed");
    let input = json!({ "a": 1, "items": [1, 2, 3] });
    let simulation = Simulation::new(document.machine()).input(input).seed(seed);
    simulation.run_with(&mut Whim(Random::new(seed))).expect("what is drawn can be run")
}

#[test]
fn random_machines_end_and_repeat() {
    for seed in 0..60 {
        let execution = run(seed);
        assert!(execution.history.events.len() as u64 <= MAX_EVENTS, "seed {seed}");
        let ids = execution.history.events.iter().map(|event| event.id);
        assert!(ids.eq(1..=execution.history.events.len() as u64), "seed {seed}");
        let follows = |event: &stepwright_sim::history::Event| event.previous < event.id;
        assert!(execution.history.events.iter().all(follows), "seed {seed}");
        if seed < 15 {
            assert_eq!(execution, run(seed), "seed {seed}");
        }
    }
}
