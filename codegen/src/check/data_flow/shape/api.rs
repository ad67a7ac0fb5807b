//! The shapes of what services answer.

use std::rc::Rc;

use super::Shape;
use crate::api::{self, Member, ShapeRef, Structure};

/// What the service adds to each answer.
const ADDED: [&str; 2] = ["SdkHttpMetadata", "SdkResponseMetadata"];

/// Lists of lists; a structure is looked into when it is asked for.
const DEEPEST: usize = 4;

impl Shape {
    /// The answer of an operation.
    pub(crate) fn of_answer(answer: ShapeRef) -> Self {
        let members = members(answer);
        if members.is_empty() {
            return Self::PRESENT;
        }
        let added = ADDED.map(|name| (Rc::from(name), Self::UNKNOWN));
        Self::object(members.into_iter().chain(added))
    }

    fn of_api(shape: ShapeRef, depth: usize) -> Self {
        if depth == 0 {
            return Self::PRESENT;
        }
        match shape.shape() {
            api::Shape::Structure(_) => Self::answer(shape),
            api::Shape::List { element, .. } => Self::list(Self::of_api(*element, depth - 1)),
            api::Shape::Map { value, .. } => {
                Self::object_with::<Rc<str>>([], Some(Self::of_api(*value, depth - 1)))
            }
            api::Shape::Enum(_) | api::Shape::String(_) | api::Shape::Blob(_) | api::Shape::Timestamp => {
                Self::TEXT
            }
            api::Shape::Integer(_) | api::Shape::Long(_) | api::Shape::Float(_) | api::Shape::Double(_) => {
                Self::NUMBER
            }
            api::Shape::Boolean => Self::BOOLEAN,
            api::Shape::Document => Self::PRESENT,
        }
    }
}

pub(super) fn member(answer: ShapeRef, name: &str) -> Shape {
    let found = structure(answer).and_then(|structure| structure.member(name));
    found.map_or(Shape::ABSENT, of_member)
}

pub(super) fn members(answer: ShapeRef) -> Vec<super::members::Member> {
    let members = structure(answer).map_or(&[][..], |structure| &structure.members);
    let mut members: Vec<super::members::Member> =
        members.iter().map(|member| (Rc::from(member.name), of_member(member))).collect();
    members.sort_by(|(left, _), (right, _)| left.cmp(right));
    members
}

fn structure(answer: ShapeRef) -> Option<&'static Structure> {
    match answer.shape() {
        api::Shape::Structure(structure) => Some(structure),
        _ => None,
    }
}

/// What an API calls required is about requests; of answers nothing is certain.
fn of_member(member: &Member) -> Shape {
    Shape::of_api(member.shape, DEEPEST).optional()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Call;

    #[test]
    fn answers_are_looked_into() {
        let call = Call::of("arn:aws:states:::lambda:invoke").expect("it is an operation");
        let answer = Shape::of_answer(call.result().expect("it answers"));
        assert_eq!(answer.member("StatusCode"), Shape::NUMBER.optional());
        assert_eq!(answer.member("Payload"), Shape::UNKNOWN);
        assert!(answer.member("body").is_absent());
        let call = Call::of("arn:aws:states:::aws-sdk:ec2:describeInstances").expect("it is an operation");
        let answer = Shape::of_answer(call.result().expect("it answers"));
        let instance = answer.member("Reservations").element(0).member("Instances").element(0);
        assert_eq!(instance.member("InstanceId"), Shape::TEXT.optional());
        assert!(instance.member("InstanceID").is_absent());
    }
}
