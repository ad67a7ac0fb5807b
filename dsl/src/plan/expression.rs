//! Expressions without their Rust types: what the printers of the query languages read.

use serde_json::Value;

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

/// The functions that both query languages have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The number of items: `States.ArrayLength`, `$count`.
    ArrayLength,
    /// Whether an array has an item: `States.ArrayContains`, `$exists(array[$ = item])`.
    ArrayContains,
}
