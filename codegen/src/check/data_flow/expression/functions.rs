//! Calls of functions: what the arguments must be, and what comes back.

mod callbacks;
mod results;
mod signature;
mod table;

use jsonata_core::ast::AstNode;

use self::signature::Parameter;
use self::table::{Function, Gives};
use super::operators::says;
use super::quote::quoted;
use super::value::Value;
use super::walk::Walk;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::Shape;
use crate::diagnostic::Code;

/// The functions that Step Functions adds.
const ADDED: [&str; 6] = ["partition", "range", "hash", "random", "uuid", "parse"];

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
        let Some(function) = function.filter(|_| !is_partial) else {
            arguments.iter().for_each(|argument| drop(self.value(argument)));
            return Value::UNKNOWN;
        };
        let parameters = function.parameters();
        if !fits(&parameters, arguments) {
            arguments.iter().for_each(|argument| drop(self.value(argument)));
            let mut fault = wrong_count(function, &parameters, arguments.len());
            // What the service makes of its own functions then is not known.
            fault.is_certain = !ADDED.contains(&name);
            let given = self.fail(fault);
            return if ADDED.contains(&name) { Value::UNKNOWN } else { given };
        }
        if let (Gives::OfCallback(gives), [of, callback]) = (&function.gives, arguments)
            && let AstNode::Lambda { params, body, signature: None, .. } = *callback
        {
            let of = self.value(of);
            let values = [of, Value::UNKNOWN];
            return self.checked(function, &parameters, (arguments, &values), |walk, arguments| {
                gives(walk, &arguments[0], Some((params, body)))
            });
        }
        let was_asked = self.is_asked;
        self.is_asked |= name == "exists";
        let values: Vec<Value> = arguments.iter().map(|argument| self.value(argument)).collect();
        self.is_asked = was_asked;
        self.checked(function, &parameters, (arguments, &values), |walk, arguments| {
            walk.result(function, &parameters, arguments)
        })
    }

    fn checked(
        &mut self,
        function: &Function,
        parameters: &[Parameter],
        (nodes, arguments): (&[&AstNode], &[Value]),
        result: impl FnOnce(&mut Self, &[Value]) -> Value,
    ) -> Value {
        if arguments.iter().any(Value::is_never) {
            return Value::NEVER;
        }
        if !signature::takes(parameters, arguments) {
            return self.fail(wrong_argument(function, parameters, nodes, arguments));
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

/// Whether so many arguments can be given.
fn fits(parameters: &[Parameter], arguments: &[&AstNode]) -> bool {
    let least = parameters.iter().filter(|parameter| parameter.is_required()).count();
    let is_open = parameters.iter().any(Parameter::repeats);
    arguments.len() >= least && (is_open || arguments.len() <= parameters.len())
}

fn wrong_count(function: &Function, parameters: &[Parameter], count: usize) -> Fault {
    let least = parameters.iter().filter(|parameter| parameter.is_required()).count();
    let most = parameters.len();
    let takes = match () {
        () if parameters.iter().any(Parameter::repeats) => format!("at least {}", arguments(least)),
        () if least == most => arguments(least),
        () if most - least == 1 => format!("{least} or {}", arguments(most)),
        () => format!("{least} to {}", arguments(most)),
    };
    let message = format!("`${}` takes {takes}, but gets {count}", function.name);
    Fault::new(Code::WrongArgumentCount, message).help(usage(function, parameters))
}

/// "no argument", "2 arguments".
fn arguments(count: usize) -> String {
    match count {
        0 => "no argument".to_owned(),
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    }
}

/// How a function is called.
fn usage(function: &Function, parameters: &[Parameter]) -> String {
    let written = parameters.iter().enumerate().map(|(position, parameter)| {
        let comma = if position == 0 { "" } else { ", " };
        let name = parameter.name();
        match () {
            () if parameter.is_optional() => format!("[{comma}{name}]"),
            () if parameter.repeats() => format!("{comma}{name}, …"),
            () => format!("{comma}{name}"),
        }
    });
    let usage: String = written.collect();
    let usage = format!("it is called as `${}({usage})`", function.name);
    if parameters.iter().any(Parameter::may_be_context) {
        return usage + "; without the first, `$` is taken for it";
    }
    usage
}

fn wrong_argument(
    function: &Function,
    parameters: &[Parameter],
    nodes: &[&AstNode],
    arguments: &[Value],
) -> Fault {
    let mut triples = parameters.iter().zip(arguments).zip(nodes).enumerate();
    let wrong = triples.find(|(_, ((parameter, argument), _))| !parameter.takes(argument));
    let name = function.name;
    let Some((position, ((parameter, argument), node))) = wrong else {
        return Fault::new(Code::WrongArgument, format!("`${name}` does not take such arguments"))
            .help(usage(function, parameters));
    };
    let otherwise =
        if arguments.len() > 1 { format!("argument {}", position + 1) } else { "its argument".into() };
    let other = argument
        .shape
        .known_elements()
        .and_then(|known| known.iter().find(|it| !parameter.takes_element(it)));
    let said = match other {
        Some(element) => {
            format!("{} has others: {}", quoted(node).unwrap_or(otherwise), element.title())
        }
        None => says(node, &argument.shape, &otherwise),
    };
    let message = format!("`${name}` takes {}, but {said}", parameter.title());
    Fault::new(Code::WrongArgument, message).origin(argument.shape.origin)
}
