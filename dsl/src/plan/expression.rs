//! Expressions without their Rust types: what the printers of the query languages read.

use serde_json::Value;

use super::closure::{Closure, Combinator, Jsonata};
use super::function::Function;
use super::place::Place;
use crate::name::StateName;

/// An expression over the data of an execution.
#[derive(Debug, Clone)]
pub enum Expression {
    /// A constant.
    Literal(Value),
    /// A Rust value that serde could not write as JSON, with serde's reason.
    Unprintable(String),
    /// The name of a state, as data.
    StateName(StateName),
    /// `${Name}`, for which a deployment fills in the text of a value of this kind.
    Placeholder(&'static str, Kind),
    /// The value at a place, of this kind. `Kind::Optional`: it may be missing, and is `null` then.
    Read(&'static Place, Kind),
    /// Whether the value at a place is there and not `null`.
    IsSome(&'static Place),
    /// A value that may be missing, or a default.
    Or {
        /// The place of the value.
        value: &'static Place,
        /// The default.
        default: Box<Expression>,
    },
    /// An object, in the order of the fields.
    Object(Vec<(String, Presence, Expression)>),
    /// An array.
    Array(Vec<Expression>),
    /// `!a`.
    Not(Box<Expression>),
    /// `-a`.
    Negate(Box<Expression>),
    /// `a && b`, `a || b`.
    Logic {
        /// Which.
        operator: Logic,
        /// The first.
        left: Box<Expression>,
        /// The second.
        right: Box<Expression>,
    },
    /// `a == b`, `a < b`, …
    Compare {
        /// Which.
        operator: Comparison,
        /// What both sides are.
        kind: Kind,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// `a + b`, …
    Arithmetic {
        /// Which.
        operator: Arithmetic,
        /// Whether both sides are whole numbers.
        whole: bool,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// `if condition { then } else { otherwise }`.
    IfElse {
        /// The condition.
        condition: Box<Expression>,
        /// The value if it holds.
        then: Box<Expression>,
        /// The value if not.
        otherwise: Box<Expression>,
    },
    /// A text with values in it: `pieces` has one element more than `values`.
    Format {
        /// The constant texts around the values.
        pieces: Vec<String>,
        /// The values.
        values: Vec<Expression>,
    },
    /// A function of the query language.
    Call(Function, Vec<Expression>),
    /// What a function finds, or `null` where it finds nothing.
    OrNull(Box<Expression>),
    /// Whether an optional value is there and not `null`.
    HasValue(Box<Expression>),
    /// An optional value, or a default where it is missing or `null`.
    Default {
        /// The optional value.
        value: Box<Expression>,
        /// The default.
        default: Box<Expression>,
    },
    /// An optional value that is there, for a reason that the type does not tell.
    Assume {
        /// The optional value.
        value: Box<Expression>,
        /// The reason.
        reason: &'static str,
    },
    /// A function over the items of a list, or over a value that may be missing.
    Closure(Box<Closure>),
    /// A text in JSONata, as the user wrote it.
    Jsonata(Box<Jsonata>),
}

impl Expression {
    /// Calls `visit` for each place that the expression reads, in order.
    pub fn places(&self, visit: &mut impl FnMut(&'static Place)) {
        if let Self::Read(place, _) | Self::IsSome(place) | Self::Or { value: place, .. } = self {
            visit(place);
        }
        self.children(&mut |child| child.places(visit));
    }

    /// Calls `visit` for each direct part of the expression, in order.
    pub fn children<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match self {
            Self::Literal(_)
            | Self::Unprintable(_)
            | Self::StateName(_)
            | Self::Placeholder(..)
            | Self::Read(..)
            | Self::IsSome(_) => {}
            Self::Or { default, .. } => visit(default),
            Self::Default { value, default } => {
                visit(value);
                visit(default);
            }
            Self::OrNull(value) | Self::HasValue(value) | Self::Assume { value, .. } => visit(value),
            Self::Closure(closure) => {
                visit(&closure.over);
                closure.start.iter().for_each(&mut *visit);
                visit(&closure.body);
            }
            Self::Jsonata(jsonata) => jsonata.values.iter().for_each(visit),
            Self::Logic { left: a, right: b, .. }
            | Self::Compare { left: a, right: b, .. }
            | Self::Arithmetic { left: a, right: b, .. } => {
                visit(a);
                visit(b);
            }
            Self::Object(fields) => fields.iter().for_each(|(_, _, value)| visit(value)),
            Self::Array(items) | Self::Format { values: items, .. } | Self::Call(_, items) => {
                items.iter().for_each(visit);
            }
            Self::Not(a) | Self::Negate(a) => visit(a),
            Self::IfElse { condition, then, otherwise } => {
                visit(condition);
                visit(then);
                visit(otherwise);
            }
        }
    }
}

impl Expression {
    /// What kind of value it gives; `Kind::Any` where that is not known.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Literal(value) => match value {
                Value::Null => Kind::Null,
                Value::Bool(_) => Kind::Boolean,
                Value::Number(_) => Kind::Number,
                Value::String(_) => Kind::String,
                Value::Array(_) => Kind::Array,
                Value::Object(_) => Kind::Object,
            },
            Self::Unprintable(_) | Self::Assume { .. } => Kind::Any,
            Self::StateName(_) | Self::Format { .. } => Kind::String,
            Self::Read(_, kind) | Self::Placeholder(_, kind) => *kind,
            Self::IsSome(_)
            | Self::HasValue(_)
            | Self::Not(_)
            | Self::Logic { .. }
            | Self::Compare { .. } => Kind::Boolean,
            // A default of `null` says nothing of the value.
            Self::Or { default, .. } | Self::Default { default, .. } => match default.kind() {
                Kind::Null => Kind::Any,
                kind => kind,
            },
            Self::Object(_) => Kind::Object,
            Self::Array(_) => Kind::Array,
            Self::Negate(_) | Self::Arithmetic { .. } => Kind::Number,
            Self::IfElse { then, otherwise, .. } => {
                let kind = then.kind();
                if kind == otherwise.kind() { kind } else { Kind::Any }
            }
            Self::Call(function, _) => function.kind(),
            Self::OrNull(_) => Kind::Optional,
            Self::Closure(closure) => match closure.combinator {
                Combinator::Map | Combinator::Filter => Kind::Array,
                Combinator::Any | Combinator::All => Kind::Boolean,
                Combinator::Fold => closure.start.as_ref().map_or(Kind::Any, Self::kind),
                Combinator::MapSome => Kind::Optional,
            },
            Self::Jsonata(jsonata) => jsonata.kind,
        }
    }
}

/// What kind of JSON value a Rust type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A text that is an RFC 3339 timestamp.
    Timestamp,
    /// An array.
    Array,
    /// An object.
    Object,
    /// `null`.
    Null,
    /// Something that may be missing.
    Optional,
    /// Anything.
    Any,
}

/// How a field of an object is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Always,
    /// Left out when it is `None`, as `skip_serializing_if = "Option::is_none"` says.
    OmitNone,
    /// Left out where it is missing; `null` stays `null`.
    OmitMissing,
}

/// `&&` and `||`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logic {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// The comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The arithmetic operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
}
