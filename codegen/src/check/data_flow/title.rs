//! Shapes in words, and of names.

use std::rc::Rc;

use crate::check::data_flow::origin::Origin;
use crate::check::data_flow::shape::{Kinds, Shape};

/// So many characters of a text stand in a message.
const LONGEST: usize = 32;

impl Shape {
    /// Whether its objects have a member whose name is nearly that; all short names are alike.
    pub(crate) fn has_similar(&self, name: &str) -> bool {
        let names = self.member_names();
        name.chars().count() > 2 && crate::asl::nearest(name, names.iter().map(|name| &**name)).is_some()
    }

    /// An object of a type with members of these names, of which no more is known.
    pub(crate) fn of_names(names: &[Rc<str>]) -> Self {
        let members = names.iter().map(|name| (Rc::clone(name), Self::UNKNOWN));
        Self::object_with(members, Some(Self::PRESENT.from(Origin::UNDECLARED)))
    }

    /// "a number or null"; of a value that is known, the value: "the text \"a\"".
    pub(crate) fn title(&self) -> String {
        let present = self.present();
        if let Some(number) = present.known_number() {
            return format!("the number {number}");
        }
        match present.known_texts() {
            Some([text]) if text.chars().count() <= LONGEST => format!("the string \"{text}\""),
            _ if present.kinds == Kinds::TRUE => "`true`".to_owned(),
            _ if present.kinds == Kinds::FALSE => "`false`".to_owned(),
            _ if present.is_never() => self.kinds.title(),
            _ => present.kinds.title(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn what_is_known_is_told() {
        let titles = [
            (Shape::number(2.5), "the number 2.5"),
            (Shape::text("a").optional(), "the string \"a\""),
            (Shape::text("a").join(&Shape::text("b")), "a string"),
            (Shape::text(&"a".repeat(99)), "a string"),
            (Shape::boolean(true), "`true`"),
            (Shape::BOOLEAN, "a boolean"),
            (Shape::NUMBER.join(&Shape::text("a")), "a number or a string"),
            (Shape::ABSENT, "nothing"),
        ];
        for (shape, title) in titles {
            assert_eq!(shape.title(), title);
        }
    }
}
