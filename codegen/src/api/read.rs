//! Reads the section of a service. The text is written by a script, so that it is known to be well formed.

use std::collections::BTreeMap;

use crate::api::catalog::Service;
use crate::api::model::Operation;
use crate::api::shape::{Bounds, Member, Shape, ShapeRef, Structure};

/// What a service has.
pub(super) struct Model {
    pub(super) operations: Vec<Operation>,
    pub(super) shapes: Vec<Shape>,
}

/// Reads a section, which is described at the top of the text.
pub(super) fn model(service: &'static Service, text: &'static str) -> Model {
    let mut reader = Reader { service, shapes: Vec::new(), indices: BTreeMap::new() };
    // The first shape is what an operation without members takes or answers.
    reader.add("-", Shape::Structure(Structure { name: "", members: Vec::new() }));
    let blocks = blocks(text);
    for (head, _) in &blocks {
        if !head.starts_with("op ") {
            // Shapes name each other in any order, so that each has its place before the first is read.
            reader.add(name_of(head), Shape::Document);
        }
    }
    let mut operations = Vec::new();
    for (head, lines) in blocks {
        match head.strip_prefix("op ") {
            Some(operation) => operations.push(reader.operation(operation)),
            None => reader.define(head, &lines),
        }
    }
    Model { operations, shapes: reader.shapes }
}

/// Each line that is not indented, with the indented lines below it.
fn blocks(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(' '), blocks.last_mut()) {
            (Some(line), Some((_, lines))) => lines.push(line),
            _ => blocks.push((line, Vec::new())),
        }
    }
    blocks
}

fn name_of(head: &'static str) -> &'static str {
    head.split_once(" = ").map_or(head, |(name, _)| name)
}

struct Reader {
    service: &'static Service,
    shapes: Vec<Shape>,
    /// The places of shapes, by name or as a type is written.
    indices: BTreeMap<&'static str, usize>,
}

impl Reader {
    fn add(&mut self, name: &'static str, shape: Shape) -> usize {
        self.shapes.push(shape);
        self.indices.insert(name, self.shapes.len() - 1);
        self.shapes.len() - 1
    }

    /// `StartExecution ~Input ~Output`
    fn operation(&self, line: &'static str) -> Operation {
        let mut words = line.split(' ');
        let mut word = || words.next().expect("invariant: an operation has a name and two sides");
        let name = word();
        let (input, output) = (self.side(name, word()), self.side(name, word()));
        Operation { service: self.service, name, input, output }
    }

    fn side(&self, operation: &str, side: &str) -> ShapeRef {
        let index = match side.strip_prefix('~') {
            Some(rest) => self.indices.get(format!("{operation}{rest}").as_str()),
            None => self.indices.get(side),
        };
        ShapeRef::new(self.service, *index.expect("invariant: a structure that is named is there"))
    }

    /// A structure, or an enum that has a name.
    fn define(&mut self, head: &'static str, lines: &[&'static str]) {
        let index = self.indices[name_of(head)];
        self.shapes[index] = match head.split_once(" = ") {
            Some((_, values)) => {
                let more = lines.iter().flat_map(|line| line.trim_start_matches('|').split('|'));
                Shape::Enum(values.split('|').chain(more).collect())
            }
            None => {
                let members = lines.iter().map(|line| self.member(line)).collect();
                Shape::Structure(Structure { name: head, members })
            }
        };
    }

    /// `Name! string(1..80)`
    fn member(&mut self, line: &'static str) -> Member {
        let (name, written) = line.split_once(' ').expect("invariant: a member has a type");
        let (name, is_required) = name.strip_suffix('!').map_or((name, false), |name| (name, true));
        Member { name, is_required, shape: self.shape(written) }
    }

    /// The shape that a type says.
    fn shape(&mut self, written: &'static str) -> ShapeRef {
        let index = match self.indices.get(written) {
            Some(index) => *index,
            None => {
                let shape = self.read_shape(written);
                self.add(written, shape)
            }
        };
        ShapeRef::new(self.service, index)
    }

    fn read_shape(&mut self, written: &'static str) -> Shape {
        if written.contains('|') {
            return Shape::Enum(written.split('|').collect());
        }
        let (kind, bounds) = bounded(written);
        let within = |open, close| kind.strip_prefix(open).and_then(|kind| kind.strip_suffix(close));
        if let Some(element) = within('[', ']') {
            return Shape::List { element: self.shape(element), length: bounds };
        }
        if let Some(value) = within('{', '}') {
            return Shape::Map { value: self.shape(value), length: bounds };
        }
        match kind {
            "string" => Shape::String(bounds),
            "blob" => Shape::Blob(bounds),
            "timestamp" => Shape::Timestamp,
            "integer" => Shape::Integer(bounds),
            "long" => Shape::Long(bounds),
            "float" => Shape::Float(bounds),
            "double" => Shape::Double(bounds),
            "boolean" => Shape::Boolean,
            "document" => Shape::Document,
            kind => unreachable!("invariant: `{kind}` of {} is a kind or a name", self.service.name),
        }
    }
}

/// `string(1..80)`: the bounds are those of the whole, not those of what is in brackets.
fn bounded(written: &'static str) -> (&'static str, Bounds) {
    let parts = written.strip_suffix(')').and_then(|written| written.rsplit_once('('));
    let Some((kind, (min, max))) = parts.and_then(|(kind, bounds)| Some((kind, bounds.split_once("..")?)))
    else {
        return (written, Bounds::default());
    };
    (kind, Bounds { min: min.parse().ok(), max: max.parse().ok() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::catalog::Integration;

    fn member(service: &str, structure: &str, name: &str) -> &'static Member {
        let service = Service::find(service).expect("it is a service");
        service
            .operations()
            .iter()
            .flat_map(|operation| [operation.input, operation.output])
            .find_map(|side| match side.shape() {
                Shape::Structure(found) if found.name == structure => found.member(name),
                _ => None,
            })
            .expect("it has the member")
    }

    #[test]
    fn every_section_can_be_read() {
        for service in Service::all() {
            assert!(!service.operations().is_empty(), "{}", service.name);
        }
        assert!(Service::all().is_sorted_by_key(|service| service.name));
        assert!(Integration::all().is_sorted_by_key(|integration| integration.name));
    }

    #[test]
    fn members_are_spelt_as_step_functions_spells_them() {
        let arn = member("sfn", "StartExecutionInput", "StateMachineArn");
        assert!(arn.is_required);
        assert!(
            matches!(arn.shape.shape(), Shape::String(bounds) if *bounds == Bounds { min: Some(1.0), max: Some(256.0) })
        );
        assert!(!member("sfn", "StartExecutionInput", "Name").is_required);
    }

    #[test]
    fn long_enums_go_over_several_lines() {
        let Shape::Enum(values) = member("lambda", "CreateFunctionRequest", "Runtime").shape.shape() else {
            panic!("it is an enum");
        };
        assert!(values.contains(&"nodejs") && values.contains(&"python3.13"), "{values:?}");
        assert!(values.iter().all(|value| !value.is_empty()), "{values:?}");
    }

    #[test]
    fn shapes_may_contain_themselves() {
        let item = member("dynamodb", "PutItemInput", "Item").shape.shape();
        let Shape::Map { value, .. } = item else { panic!("it is a map") };
        let Shape::Structure(attribute) = value.shape() else { panic!("it is a structure") };
        let list = attribute.member("L").expect("it may be a list").shape.shape();
        let Shape::List { element, .. } = list else { panic!("it is a list") };
        assert!(std::ptr::eq(element.shape(), value.shape()));
    }

    #[test]
    fn bounds_are_those_of_the_whole() {
        assert_eq!(bounded("[string(1..2)]"), ("[string(1..2)]", Bounds::default()));
        assert_eq!(bounded("[string(1..2)](..5)"), ("[string(1..2)]", Bounds { min: None, max: Some(5.0) }));
        assert_eq!(bounded("integer(-3..)"), ("integer", Bounds { min: Some(-3.0), max: None }));
    }
}
