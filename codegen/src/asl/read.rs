//! From JSON to the model: walks the tree, keeps track of where it is, and collects every problem.

use indexmap::IndexSet;
use serde_json::{Map, Number, Value};

use crate::asl::json::Json;
use crate::asl::object::{FieldInfo, Shape};
use crate::asl::state::{StateType, TYPE};
use crate::diagnostic::{Code, Finding, Focus, Locator, push_token};

/// Where the conversion is, and what it has found.
pub(crate) struct Reader<'j> {
    path: Vec<Step<'j>>,
    findings: Vec<(Vec<usize>, Finding)>,
}

/// One level down: the member or element with this position.
#[derive(Clone, Copy)]
struct Step<'j> {
    position: usize,
    /// The key; elements of arrays have none.
    name: Option<&'j str>,
}

/// The names of an object that have been visited.
struct Seen<'j> {
    members: &'j [(String, Json)],
    /// Only made for many: it is quicker to look through a few.
    names: IndexSet<&'j str>,
}

/// So many are few.
const FEW_MEMBERS: usize = 16;

impl<'j> Seen<'j> {
    fn new(members: &'j [(String, Json)]) -> Self {
        Self { members, names: IndexSet::new() }
    }

    /// Whether the member with this position has another name than those before it, which have been asked for.
    fn is_first(&mut self, position: usize) -> bool {
        let name = &self.members[position].0;
        if self.members.len() <= FEW_MEMBERS {
            return !self.members[..position].iter().any(|(before, _)| before == name);
        }
        self.names.insert(name)
    }
}

impl<'j> Reader<'j> {
    pub(crate) fn new() -> Self {
        Self { path: Vec::new(), findings: Vec::new() }
    }

    /// Whether nothing has been found.
    pub(crate) fn is_happy(&self) -> bool {
        self.findings.is_empty()
    }

    /// What has been found, with its places in the text.
    pub(crate) fn into_findings(self, text: &str) -> Vec<Finding> {
        let locator = Locator::new(text);
        let findings = self.findings.into_iter();
        let mut findings: Vec<Finding> = findings
            .map(|(positions, mut finding)| {
                finding.span = locator.by_position(&positions, finding.focus);
                finding
            })
            .collect();
        findings.sort_by_key(|finding| finding.span);
        findings
    }

    /// Reports that another type of value is expected here.
    pub(crate) fn mismatch<T>(&mut self, expected: &str, found: &Json) -> Option<T> {
        self.report(Code::WrongType, Focus::Value, |it| {
            format!("{it}expected {expected}, found {}", found.title())
        });
        None
    }

    /// Reports a fraction or negative number.
    pub(crate) fn not_whole<T>(&mut self, number: &Number) -> Option<T> {
        self.report(Code::WrongType, Focus::Value, |it| {
            format!("{it}expected a whole number, zero or more, found {number}")
        });
        None
    }

    /// Reports fields of a Choice Rule that are not one test.
    pub(crate) fn bad_test<T>(&mut self, message: &str) -> Option<T> {
        self.report(Code::BadTest, Focus::Value, |_| message.to_owned());
        None
    }

    /// One of a few words.
    pub(crate) fn word<T: Copy>(
        &mut self,
        json: &Json,
        all: &[T],
        as_str: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let Json::String(text) = json else { return self.mismatch("a string", json) };
        let word = all.iter().copied().find(|word| as_str(*word) == text);
        if word.is_none() {
            let known: Vec<String> = all.iter().map(|word| format!("`{}`", as_str(*word))).collect();
            let known = known.join(", ");
            self.report(Code::UnknownWord, Focus::Value, |it| {
                format!("{it}expected one of {known}, found `{text}`")
            });
        }
        word
    }

    /// `Type` of a state whose members these are, or a report why there is none.
    pub(crate) fn state_type(&mut self, members: &'j [(String, Json)]) -> Option<StateType> {
        let mut types = members.iter().enumerate().filter(|(_, (name, _))| name == TYPE);
        let Some((position, (name, json))) = types.next() else {
            self.report(Code::MissingField, Focus::Value, |_| format!("a state has no `{TYPE}`"));
            return None;
        };
        self.at(Step { position, name: Some(name) }, |reader| StateType::read(json, reader))
    }

    /// Any JSON; only duplicate keys are reported.
    pub(crate) fn payload(&mut self, json: &'j Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => Value::Number(number.clone()),
            Json::String(text) => Value::String(text.clone()),
            Json::Array(items) => {
                Value::Array(self.elements(items, |json, reader| Some(reader.payload(json))))
            }
            Json::Object(_) => {
                let mut object = Map::new();
                self.members(json, |name, value, reader| {
                    object.insert(name.to_owned(), reader.payload(value));
                });
                Value::Object(object)
            }
        }
    }

    /// Converts the elements of an array, leaving out those that were reported.
    pub(crate) fn elements<T>(
        &mut self,
        items: &'j [Json],
        convert: impl Fn(&'j Json, &mut Self) -> Option<T>,
    ) -> Vec<T> {
        let items = items.iter().enumerate();
        items
            .filter_map(|(position, json)| {
                self.at(Step { position, name: None }, |reader| convert(json, reader))
            })
            .collect()
    }

    /// Visits the members of an object, reporting duplicates. `false`: it is no object, which has been reported.
    pub(crate) fn members(
        &mut self,
        json: &'j Json,
        mut visit: impl FnMut(&'j str, &'j Json, &mut Self),
    ) -> bool {
        let Json::Object(members) = json else {
            self.mismatch::<()>("an object", json);
            return false;
        };
        let mut seen = Seen::new(members);
        for (position, (name, value)) in members.iter().enumerate() {
            self.at(Step { position, name: Some(name) }, |reader| {
                if seen.is_first(position) {
                    visit(name, value, reader);
                } else {
                    reader.report(Code::DuplicateKey, Focus::Key, |_| {
                        format!("key `{name}` occurs twice in the same object")
                    });
                }
            });
        }
        true
    }

    /// Reads the fields of an object that is one of the language's: unknown and missing ones are reported.
    ///
    /// `read` converts a field and says whether there is one of that name; `fields` lists them all.
    pub(crate) fn object(
        &mut self,
        json: &'j Json,
        title: &str,
        fields: &[&[FieldInfo]],
        mut read: impl FnMut(&'j str, &'j Json, &mut Self) -> bool,
    ) -> bool {
        let is_object = self.members(json, |name, value, reader| {
            if !read(name, value, reader) {
                reader.unknown_field(name, title, fields);
            }
        });
        if let Json::Object(members) = json {
            for field in fields.iter().copied().flatten() {
                if field.required && !members.iter().any(|(name, _)| name == field.name) {
                    self.report(Code::MissingField, Focus::Value, |_| {
                        format!("{title} has no `{}`", field.name)
                    });
                }
            }
        }
        is_object
    }

    fn unknown_field(&mut self, name: &str, title: &str, fields: &[&[FieldInfo]]) {
        let finding =
            self.report(Code::UnknownField, Focus::Key, |_| format!("`{name}` is not a field of {title}"));
        let known = fields.iter().copied().flatten().map(|field| field.name);
        if let Some(nearest) = nearest(name, known) {
            finding.help = Some(format!("a field with a similar name is `{nearest}`"));
        }
        let types = StateType::with_field(name);
        if !types.is_empty() {
            let titles: Vec<&str> = types.into_iter().map(StateType::title).collect();
            finding.notes.push(format!("`{name}` belongs to {}", titles.join(", ")));
        }
    }

    /// Goes one level down.
    fn at<T>(&mut self, step: Step<'j>, visit: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let result = visit(self);
        self.path.pop();
        result
    }

    /// Adds an error here. The message is given the name of the field to begin with: "`Next`: ".
    fn report(&mut self, code: Code, focus: Focus, message: impl FnOnce(&str) -> String) -> &mut Finding {
        let name = self.path.last().and_then(|step| step.name);
        let message = message(&name.map(|name| format!("`{name}`: ")).unwrap_or_default());
        let mut finding = Finding::error(code, self.pointer(), message);
        finding.focus = focus;
        let positions = self.path.iter().map(|step| step.position).collect();
        self.findings.push((positions, finding));
        let (_, finding) = self.findings.last_mut().expect("invariant: one has just been pushed");
        finding
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            match step.name {
                Some(name) => push_token(&mut pointer, name),
                None => push_token(&mut pointer, &step.position.to_string()),
            }
        }
        pointer
    }
}

/// The candidate most like a name, if one is like it.
pub(crate) fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let folded = name.to_lowercase();
    let distance = |candidate: &str| strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
