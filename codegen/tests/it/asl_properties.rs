//! Whatever the model can hold is written and read again as the same.

use indexmap::IndexMap;
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::{collection, prop_assert_eq};
use serde_json::{Map as JsonMap, Number, Value};
use stepwright_codegen::asl::{
    self, Branch, Catcher, Choice, ChoiceRule, Comparison, CsvDelimiter, CsvHeaderLocation, Document,
    ExecutionType, Fail, InputType, ItemBatcher, ItemProcessor, ItemReader, JitterStrategy, ManifestType,
    Map, NestedTest, NullablePath, OrExpression, OutputType, Parallel, Pass, ProcessorConfig, ProcessorMode,
    QueryLanguage, ReaderConfig, ReaderTransformation, ResultWriter, Retrier, RuleTest, State, StateKind,
    StateMachine, Succeed, Task, Test, Wait, WriterConfig, WriterTransformation,
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_machine_is_read_as_it_was_written(bytes in collection::vec(any::<u8>(), 0..4000)) {
        let machine = Entropy { bytes: bytes.into_iter() }.machine();
        let text = asl::to_json(&machine);
        let document = asl::read(&text);
        prop_assert_eq!(document.as_ref().map(Document::machine), Ok(&machine), "{}", text);
        prop_assert_eq!(asl::to_json(&machine), text);
    }

    #[test]
    fn reading_and_checking_any_text_ends_in_order(text in "[\\[\\]{},:\"a0 \\\\]{0,60}") {
        if let Ok(document) = asl::read(&text) {
            let _ = stepwright_codegen::check::check(document.machine());
        }
        let _ = asl::locate(&text, "/a/0");
    }
}

/// Bytes that decide what is generated. When they run out every choice is 0, the simplest, so that fewer bytes make a
/// smaller machine, and shrinking works.
struct Entropy {
    bytes: std::vec::IntoIter<u8>,
}

impl Entropy {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.bytes.next().unwrap_or(0)) % limit
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) == 1).then(|| make(self))
    }

    fn list<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        let words = ["", "a", "$.a", "{% x %}", "é/~\"\\", "\u{0}\n", "States", "${X}", "{%", "🦀"];
        let word = self.pick(&words);
        format!("{word}{}", self.below(20))
    }

    fn bool(&mut self) -> bool {
        self.below(2) == 1
    }

    fn integer(&mut self) -> u64 {
        self.pick(&[0, 1, 2, 300, 99_999_999, u64::MAX])
    }

    fn number(&mut self) -> Number {
        let float = |number| Number::from_f64(number).expect("it is finite");
        match self.below(6) {
            0 => self.integer().into(),
            1 => (-7).into(),
            2 => float(5.0),
            3 => float(0.1),
            4 => float(1.797_693_134_862_315_7e308),
            _ => float(2.225_073_858_507_201_4e-308),
        }
    }

    fn value(&mut self) -> Value {
        match self.below(7) {
            0 => Value::Null,
            1 => Value::Bool(self.bool()),
            2 => Value::Number(self.number()),
            3 => Value::String(self.text()),
            4 => Value::Array(self.list(Self::value)),
            _ => Value::Object(self.object()),
        }
    }

    fn object(&mut self) -> JsonMap<String, Value> {
        self.list(|it| (it.text(), it.value())).into_iter().collect()
    }

    fn path(&mut self) -> NullablePath {
        if self.bool() { NullablePath::Path(self.text()) } else { NullablePath::Null }
    }

    fn or_expression<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> OrExpression<T> {
        if self.bool() {
            OrExpression::Expression(format!("{{%{}%}}", self.text()))
        } else {
            OrExpression::Constant(make(self))
        }
    }

    fn whole(&mut self) -> OrExpression<u64> {
        self.or_expression(Self::integer)
    }

    fn machine(&mut self) -> StateMachine {
        StateMachine {
            comment: self.maybe(Self::text),
            query_language: self.maybe(|it| it.pick(QueryLanguage::ALL)),
            version: self.maybe(Self::text),
            timeout_seconds: self.maybe(Self::integer),
            start_at: self.text(),
            states: self.states(),
        }
    }

    fn states(&mut self) -> IndexMap<String, State> {
        self.list(|it| (it.text(), it.state())).into_iter().collect()
    }

    fn state(&mut self) -> State {
        State {
            comment: self.maybe(Self::text),
            query_language: self.maybe(|it| it.pick(QueryLanguage::ALL)),
            input_path: self.maybe(Self::path),
            output_path: self.maybe(Self::path),
            assign: self.maybe(Self::object),
            output: self.maybe(Self::value),
            next: self.maybe(Self::text),
            end: self.maybe(Self::bool),
            kind: self.kind(),
        }
    }

    fn kind(&mut self) -> StateKind {
        match self.below(8) {
            0 => StateKind::Succeed(Succeed::default()),
            1 => StateKind::Pass(Pass {
                parameters: self.maybe(Self::value),
                result: self.maybe(Self::value),
                result_path: self.maybe(Self::path),
            }),
            2 => StateKind::Wait(Wait {
                seconds: self.maybe(Self::whole),
                timestamp: self.maybe(Self::text),
                seconds_path: self.maybe(Self::text),
                timestamp_path: self.maybe(Self::text),
            }),
            3 => StateKind::Fail(Fail {
                error: self.maybe(Self::text),
                cause: self.maybe(Self::text),
                error_path: self.maybe(Self::text),
                cause_path: self.maybe(Self::text),
            }),
            4 => StateKind::Task(self.task()),
            5 => StateKind::Choice(Choice {
                choices: self.list(Self::choice_rule),
                default: self.maybe(Self::text),
            }),
            6 => StateKind::Parallel(self.parallel()),
            _ => StateKind::Map(Box::new(self.map())),
        }
    }

    fn task(&mut self) -> Task {
        Task {
            resource: self.text(),
            parameters: self.maybe(Self::value),
            arguments: self.maybe(Self::value),
            credentials: self.maybe(Self::object),
            timeout_seconds: self.maybe(Self::whole),
            timeout_seconds_path: self.maybe(Self::text),
            heartbeat_seconds: self.maybe(Self::whole),
            heartbeat_seconds_path: self.maybe(Self::text),
            result_selector: self.maybe(Self::value),
            result_path: self.maybe(Self::path),
            retry: self.maybe(|it| it.list(Self::retrier)),
            catch: self.maybe(|it| it.list(Self::catcher)),
        }
    }

    fn retrier(&mut self) -> Retrier {
        Retrier {
            comment: self.maybe(Self::text),
            error_equals: self.list(Self::text),
            interval_seconds: self.maybe(Self::integer),
            max_attempts: self.maybe(Self::integer),
            backoff_rate: self.maybe(Self::number),
            max_delay_seconds: self.maybe(Self::integer),
            jitter_strategy: self.maybe(|it| it.pick(JitterStrategy::ALL)),
        }
    }

    fn catcher(&mut self) -> Catcher {
        Catcher {
            comment: self.maybe(Self::text),
            error_equals: self.list(Self::text),
            result_path: self.maybe(Self::path),
            assign: self.maybe(Self::object),
            output: self.maybe(Self::value),
            next: self.text(),
        }
    }

    fn choice_rule(&mut self) -> ChoiceRule {
        let test = if self.bool() {
            RuleTest::Condition(self.or_expression(Self::bool))
        } else {
            RuleTest::Test(self.test())
        };
        ChoiceRule {
            comment: self.maybe(Self::text),
            assign: self.maybe(Self::object),
            output: self.maybe(Self::value),
            next: self.text(),
            test,
        }
    }

    fn nested_test(&mut self) -> NestedTest {
        NestedTest { comment: self.maybe(Self::text), test: self.test() }
    }

    fn test(&mut self) -> Test {
        match self.below(6) {
            3 => Test::And(self.list(Self::nested_test)),
            4 => Test::Or(self.list(Self::nested_test)),
            5 => Test::Not(Box::new(self.nested_test())),
            _ => Test::Data { variable: self.text(), comparison: self.comparison() },
        }
    }

    fn comparison(&mut self) -> Comparison {
        match self.below(6) {
            0 => Comparison::IsPresent(self.bool()),
            1 => Comparison::StringMatches(self.text()),
            2 => Comparison::NumericLessThanEquals(self.number()),
            3 => Comparison::BooleanEqualsPath(self.text()),
            4 => Comparison::BooleanEquals(self.bool()),
            _ => Comparison::TimestampGreaterThanEqualsPath(self.text()),
        }
    }

    fn parallel(&mut self) -> Parallel {
        let branch = |it: &mut Self| Branch {
            comment: it.maybe(Self::text),
            start_at: it.text(),
            states: it.states(),
        };
        Parallel {
            parameters: self.maybe(Self::value),
            arguments: self.maybe(Self::value),
            branches: self.list(branch),
            result_selector: self.maybe(Self::value),
            result_path: self.maybe(Self::path),
            retry: self.maybe(|it| it.list(Self::retrier)),
            catch: self.maybe(|it| it.list(Self::catcher)),
        }
    }

    fn map(&mut self) -> Map {
        Map {
            label: self.maybe(Self::text),
            items: self.maybe(Self::value),
            items_path: self.maybe(Self::text),
            item_reader: self.maybe(Self::item_reader),
            item_selector: self.maybe(Self::value),
            parameters: self.maybe(Self::value),
            item_batcher: self.maybe(Self::item_batcher),
            max_concurrency: self.maybe(Self::whole),
            max_concurrency_path: self.maybe(Self::text),
            tolerated_failure_percentage: self.maybe(|it| it.or_expression(Self::number)),
            tolerated_failure_percentage_path: self.maybe(Self::text),
            tolerated_failure_count: self.maybe(Self::whole),
            tolerated_failure_count_path: self.maybe(Self::text),
            item_processor: self.maybe(Self::item_processor),
            iterator: self.maybe(Self::item_processor),
            result_writer: self.maybe(Self::result_writer),
            result_selector: self.maybe(Self::value),
            result_path: self.maybe(Self::path),
            retry: self.maybe(|it| it.list(Self::retrier)),
            catch: self.maybe(|it| it.list(Self::catcher)),
        }
    }

    fn item_processor(&mut self) -> ItemProcessor {
        ItemProcessor {
            processor_config: self.maybe(|it| ProcessorConfig {
                mode: it.maybe(|it| it.pick(ProcessorMode::ALL)),
                execution_type: it.maybe(|it| it.pick(ExecutionType::ALL)),
            }),
            comment: self.maybe(Self::text),
            start_at: self.text(),
            states: self.states(),
        }
    }

    fn item_reader(&mut self) -> ItemReader {
        ItemReader {
            resource: self.text(),
            parameters: self.maybe(Self::value),
            arguments: self.maybe(Self::value),
            reader_config: self.maybe(|it| ReaderConfig {
                input_type: it.maybe(|it| it.pick(InputType::ALL)),
                transformation: it.maybe(|it| it.pick(ReaderTransformation::ALL)),
                manifest_type: it.maybe(|it| it.pick(ManifestType::ALL)),
                csv_header_location: it.maybe(|it| it.pick(CsvHeaderLocation::ALL)),
                csv_headers: it.maybe(|it| it.list(Self::text)),
                csv_delimiter: it.maybe(|it| it.pick(CsvDelimiter::ALL)),
                items_pointer: it.maybe(Self::text),
                max_items: it.maybe(Self::whole),
                max_items_path: it.maybe(Self::text),
            }),
        }
    }

    fn item_batcher(&mut self) -> ItemBatcher {
        ItemBatcher {
            batch_input: self.maybe(Self::value),
            max_items_per_batch: self.maybe(Self::whole),
            max_items_per_batch_path: self.maybe(Self::text),
            max_input_bytes_per_batch: self.maybe(Self::whole),
            max_input_bytes_per_batch_path: self.maybe(Self::text),
        }
    }

    fn result_writer(&mut self) -> ResultWriter {
        ResultWriter {
            resource: self.maybe(Self::text),
            parameters: self.maybe(Self::value),
            arguments: self.maybe(Self::value),
            writer_config: self.maybe(|it| WriterConfig {
                transformation: it.maybe(|it| it.pick(WriterTransformation::ALL)),
                output_type: it.maybe(|it| it.pick(OutputType::ALL)),
            }),
        }
    }
}
