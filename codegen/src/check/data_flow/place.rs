//! Places in a state, written down only if there is something to report.

use std::fmt::Write as _;

use crate::diagnostic::push_token;

/// A field, or what is in one.
#[derive(Clone, Copy)]
pub(crate) struct At<'p> {
    above: Option<&'p At<'p>>,
    token: Token<'p>,
}

#[derive(Clone, Copy)]
enum Token<'p> {
    Name(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    /// A field of the state.
    pub(crate) const fn field(name: &'p str) -> Self {
        Self { above: None, token: Token::Name(name) }
    }

    /// A member of what is here.
    pub(crate) fn member(&'p self, name: &'p str) -> Self {
        Self { above: Some(self), token: Token::Name(name) }
    }

    /// An element of what is here.
    pub(crate) fn element(&'p self, index: usize) -> Self {
        Self { above: Some(self), token: Token::Index(index) }
    }

    /// The JSON pointer from the state.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = self.above.map(At::pointer).unwrap_or_default();
        match self.token {
            Token::Name(name) => push_token(&mut pointer, name),
            Token::Index(index) => drop(write!(pointer, "/{index}")),
        }
        pointer
    }

    /// What the outermost name on the way stands for that is one of these.
    pub(crate) fn outermost<T: Copy>(&self, names: &[(&str, T)]) -> Option<T> {
        let own = match self.token {
            Token::Name(name) => names.iter().find(|(known, _)| *known == name).map(|(_, meant)| *meant),
            Token::Index(_) => None,
        };
        self.above.and_then(|above| above.outermost(names)).or(own)
    }

    /// The last name, for a message.
    pub(crate) fn name(&self) -> &'p str {
        match (self.token, self.above) {
            (Token::Name(name), _) => name,
            (Token::Index(_), Some(above)) => above.name(),
            (Token::Index(_), None) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::At;

    #[test]
    fn places_are_json_pointers() {
        let (field, name) = (At::field("Parameters"), "a/b.$");
        let member = field.member(name);
        assert_eq!(member.element(3).pointer(), "/Parameters/a~1b.$/3");
        assert_eq!(member.outermost(&[("a/b.$", 1), ("Parameters", 2)]), Some(2));
        assert_eq!(member.outermost(&[("Output", 1)]), None);
    }
}
