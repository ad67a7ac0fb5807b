//! Where a text stands. There are many texts and few findings, so that pointers are written only when asked for.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::diagnostic::push_token;

/// A place in the definition. Those in one object share what is above them.
#[derive(Clone)]
pub(super) enum Place<'m> {
    /// A state, by its JSON pointer.
    State(Rc<str>),
    /// What is in another place.
    In(Rc<Self>, Token<'m>),
}

/// What is in a place.
#[derive(Clone, Copy)]
pub(super) enum Token<'m> {
    /// A member.
    Name(&'m str),
    /// An element.
    Index(usize),
}

impl Place<'_> {
    // Definitions nest below 128, as JSON that was read.
    pub(super) fn pointer(&self) -> String {
        match self {
            Self::State(pointer) => pointer.to_string(),
            Self::In(above, token) => {
                let mut pointer = above.pointer();
                match token {
                    Token::Name(name) => push_token(&mut pointer, name),
                    Token::Index(index) => drop(write!(pointer, "/{index}")),
                }
                pointer
            }
        }
    }
}
