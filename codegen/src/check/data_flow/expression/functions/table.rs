//! All functions, with what they take and give.

use jsonata_core::ast::AstNode;

use super::signature::{self, Parameter};
use super::{callbacks, results};
use crate::check::data_flow::expression::value::Value;
use crate::check::data_flow::expression::walk::Walk;
use crate::check::data_flow::shape::Kinds;

pub(super) struct Function {
    pub(super) name: &'static str,
    signature: &'static str,
    pub(super) gives: Gives,
}

/// What a function gives. If an argument may be nothing, that may come back from all of them, unless it is said below.
pub(super) enum Gives {
    /// Any values of these kinds.
    Kind(Kinds),
    /// What follows from the arguments.
    Made(fn(&[Value]) -> Value),
    /// What follows from the first argument and the function that its elements are given to, if that is written there.
    OfCallback(fn(&mut Walk<'_>, &Value, Option<Callback<'_>>) -> Value),
}

/// The parameters and the body of a function.
pub(super) type Callback<'s> = (&'s [String], &'s AstNode);

impl Function {
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        FUNCTIONS.iter().find(|function| function.name == name)
    }

    pub(super) fn parameters(&self) -> Vec<Parameter> {
        signature::parameters(self.signature)
    }

    /// Whether it gives a value if an argument is nothing.
    pub(super) fn is_always_there(&self) -> bool {
        ["exists", "count", "random"].contains(&self.name)
    }
}

const fn kind(name: &'static str, signature: &'static str, kinds: Kinds) -> Function {
    Function { name, signature, gives: Gives::Kind(kinds) }
}

const fn made(name: &'static str, signature: &'static str, made: fn(&[Value]) -> Value) -> Function {
    Function { name, signature, gives: Gives::Made(made) }
}

const fn calls(
    name: &'static str,
    signature: &'static str,
    gives: fn(&mut Walk<'_>, &Value, Option<Callback<'_>>) -> Value,
) -> Function {
    Function { name, signature, gives: Gives::OfCallback(gives) }
}

/// As in JSONata 2.0.6, and those that Step Functions adds.
const FUNCTIONS: &[Function] = &[
    made("string", "x-b?", results::string),
    kind("length", "s-", Kinds::NUMBER),
    kind("substring", "s-nn?", Kinds::TEXT),
    kind("substringBefore", "s-s", Kinds::TEXT),
    kind("substringAfter", "s-s", Kinds::TEXT),
    kind("uppercase", "s-", Kinds::TEXT),
    kind("lowercase", "s-", Kinds::TEXT),
    kind("trim", "s-", Kinds::TEXT),
    kind("pad", "s-ns?", Kinds::TEXT),
    kind("contains", "s-(sf)", Kinds::BOOLEAN),
    made("split", "s-(sf)n?", results::texts),
    kind("join", "a<s>s?", Kinds::TEXT),
    made("match", "s-fn?", results::matches),
    kind("replace", "s-(sf)(sf)n?", Kinds::TEXT),
    kind("base64encode", "s-", Kinds::TEXT),
    kind("base64decode", "s-", Kinds::TEXT),
    kind("encodeUrlComponent", "s-", Kinds::TEXT),
    kind("encodeUrl", "s-", Kinds::TEXT),
    kind("decodeUrlComponent", "s-", Kinds::TEXT),
    kind("decodeUrl", "s-", Kinds::TEXT),
    kind("number", "(nsb)-", Kinds::NUMBER),
    kind("abs", "n-", Kinds::NUMBER),
    kind("floor", "n-", Kinds::NUMBER),
    kind("ceil", "n-", Kinds::NUMBER),
    kind("round", "n-n?", Kinds::NUMBER),
    kind("power", "n-n", Kinds::NUMBER),
    kind("sqrt", "n-", Kinds::NUMBER),
    kind("random", "n?", Kinds::NUMBER),
    kind("formatNumber", "n-so?", Kinds::TEXT),
    kind("formatBase", "n-n?", Kinds::TEXT),
    kind("formatInteger", "n-s", Kinds::TEXT),
    kind("parseInteger", "s-s", NUMBER_OR_NOTHING),
    kind("sum", "a<n>", Kinds::NUMBER),
    kind("max", "a<n>", NUMBER_OR_NOTHING),
    kind("min", "a<n>", NUMBER_OR_NOTHING),
    kind("average", "a<n>", NUMBER_OR_NOTHING),
    made("boolean", "x-", results::boolean),
    made("not", "x-", results::not),
    made("exists", "x", results::exists),
    made("count", "a", results::count),
    made("append", "xx", results::append),
    calls("sort", "af?", callbacks::sort),
    made("reverse", "a", results::reordered),
    made("shuffle", "a", results::reordered),
    made("distinct", "x", results::distinct),
    kind("zip", "a+", Kinds::ARRAY),
    made("keys", "x-", results::keys),
    made("lookup", "x-s", results::lookup),
    made("spread", "x-", results::unknown),
    made("merge", "a<o>", results::merge),
    calls("sift", "o-f?", callbacks::sift),
    calls("each", "o-f", callbacks::each),
    kind("error", "s?", Kinds::NONE),
    kind("assert", "bs?", Kinds::ABSENT),
    kind("type", "x", Kinds::TEXT),
    made("clone", "(oa)-", results::same),
    kind("now", "s?s?", Kinds::TEXT),
    kind("millis", "", Kinds::NUMBER),
    kind("fromMillis", "n-s?s?", Kinds::TEXT),
    kind("toMillis", "s-s?", NUMBER_OR_NOTHING),
    calls("map", "af", callbacks::map),
    calls("filter", "af", callbacks::filter),
    calls("single", "af?", callbacks::single),
    calls("reduce", "afj?", callbacks::reduce),
    made("partition", "an", results::partition),
    made("range", "nnn", results::range),
    kind("hash", "ss", Kinds::TEXT),
    kind("uuid", "", Kinds::TEXT),
    kind("parse", "s", Kinds::PRESENT),
];

const NUMBER_OR_NOTHING: Kinds = Kinds::NUMBER.or(Kinds::ABSENT);
