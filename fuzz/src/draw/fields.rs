//! Fields that several state types share.

use serde_json::{Value, json};
use stepwright_codegen::asl::QueryLanguage;

use super::{Drawer, Fields, Habit};

const ERRORS: &[&str] = &[
    "States.ALL",
    "States.Timeout",
    "States.HeartbeatTimeout",
    "States.TaskFailed",
    "States.Runtime",
    "States.DataLimitExceeded",
    "States.QueryEvaluationError",
    "States.ExceedToleratedFailureThreshold",
    "E",
    "",
];

impl Drawer {
    /// An Error Name.
    pub(crate) fn error(&self) -> String {
        self.word(ERRORS)
    }

    /// A number that the language lets be a constant, a Path (`NamePath`) or an expression.
    pub(crate) fn count_field(
        &self,
        percent: usize,
        fields: &mut Fields,
        name: &str,
        language: QueryLanguage,
    ) {
        if !self.chance(percent) {
            return;
        }
        match language {
            _ if self.chance(60) => drop(fields.insert(name.to_owned(), self.seconds())),
            QueryLanguage::JsonPath => drop(fields.insert(format!("{name}Path"), self.path().into())),
            QueryLanguage::Jsonata => drop(fields.insert(name.to_owned(), self.expression().into())),
        }
    }

    /// `Parameters` or `Arguments`.
    pub(crate) fn request(&self, percent: usize, fields: &mut Fields, language: QueryLanguage) {
        match language {
            QueryLanguage::JsonPath => self.maybe(percent, fields, "Parameters", || self.template(2)),
            QueryLanguage::Jsonata => self.maybe(percent, fields, "Arguments", || self.with_expressions(2)),
        }
    }

    /// `Assign`, in either language.
    pub(crate) fn assign(&self, percent: usize, fields: &mut Fields, language: QueryLanguage) {
        self.maybe(percent, fields, "Assign", || match language {
            QueryLanguage::JsonPath => Value::Object(self.template_members(1)),
            QueryLanguage::Jsonata => Value::Object(self.assignments()),
        });
    }

    /// What becomes of a result.
    pub(crate) fn result_fields(&self, fields: &mut Fields, language: QueryLanguage) {
        if language == QueryLanguage::JsonPath {
            self.maybe(20, fields, "ResultSelector", || Value::Object(self.template_members(2)));
            self.maybe(40, fields, "ResultPath", || self.result_path());
        }
    }

    /// `Retry` and `Catch`.
    pub(crate) fn handlers(&self, fields: &mut Fields, targets: &[String], language: QueryLanguage) {
        self.maybe(40, fields, "Retry", || Value::Array(self.few(1, || self.retrier())));
        if targets.is_empty() && !self.chance(2) {
            return;
        }
        self.maybe(50, fields, "Catch", || Value::Array(self.few(1, || self.catcher(targets, language))));
    }

    fn retrier(&self) -> Value {
        let mut retrier = Fields::new();
        retrier.insert("ErrorEquals".to_owned(), self.few(1, || self.error()).into());
        self.maybe(40, &mut retrier, "IntervalSeconds", || self.seconds());
        // Not the 99,999,999 that are possible: retries that log nothing have no limit but the year of an execution.
        let most: &[u64] = if self.habit == Habit::Straight { &[0, 1, 5, 40] } else { &[0, 1, 3] };
        self.maybe(60, &mut retrier, "MaxAttempts", || (*self.one(most)).into());
        self.maybe(40, &mut retrier, "BackoffRate", || {
            self.one(&[json!(1), json!(1.0), json!(2.5), json!(1e300)]).clone()
        });
        self.maybe(30, &mut retrier, "MaxDelaySeconds", || self.seconds());
        self.maybe(30, &mut retrier, "JitterStrategy", || self.word(&["FULL", "NONE"]).into());
        retrier.into()
    }

    fn catcher(&self, targets: &[String], language: QueryLanguage) -> Value {
        let mut catcher = Fields::new();
        catcher.insert("ErrorEquals".to_owned(), self.few(1, || self.error()).into());
        match language {
            QueryLanguage::JsonPath => self.maybe(40, &mut catcher, "ResultPath", || self.result_path()),
            QueryLanguage::Jsonata => self.maybe(40, &mut catcher, "Output", || self.with_expressions(1)),
        }
        self.assign(30, &mut catcher, language);
        catcher.insert("Next".to_owned(), self.target(targets).unwrap_or_default().into());
        catcher.into()
    }
}
