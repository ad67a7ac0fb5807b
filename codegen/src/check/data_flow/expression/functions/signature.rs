//! What functions take, in the notation of JSONata's signatures.

use crate::check::data_flow::expression::value::Value;
use crate::check::data_flow::shape::{Kinds, Shape};

/// A parameter of a function.
pub(super) struct Parameter {
    kinds: Kinds,
    takes_function: bool,
    /// Takes an array of these, or one of them for it.
    elements: Option<Kinds>,
    count: Count,
}

/// How many arguments a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    One,
    /// One, or none: then `$` stands in for it.
    Context,
    /// One or none.
    Optional,
    /// One or more.
    Many,
}

/// Reads what stands between the angle brackets, before the colon.
pub(super) fn parameters(signature: &str) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut letters = signature.chars();
    while let Some(letter) = letters.next() {
        match (letter, parameters.last_mut()) {
            ('-', Some(last)) => last.count = Count::Context,
            ('?', Some(last)) => last.count = Count::Optional,
            ('+', Some(last)) => last.count = Count::Many,
            ('<', Some(last)) => {
                let inner = letters.by_ref().take_while(|letter| *letter != '>');
                last.elements = Some(inner.fold(Kinds::NONE, |all, letter| all.or(kinds(letter))));
            }
            ('(', _) => parameters.push(Parameter::of(letters.by_ref().take_while(|letter| *letter != ')'))),
            (letter, _) => parameters.push(Parameter::of(std::iter::once(letter))),
        }
    }
    parameters
}

fn kinds(letter: char) -> Kinds {
    match letter {
        's' => Kinds::TEXT,
        'n' => Kinds::NUMBER,
        'b' => Kinds::BOOLEAN,
        'o' => Kinds::OBJECT,
        'f' => Kinds::NONE,
        _ => Kinds::PRESENT,
    }
}

impl Parameter {
    fn of(letters: impl Iterator<Item = char>) -> Self {
        let mut parameter =
            Self { kinds: Kinds::NONE, takes_function: false, elements: None, count: Count::One };
        for letter in letters {
            parameter.kinds = parameter.kinds.or(kinds(letter));
            parameter.takes_function |= "fxa".contains(letter);
        }
        parameter
    }

    pub(super) fn is_required(&self) -> bool {
        matches!(self.count, Count::One | Count::Many)
    }

    pub(super) fn repeats(&self) -> bool {
        self.count == Count::Many
    }

    /// Whether `$` stands in for it.
    pub(super) fn may_be_context(&self) -> bool {
        self.count == Count::Context
    }

    pub(super) fn is_array(&self) -> bool {
        self.elements.is_some()
    }

    /// Whether some value of an argument is taken. Nothing always is.
    pub(super) fn takes(&self, argument: &Value) -> bool {
        let kinds = argument.shape.kinds;
        if kinds.has(Kinds::ABSENT) || argument.may_be_function() {
            return true;
        }
        let Some(elements) = self.elements else { return kinds.has(self.kinds) };
        let arrays = argument.arrays();
        let takes_array = match arrays.shape.known_elements() {
            Some(known) => known.iter().all(|element| element.kinds.has(elements)),
            None => !arrays.is_never(),
        };
        takes_array || kinds.without(Kinds::ARRAY).has(elements)
    }

    /// Whether some value of an element of an array is taken.
    pub(super) fn takes_element(&self, element: &Shape) -> bool {
        self.elements.is_none_or(|elements| element.kinds.has(elements))
    }

    /// Whether all values of an argument are taken, whatever the elements of an array.
    fn takes_all(&self, argument: &Value) -> bool {
        argument.shape.kinds.only(self.kinds.or(Kinds::ABSENT))
    }

    pub(super) fn is_optional(&self) -> bool {
        self.count == Count::Optional
    }

    /// "string or function".
    pub(super) fn name(&self) -> String {
        if !self.is_array() && self.kinds == Kinds::PRESENT {
            return "value".to_owned();
        }
        let title = self.title();
        title.replace("an array", "array").replace("an object", "object").replace("a ", "")
    }

    /// "a string or a function".
    pub(super) fn title(&self) -> String {
        if let Some(elements) = self.elements {
            let title = elements.title();
            let name = title.split_once(' ').map_or(&*title, |(_, name)| name);
            return format!("an array of {name}s");
        }
        match (self.takes_function, self.kinds) {
            (true, Kinds::NONE) => "a function".to_owned(),
            (true, kinds) => format!("{} or a function", kinds.title()),
            (false, kinds) => kinds.title(),
        }
    }
}

/// Whether an argument may be meant for a later parameter than its place says.
pub(super) fn is_shifted(parameters: &[Parameter], arguments: &[Value]) -> bool {
    let wanted = parameters.iter().filter(|parameter| parameter.count != Count::Optional).count();
    let misfits =
        || parameters.iter().zip(arguments).any(|(parameter, argument)| !parameter.takes_all(argument));
    arguments.len() < parameters.len()
        && parameters.iter().any(|parameter| parameter.count == Count::Context)
        && (arguments.len() < wanted || misfits())
}

/// Whether a call with these arguments can succeed: `$` stands in for what is missing, and nothing at the end is as
/// good as no argument.
pub(super) fn takes(parameters: &[Parameter], arguments: &[Value]) -> bool {
    let takes_fewer = || match arguments {
        [fewer @ .., last] => {
            let may_be_left_out = last.may_be_absent() && !fewer.is_empty();
            may_be_left_out && takes(parameters, fewer)
        }
        [] => false,
    };
    fits(parameters, arguments) || takes_fewer()
}

fn fits(parameters: &[Parameter], arguments: &[Value]) -> bool {
    let Some((parameter, rest)) = parameters.split_first() else { return arguments.is_empty() };
    if !parameter.is_required() && fits(rest, arguments) {
        return true;
    }
    arguments.split_first().is_some_and(|(argument, others)| {
        parameter.takes(argument) && (fits(rest, others) || parameter.repeats() && fits(parameters, others))
    })
}
