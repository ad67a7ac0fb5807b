//! Finds the texts of a state.

mod values;

use std::rc::Rc;

use serde_json::Value;

use crate::asl::{
    Catcher, Choice, Comparison, Fail, Map, NestedTest, NullablePath, OrExpression, Parallel, QueryLanguage,
    RuleTest, State, StateKind, Task, Test, Wait,
};
use crate::check::index::{StateEntry, is_substituted};
use crate::check::texts::known::Known;
use crate::check::texts::place::{Place, Token};
use crate::check::texts::{self, Syntax, Takes, Text, When};

/// The texts of all states, in the order of their fields.
pub(crate) fn collect<'m>(states: &[StateEntry<'m>]) -> Vec<Text<'m>> {
    let (mut found, mut known) = (Vec::new(), Known::default());
    for entry in states {
        let place = Place::State(Rc::from(entry.pointer.as_str()));
        let (out, known) = (&mut found, &mut known);
        Collector { entry, place, above: None, when: When::Before, out, known }.state(entry.state);
    }
    found
}

struct Collector<'c, 'm> {
    entry: &'c StateEntry<'m>,
    /// Where it is.
    place: Place<'m>,
    /// The same, as what is in it shares it.
    above: Option<Rc<Place<'m>>>,
    when: When,
    out: &'c mut Vec<Text<'m>>,
    known: &'c mut Known<'m>,
}

impl<'m> Collector<'_, 'm> {
    fn state(&mut self, state: &'m State) {
        self.nullable("InputPath", state.input_path.as_ref(), Takes::Path);
        match &state.kind {
            StateKind::Task(task) => self.task(task),
            StateKind::Pass(pass) => {
                self.template("Parameters", pass.parameters.as_ref());
                self.nullable("ResultPath", pass.result_path.as_ref(), Takes::ResultPath);
            }
            StateKind::Choice(choice) => self.choice(choice),
            StateKind::Wait(wait) => self.wait(wait),
            StateKind::Fail(fail) => self.fail(fail),
            StateKind::Parallel(parallel) => self.parallel(parallel),
            StateKind::Map(map) => self.map(map),
            StateKind::Succeed(_) => {}
        }
        self.after(When::After, |this| {
            this.nullable("OutputPath", state.output_path.as_ref(), Takes::Path);
            this.assign(state.assign.as_ref());
            this.value("Output", state.output.as_ref());
        });
        for (position, catcher) in state.catch().iter().enumerate() {
            self.element("Catch", position, |this| this.catcher(catcher));
        }
    }

    fn task(&mut self, task: &'m Task) {
        self.template("Parameters", task.parameters.as_ref());
        self.value("Arguments", task.arguments.as_ref());
        if let Some(credentials) = &task.credentials {
            self.member("Credentials", |this| this.object(credentials));
        }
        self.constant("TimeoutSeconds", task.timeout_seconds.as_ref());
        self.path("TimeoutSecondsPath", task.timeout_seconds_path.as_ref(), Takes::ReferencePath);
        self.constant("HeartbeatSeconds", task.heartbeat_seconds.as_ref());
        self.path("HeartbeatSecondsPath", task.heartbeat_seconds_path.as_ref(), Takes::ReferencePath);
        self.result(task.result_selector.as_ref(), task.result_path.as_ref());
    }

    fn parallel(&mut self, parallel: &'m Parallel) {
        self.template("Parameters", parallel.parameters.as_ref());
        self.value("Arguments", parallel.arguments.as_ref());
        self.result(parallel.result_selector.as_ref(), parallel.result_path.as_ref());
    }

    fn map(&mut self, map: &'m Map) {
        self.value("Items", map.items.as_ref());
        self.path("ItemsPath", map.items_path.as_ref(), Takes::ReferencePath);
        self.either("ItemSelector", map.item_selector.as_ref());
        self.template("Parameters", map.parameters.as_ref());
        self.constant("MaxConcurrency", map.max_concurrency.as_ref());
        self.path("MaxConcurrencyPath", map.max_concurrency_path.as_ref(), Takes::ReferencePath);
        self.constant("ToleratedFailurePercentage", map.tolerated_failure_percentage.as_ref());
        let percentage = map.tolerated_failure_percentage_path.as_ref();
        self.path("ToleratedFailurePercentagePath", percentage, Takes::ReferencePath);
        self.constant("ToleratedFailureCount", map.tolerated_failure_count.as_ref());
        let count = map.tolerated_failure_count_path.as_ref();
        self.path("ToleratedFailureCountPath", count, Takes::ReferencePath);
        if let Some(reader) = &map.item_reader {
            self.member("ItemReader", |this| {
                this.template("Parameters", reader.parameters.as_ref());
                this.value("Arguments", reader.arguments.as_ref());
                let config = reader.reader_config.as_ref();
                this.member("ReaderConfig", |this| {
                    this.constant("MaxItems", config.and_then(|config| config.max_items.as_ref()));
                    let most = config.and_then(|config| config.max_items_path.as_ref());
                    this.path("MaxItemsPath", most, Takes::ReferencePath);
                });
            });
        }
        if let Some(batcher) = &map.item_batcher {
            self.member("ItemBatcher", |this| {
                this.either("BatchInput", batcher.batch_input.as_ref());
                this.constant("MaxItemsPerBatch", batcher.max_items_per_batch.as_ref());
                let items = batcher.max_items_per_batch_path.as_ref();
                this.path("MaxItemsPerBatchPath", items, Takes::ReferencePath);
                this.constant("MaxInputBytesPerBatch", batcher.max_input_bytes_per_batch.as_ref());
                let bytes = batcher.max_input_bytes_per_batch_path.as_ref();
                this.path("MaxInputBytesPerBatchPath", bytes, Takes::ReferencePath);
            });
        }
        if let Some(writer) = &map.result_writer {
            self.member("ResultWriter", |this| {
                this.template("Parameters", writer.parameters.as_ref());
                this.value("Arguments", writer.arguments.as_ref());
            });
        }
        self.result(map.result_selector.as_ref(), map.result_path.as_ref());
    }

    fn result(&mut self, selector: Option<&'m Value>, path: Option<&'m NullablePath>) {
        self.after(When::After, |this| {
            this.template("ResultSelector", selector);
            this.nullable("ResultPath", path, Takes::ResultPath);
        });
    }

    fn wait(&mut self, wait: &'m Wait) {
        self.constant("Seconds", wait.seconds.as_ref());
        self.string("Timestamp", wait.timestamp.as_ref());
        self.path("SecondsPath", wait.seconds_path.as_ref(), Takes::ReferencePath);
        self.path("TimestampPath", wait.timestamp_path.as_ref(), Takes::ReferencePath);
    }

    fn fail(&mut self, fail: &'m Fail) {
        self.string("Error", fail.error.as_ref());
        self.string("Cause", fail.cause.as_ref());
        self.path("ErrorPath", fail.error_path.as_ref(), Takes::PathOrCall);
        self.path("CausePath", fail.cause_path.as_ref(), Takes::PathOrCall);
    }

    fn choice(&mut self, choice: &'m Choice) {
        for (position, rule) in choice.choices.iter().enumerate() {
            self.element("Choices", position, |this| {
                match &rule.test {
                    RuleTest::Condition(condition) => this.constant("Condition", Some(condition)),
                    RuleTest::Test(test) => this.test(test),
                }
                this.after(When::After, |this| {
                    this.assign(rule.assign.as_ref());
                    this.value("Output", rule.output.as_ref());
                });
            });
        }
    }

    // Tests nest as deep as JSON does, below 128.
    fn test(&mut self, test: &'m Test) {
        match test {
            Test::And(tests) => self.tests("And", tests),
            Test::Or(tests) => self.tests("Or", tests),
            Test::Not(test) => self.member("Not", |this| this.test(&test.test)),
            Test::Data { variable, comparison } => {
                let before = self.out.len();
                self.path("Variable", Some(variable), Takes::Path);
                let is_test = matches!(comparison, Comparison::IsPresent(_));
                self.out[before..].iter_mut().for_each(|text| text.is_test = is_test);
                self.path(comparison.name(), comparison.path(), Takes::Path);
            }
        }
    }

    fn tests(&mut self, name: &'m str, tests: &'m [NestedTest]) {
        for (position, test) in tests.iter().enumerate() {
            self.element(name, position, |this| this.test(&test.test));
        }
    }

    fn catcher(&mut self, catcher: &'m Catcher) {
        self.after(When::Caught, |this| {
            this.nullable("ResultPath", catcher.result_path.as_ref(), Takes::ResultPath);
            this.assign(catcher.assign.as_ref());
            this.value("Output", catcher.output.as_ref());
        });
    }

    fn after(&mut self, when: When, collect: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.when, when);
        collect(self);
        self.when = before;
    }

    fn inside(&mut self, token: Token<'m>, collect: impl FnOnce(&mut Self)) {
        let above = Rc::clone(self.above.get_or_insert_with(|| Rc::new(self.place.clone())));
        let place = std::mem::replace(&mut self.place, Place::In(Rc::clone(&above), token));
        self.above = None;
        collect(self);
        (self.place, self.above) = (place, Some(above));
    }

    fn member(&mut self, name: &'m str, collect: impl FnOnce(&mut Self)) {
        self.inside(Token::Name(name), collect);
    }

    fn element(&mut self, field: &'m str, position: usize, collect: impl FnOnce(&mut Self)) {
        self.member(field, |this| this.inside(Token::Index(position), collect));
    }

    fn nullable(&mut self, name: &'m str, path: Option<&'m NullablePath>, takes: Takes) {
        if let Some(NullablePath::Path(path)) = path {
            self.path(name, Some(path), takes);
        }
    }

    fn path(&mut self, name: &'m str, text: Option<&'m String>, takes: Takes) {
        if let Some(text) = text
            && self.entry.language == QueryLanguage::JsonPath
        {
            self.member(name, |this| this.add_read(text, takes, takes));
        }
    }

    fn constant<T>(&mut self, name: &'m str, value: Option<&'m OrExpression<T>>) {
        if let Some(OrExpression::Expression(text)) = value {
            self.string(name, Some(text));
        }
    }

    fn string(&mut self, name: &'m str, text: Option<&'m String>) {
        if let Some(text) = text
            && self.entry.language == QueryLanguage::Jsonata
        {
            self.member(name, |this| this.jsonata(text));
        }
    }

    fn jsonata(&mut self, text: &'m str) {
        let is_half = text.starts_with("{%");
        match text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}")) {
            _ if is_substituted(text) => {}
            Some(expression) => {
                let syntax = self.known.expression(expression);
                self.add(text, Takes::Expression, syntax);
            }
            None if is_half => self.add(text, Takes::Expression, Syntax::HalfExpression),
            None => {}
        }
    }

    /// Adds what is a Path or a call, if it is what such a field takes.
    fn add_read(&mut self, text: &'m str, takes: Takes, read_as: Takes) {
        let syntax = self.known.read(text, read_as);
        self.add(text, takes, syntax);
    }

    fn add(&mut self, text: &'m str, takes: Takes, syntax: Syntax) {
        let arguments = match &syntax {
            Syntax::Call(call) => texts::paths(call).map(|path| self.known.argument(path)).collect(),
            _ => Vec::new(),
        };
        self.out.push(Text {
            state: self.entry.number,
            place: self.place.clone(),
            content: text,
            takes,
            when: self.when,
            is_test: false,
            arguments,
            syntax,
        });
    }
}
