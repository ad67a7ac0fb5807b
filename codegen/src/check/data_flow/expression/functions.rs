//! Calls of functions: what the arguments must be, and what comes back.

mod callbacks;
mod results;
mod signature;
mod table;

use jsonata_core::ast::AstNode;

use self::signature::Parameter;
use self::table::{Function, Gives};
use super::value::Value;
use super::walk::Walk;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::diagnostic::Code;

impl Walk<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[AstNode], is_builtin: bool) -> Value {
        let arguments: Vec<&AstNode> = arguments.iter().collect();
        self.call_with(name, &arguments, is_builtin)
    }

    /// `value ~> $function(…)`: the value is the first argument.
    pub(super) fn chained(&mut self, lhs: &AstNode, rhs: &AstNode) -> Value {
        match rhs {
            AstNode::Function { name, args, is_builtin } if !args.iter().any(is_placeholder) => {
                let arguments: Vec<&AstNode> = std::iter::once(lhs).chain(args).collect();
                self.call_with(name, &arguments, *is_builtin)
            }
            _ => {
                self.value(lhs);
                Value::UNKNOWN
            }
        }
    }

    fn call_with(&mut self, name: &str, arguments: &[&AstNode], is_builtin: bool) -> Value {
        let function = Function::of(name).filter(|_| is_builtin && !self.binds(name));
        let is_partial = arguments.iter().any(|argument| is_placeholder(argument));
        let parameters = function.map(Function::parameters).filter(|parameters| fits(parameters, arguments));
        let (Some(function), Some(parameters), false) = (function, parameters, is_partial) else {
            arguments.iter().for_each(|argument| drop(self.value(argument)));
            return Value::UNKNOWN;
        };
        if let (Gives::OfCallback(gives), [of, callback]) = (&function.gives, arguments)
            && let AstNode::Lambda { params, body, signature: None, .. } = *callback
        {
            let of = self.value(of);
            return self.checked(function, &parameters, &[of, Value::UNKNOWN], |walk, arguments| {
                gives(walk, &arguments[0], Some((params, body)))
            });
        }
        let was_asked = self.is_asked;
        self.is_asked |= name == "exists";
        let values: Vec<Value> = arguments.iter().map(|argument| self.value(argument)).collect();
        self.is_asked = was_asked;
        self.checked(function, &parameters, &values, |walk, arguments| {
            walk.result(function, &parameters, arguments)
        })
    }

    fn checked(
        &mut self,
        function: &Function,
        parameters: &[Parameter],
        arguments: &[Value],
        result: impl FnOnce(&mut Self, &[Value]) -> Value,
    ) -> Value {
        if arguments.iter().any(Value::is_never) {
            return Value::NEVER;
        }
        if !signature::takes(parameters, arguments) {
            return self.fail(wrong_argument(function, parameters, arguments));
        }
        result(self, arguments)
    }

    fn result(&mut self, function: &Function, parameters: &[Parameter], arguments: &[Value]) -> Value {
        // `$` may stand in for a missing argument, and then the others are further on than they look.
        let is_shifted = signature::is_shifted(parameters, arguments);
        let result = match &function.gives {
            Gives::Kind(_) if !is_shifted && is_of_nothing(parameters, arguments) => Value::ABSENT,
            Gives::Kind(kinds) => Value::made(Shape::of(*kinds)),
            _ if is_shifted => return Value::UNKNOWN,
            Gives::Made(made) => made(arguments),
            Gives::OfCallback(gives) => gives(self, &arguments[0], None),
        };
        let may_be_absent = arguments.iter().any(Value::may_be_absent);
        if is_shifted || may_be_absent && !function.is_always_there() { result.optional() } else { result }
    }
}

/// Whether there is certainly nothing to work on, of which such functions make nothing.
fn is_of_nothing(parameters: &[Parameter], arguments: &[Value]) -> bool {
    let worked_on = parameters.iter().zip(arguments).next();
    worked_on.is_some_and(|(parameter, argument)| {
        argument.shape.is_absent() && (parameter.may_be_context() || parameter.is_array())
    })
}

fn is_placeholder(node: &AstNode) -> bool {
    matches!(node, AstNode::Placeholder)
}

/// Whether so many arguments can be given; others are another rule's.
fn fits(parameters: &[Parameter], arguments: &[&AstNode]) -> bool {
    let least = parameters.iter().filter(|parameter| parameter.is_required()).count();
    let is_open = parameters.iter().any(Parameter::repeats);
    arguments.len() >= least && (is_open || arguments.len() <= parameters.len())
}

fn wrong_argument(function: &Function, parameters: &[Parameter], arguments: &[Value]) -> Fault {
    let mut pairs = parameters.iter().zip(arguments);
    let wrong = pairs.find(|(parameter, argument)| !parameter.takes(argument));
    let name = function.name;
    let Some((parameter, argument)) = wrong else {
        return Fault::new(Code::WrongArgument, format!("`${name}` does not take such arguments"));
    };
    let title = if parameter.is_array() && argument.shape.kinds.only(Kinds::ARRAY) {
        "one with other elements".to_owned()
    } else {
        argument.shape.present().kinds.title()
    };
    let message = format!("`${name}` takes {}, not {title}", parameter.title());
    Fault::new(Code::WrongArgument, message).origin(argument.shape.origin)
}
