//! The Choice state and its rules.

use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::asl::comparison::Comparison;
use crate::asl::enums::QueryLanguage;
use crate::asl::json::Json;
use crate::asl::object::{Cause, Demands, FieldInfo, Object, Section, Shape, Slot, object};
use crate::asl::read::Reader;
use crate::asl::value::OrExpression;

object! {
    /// A Choice state: the first rule whose test holds says where to go. Spec: "Choice State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Choice = "a Choice state" {
        @Work
        /// `Choices`: the Choice Rules in order.
        "Choices" => choices: Vec<ChoiceRule>,
        /// `Default`: the state that follows when no rule matches; without it that is `States.NoChoiceMatched`.
        "Default" => default: Option<String>,
    }
}

object! {
    /// A Choice Rule: a test, and what happens when it holds.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ChoiceRule = "a Choice Rule" {
        @Head
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        @Outcome
        /// `Assign`: values by variable name, in place of the state's own `Assign`.
        "Assign" => assign: Option<Map<String, Value>>,
        /// `Output` (JSONata): in place of the state's own `Output`.
        "Output" Jsonata => output: Option<Value>,
        @Transition
        /// `Next`: the name of the state that follows.
        "Next" => next: String,
    }
    with {
        /// What has to hold; its fields stand beside those of the rule.
        test: RuleTest,
    }
}

/// What a Choice Rule tests, in either query language.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleTest {
    /// `Condition` (JSONata): a boolean, or an expression that gives one.
    Condition(OrExpression<bool>),
    /// A test of `JSONPath`.
    Test(Test),
}

impl Default for RuleTest {
    fn default() -> Self {
        Self::Condition(OrExpression::Constant(true))
    }
}

/// A test of `JSONPath`. Spec: "Boolean expression", "Data-test expression".
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `And`: all hold; tried in order until one does not.
    And(Vec<NestedTest>),
    /// `Or`: at least one holds; tried in order until one does.
    Or(Vec<NestedTest>),
    /// `Not`: does not hold.
    Not(Box<NestedTest>),
    /// A Data-test Expression: `Variable` and one operator.
    Data {
        /// `Variable`: the Path to the value that is tested.
        variable: String,
        /// The operator and its operand.
        comparison: Comparison,
    },
}

object! {
    /// A test inside `And`, `Or` or `Not`: like a Choice Rule, without anything that follows from it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct NestedTest = "a test inside `And`, `Or` or `Not`" {
        @Head
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
    }
    with {
        /// What has to hold; its fields stand beside `Comment`.
        test: Test,
    }
}

impl From<Test> for NestedTest {
    fn from(test: Test) -> Self {
        Self { comment: None, test }
    }
}

impl Default for NestedTest {
    fn default() -> Self {
        Test::And(Vec::new()).into()
    }
}

/// The fields of a test, gathered from its object before it is known which of them fit together.
#[derive(Default)]
struct TestFields {
    condition: Option<OrExpression<bool>>,
    variable: Option<String>,
    operators: Vec<(&'static str, Test)>,
    /// A field was there but could not be converted, which has been reported.
    broken: bool,
}

const CONDITION: &str = "Condition";
const VARIABLE: &str = "Variable";
const AND: &str = "And";
const OR: &str = "Or";
const NOT: &str = "Not";

/// The names that [`TestFields`] takes beside the operators, for suggestions.
pub(crate) const TEST_FIELDS: &[FieldInfo] = &[
    FieldInfo { name: CONDITION, required: false },
    FieldInfo { name: VARIABLE, required: false },
    FieldInfo { name: AND, required: false },
    FieldInfo { name: OR, required: false },
    FieldInfo { name: NOT, required: false },
];

impl TestFields {
    fn read<'j>(&mut self, name: &str, json: &'j Json, reader: &mut Reader<'j>) -> bool {
        match name {
            CONDITION => {
                self.condition = Shape::read(json, reader);
                self.broken |= self.condition.is_none();
            }
            VARIABLE => {
                self.variable = Shape::read(json, reader);
                self.broken |= self.variable.is_none();
            }
            AND => self.operator(AND, Shape::read(json, reader).map(Test::And)),
            OR => self.operator(OR, Shape::read(json, reader).map(Test::Or)),
            NOT => self.operator(NOT, Shape::read(json, reader).map(Test::Not)),
            _ => return self.read_comparison(name, json, reader),
        }
        true
    }

    fn read_comparison<'j>(&mut self, name: &str, json: &'j Json, reader: &mut Reader<'j>) -> bool {
        let Some((name, comparison)) = Comparison::read(name, json, reader) else { return false };
        let test = comparison.map(|comparison| Test::Data { variable: String::new(), comparison });
        self.operator(name, test);
        true
    }

    fn operator(&mut self, name: &'static str, test: Option<Test>) {
        self.broken |= test.is_none();
        self.operators.extend(test.map(|test| (name, test)));
    }

    /// Puts the fields together, or reports why they do not make one test.
    fn test(self, reader: &mut Reader<'_>) -> Option<RuleTest> {
        if self.broken {
            return None;
        }
        let mut operators = self.operators.into_iter();
        match (self.condition, self.variable, operators.next(), operators.next()) {
            (Some(condition), None, None, _) => Some(RuleTest::Condition(condition)),
            (None, Some(variable), Some((_, Test::Data { comparison, .. })), None) => {
                Some(RuleTest::Test(Test::Data { variable, comparison }))
            }
            (None, None, Some((name, Test::Data { .. })), None) => {
                reader.bad_test(&format!("`{name}` has no `{VARIABLE}` to test"))
            }
            (None, None, Some((_, test)), None) => Some(RuleTest::Test(test)),
            (None, Some(_), Some((name, _)), None) => {
                reader.bad_test(&format!("`{VARIABLE}` does not go with `{name}`"))
            }
            (None, _, Some((first, _)), Some((second, _))) => {
                reader.bad_test(&format!("a test has one operator, not both `{first}` and `{second}`"))
            }
            (Some(_), Some(_), ..) => {
                reader.bad_test(&format!("`{VARIABLE}` does not go with `{CONDITION}`"))
            }
            (Some(_), _, Some((name, _)), _) => {
                reader.bad_test(&format!("`{name}` does not go with `{CONDITION}`"))
            }
            (None, Some(_), None, _) => {
                reader.bad_test(&format!("`{VARIABLE}` is not compared with anything"))
            }
            (None, None, None, _) => reader.bad_test("a Choice Rule tests nothing"),
        }
    }
}

impl Test {
    fn write_fields<M: SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
        match self {
            Self::And(tests) => tests.write_field(AND, out),
            Self::Or(tests) => tests.write_field(OR, out),
            Self::Not(test) => test.write_field(NOT, out),
            Self::Data { variable, comparison } => {
                variable.write_field(VARIABLE, out)?;
                comparison.write_field(out)
            }
        }
    }
}

impl Shape for ChoiceRule {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let (mut rule, mut test) = (Self::default(), TestFields::default());
        let fields = [Self::FIELDS, TEST_FIELDS, Comparison::FIELDS];
        let is_object = reader.object(json, Self::TITLE, &fields, |name, value, reader| {
            rule.read_field(name, value, reader) || test.read(name, value, reader)
        });
        if !is_object {
            return None;
        }
        rule.test = test.test(reader)?;
        Some(rule)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut out = out.serialize_map(None)?;
        self.write_section(Section::Head, &mut out)?;
        match &self.test {
            RuleTest::Condition(condition) => condition.write_field(CONDITION, &mut out)?,
            RuleTest::Test(test) => test.write_fields(&mut out)?,
        }
        self.write_section(Section::Outcome, &mut out)?;
        self.write_section(Section::Transition, &mut out)?;
        out.end()
    }

    fn demands(&self, out: &mut Demands<'_>) {
        self.field_demands(out);
        let (name, language) = match &self.test {
            RuleTest::Condition(_) => (CONDITION, QueryLanguage::Jsonata),
            RuleTest::Test(Test::And(_)) => (AND, QueryLanguage::JsonPath),
            RuleTest::Test(Test::Or(_)) => (OR, QueryLanguage::JsonPath),
            RuleTest::Test(Test::Not(_)) => (NOT, QueryLanguage::JsonPath),
            RuleTest::Test(Test::Data { .. }) => (VARIABLE, QueryLanguage::JsonPath),
        };
        out.member(name, |out| out.add(language, Cause::Field));
    }
}

impl Shape for NestedTest {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let (mut nested, mut test) = (Self::default(), TestFields::default());
        let fields = [Self::FIELDS, &TEST_FIELDS[1..], Comparison::FIELDS];
        let is_object = reader.object(json, Self::TITLE, &fields, |name, value, reader| {
            nested.read_field(name, value, reader) || (name != CONDITION && test.read(name, value, reader))
        });
        if !is_object {
            return None;
        }
        let RuleTest::Test(test) = test.test(reader)? else { return None };
        nested.test = test;
        Some(nested)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut out = out.serialize_map(None)?;
        self.write_section(Section::Head, &mut out)?;
        self.test.write_fields(&mut out)?;
        out.end()
    }
}
