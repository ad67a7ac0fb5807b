//! What evaluating a text comes upon.

use std::rc::Rc;

use crate::check::data_flow::origin::Origin;
use crate::check::data_flow::shape::Shape;
use crate::diagnostic::Code;

/// What goes wrong whenever a text is evaluated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    /// What it is.
    pub(crate) code: Code,
    /// In words, without a full stop.
    pub(crate) message: String,
    /// Why that is so, likewise.
    pub(crate) why: Option<String>,
    /// What made the value that is to blame.
    pub(crate) origin: Option<Origin>,
    /// What to do.
    pub(crate) help: Option<String>,
    /// Whether it happens whenever the state runs; otherwise it may be that the text is not evaluated.
    pub(crate) is_certain: bool,
}

impl Fault {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), why: None, origin: None, help: None, is_certain: true }
    }

    /// A name that the type of a value does not have.
    pub(crate) fn undeclared(message: String, name: &str, of: &Shape) -> Self {
        let fault = Self::new(Code::UndeclaredField, message).origin(of.origin);
        Self { is_certain: false, ..fault }.names(name, &of.member_names())
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    pub(crate) fn origin(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin;
        self
    }

    /// Suggests the nearest of the names that there are, or says which there are.
    pub(crate) fn names(mut self, wanted: &str, names: &[Rc<str>]) -> Self {
        let nearest = crate::asl::nearest(wanted, names.iter().map(|name| &**name));
        self.help = match nearest {
            Some(name) => Some(format!("there is `{name}`")),
            None if names.is_empty() || names.len() > 8 => None,
            None => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let verb = if names.len() == 1 { "is" } else { "are" };
                Some(format!("there {verb} {}", names.join(", ")))
            }
        };
        self
    }
}
